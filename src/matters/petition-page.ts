import { dueOf } from '../calendar/clocks.ts';
import { explain, remaining } from '../calendar/explain.ts';
import type { Calendar, ClockRun } from '../calendar/model.ts';
import { levelName, outcomeName, paperName, reviewOutcomeName, t, wayName } from './english.ts';
import { type MatterState, type Outcome, type Paper, stands } from './model.ts';
import { standingOpinion } from './petition.ts';

interface Seen {
  readonly now: string;
  readonly calendar: Calendar;
  /** Whether the reader may know who raised it: who signed for a document is as much about them. */
  readonly seesReporter: boolean;
}

/** One clock as a person reads it: how long, until when, and why. */
export function clockShown(clock: ClockRun, { now, calendar }: Pick<Seen, 'now' | 'calendar'>, name?: string) {
  const due = dueOf(clock, calendar);
  return {
    name: name ?? clock.rule.name,
    startedAt: clock.startedAt,
    stoppedAt: clock.stoppedAt ?? null,
    due: due.paused ? null : due.due,
    remaining: remaining(due, now, calendar),
    why: explain(due, clock, calendar),
  };
}
export type ClockShown = ReturnType<typeof clockShown>;

/** A document as a person reads it. */
export const paperShown = (paper: Paper, names: { of(id: string | undefined): string | undefined }, seen: boolean) => ({
  version: paper.version,
  kind: paper.kind,
  name: paperName(paper.kind),
  number: paper.number,
  on: paper.on,
  unit: names.of(paper.unit) ?? null,
  toUnit: paper.toUnit === undefined ? null : (names.of(paper.toUnit) ?? null),
  fields: paper.fields,
  text: seen ? paper.text : { ...paper.text, to: '' },
  receivedOn: paper.receivedOn ?? null,
  righted: paper.righted?.how ?? null,
  correctable: paper.toUnit === undefined && paper.of === undefined && stands(paper),
  tries: paper.tries.map(({ way, on, tracking, note, receiver, witness, by, at }) => ({
    way: wayName(way),
    on,
    at,
    tracking: tracking ?? null,
    note: note ?? null,
    receiver: seen ? (receiver ?? null) : null,
    witness: seen ? (witness ?? null) : null,
    by: names.of(by) ?? null,
  })),
});
export type PaperShown = ReturnType<typeof paperShown>;

/** What the procedure adds to a matter's page: every clock beside the stage's, the documents, and the way up. */
export function petitionPage(
  state: MatterState,
  names: { of(id: string | undefined): string | undefined },
  seen: Seen,
) {
  const kindOf = new Map(state.papers.map((p) => [p.version, p.kind]));
  return {
    overall: state.overall === undefined ? null : clockShown(state.overall, seen),
    owed: state.owed.map(({ paper, clock }) => ({
      paper,
      ...clockShown(
        clock,
        seen,
        paper === 0 ? t('告知去向') : t('{paper}送达', { paper: paperName(kindOf.get(paper)!) }),
      ),
    })),
    past: state.past.map(({ clock, endedBy }) => ({ ...clockShown(clock, seen), endedBy })),
    papers: state.papers.map((paper) => paperShown(paper, names, seen.seesReporter)),
    acceptedAt: state.acceptedAt ?? null,
    refusal: state.refusal ?? null,
    objected: state.objectedAt !== undefined,
    mustAccept: state.mustAccept === true,
    opinion: opinionOf(state),
    remedy:
      state.remedy === undefined
        ? null
        : {
            level: state.remedy.level,
            ...clockShown(state.remedy.clock, seen, t('请求{level}的期限', { level: levelName(state.remedy.level) })),
          },
    review: state.review ?? null,
    reviews: state.reviews.map(({ id, level, outcome }) => ({
      id,
      level: levelName(level),
      outcome:
        outcome === undefined
          ? null
          : outcome === 'refused'
            ? t('{level}没有受理', { level: levelName(level) })
            : outcome === 'withdrawn'
              ? t('本人撤回{level}', { level: levelName(level) })
              : reviewOutcomeName(outcome),
    })),
    after: state.after ?? null,
    ended: state.closedBy === 'lawful-end',
  };
}

const opinionOf = (state: MatterState): string | null => {
  const outcome = standingOpinion(state)?.fields['outcome'];
  return outcome === undefined ? null : outcomeName(outcome as Outcome);
};
