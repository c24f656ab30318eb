import { z } from 'zod';
import { canDo, hasRole, may } from '../access/access.ts';
import { namesOf } from '../access/directory.ts';
import { actorName } from '../access/model.ts';
import { readingsOf, recordReading } from '../access/readings.ts';
import { dayOf } from '../calendar/days.ts';
import { Carried, commandRoutes, give } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { isRefusal, refuse } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import { sayNumber } from '../matters/number.ts';
import {
  FindingCommand,
  type FindingState,
  type TipCircle,
  TipCircleCommand,
  type TipOff,
  TipOffCommand,
  type TipOffState,
  type TipOffsPolicy,
  type TipReporterState,
  tipChannelNames,
  tipChannels,
  tipClassNames,
  tipClasses,
  tipStatusNames,
} from './model.ts';
import { possible } from './rules.ts';
import { circleOf, circleStream, readersNow, reporterStream } from './tables.ts';

const Id = z.object({ id: z.uuid() });
const READINGS = 200;

/** The record of a tip-off, for one of those who may read it now; nobody's post opens one. */
async function tipOffFor(
  desk: Desk,
  id: string,
): Promise<{ state: TipOff; version: number; readers: string[] } | undefined> {
  const readers = await readersNow(desk.query, desk.county, id);
  if (!may(desk.actor, 'tip-off.read', { officials: readers })) return undefined;
  const { state, version } = await desk.ledger.read<TipOffState>(desk.county, 'tip-off', id);
  return state.status === 'none' ? undefined : { state, version, readers };
}

const Filed = z.object({
  channel: z.enum(tipChannels).default('portal'),
  about: z.string().trim().min(2).max(200),
  words: z.string().trim().min(10).max(5_000),
  class: z.enum(tipClasses).default('other'),
  name: z.string().trim().max(40).optional(),
  phone: z
    .string()
    .trim()
    .regex(/^[0-9+\- ]{5,20}$/)
    .optional(),
  ...Carried.shape,
});
export type Filed = z.infer<typeof Filed>;

/**
 * Takes in a tip-off and, apart from it, who reported. The two records are given one after the other under ids that
 * follow from each other, so that sending again completes what was broken off.
 */
export async function fileTipOff(
  desk: Desk,
  id: string,
  { name, phone, command, expected, channel, about, words, class: sort }: Filed,
) {
  const named = (name ?? '') !== '' || (phone ?? '') !== '';
  const of = { ...(command === undefined ? {} : { command }), ...(expected === undefined ? {} : { expected }) };
  const verdict = await give(
    desk,
    'tip-off',
    id,
    { kind: 'tip-off.file', channel, about, words, class: sort, named } as { kind: string },
    of,
  );
  if (isRefusal(verdict) || !named) return verdict;
  const kept = await desk.ledger.execute({
    county: desk.county,
    id: idOf('tip reporter command', id),
    record: 'tip-reporter',
    stream: reporterStream(id),
    command: {
      kind: 'tip-reporter.keep',
      tipOff: id,
      ...((name ?? '') === '' ? {} : { name }),
      ...((phone ?? '') === '' ? {} : { phone }),
    } as { kind: string },
    at: desk.now,
    actor: 'anyone',
    permit: () => true,
  });
  return isRefusal(kept) && kept.refused !== 'tip-reporter.exists' ? kept : verdict;
}

/** The tip-off of a number, for whoever is known to hold its key: what they may be told, and nothing of who handles it. */
export async function tipOffByNumber(desk: Desk, number: string) {
  const [row] = await desk.query<{ id: string }>(
    'tip-offs.by-number',
    'select id from tip_off where county = $1 and number = $2',
    [desk.county, number],
  );
  if (row === undefined) return undefined;
  const { state } = await desk.ledger.read<TipOffState>(desk.county, 'tip-off', row.id);
  if (state.status === 'none') return undefined;
  const over = state.closedOn !== undefined;
  return {
    id: row.id,
    number,
    code: state.code,
    // That somebody has found something is told once another agreed.
    status: state.status === 'found' ? ('verifying' as const) : state.status,
    filedOn: dayOf(state.filedAt),
    due: state.due,
    upward: state.upward,
    above: desk.policies.get<TipOffsPolicy>('tip-offs').above,
    words: state.words ?? '',
    added: state.story.filter(({ what }) => what === 'tip-off.added').map(({ words }) => words ?? ''),
    answer: over ? (state.concluded?.answer ?? null) : null,
    theirs: { ...desk, actor: { kind: 'resident' as const, record: number } },
  };
}

const shownBox = (desk: Desk, state: TipReporterState, nameOf: (id: string) => string | null) =>
  state.status === 'none'
    ? null
    : {
        asked:
          state.asked === undefined
            ? null
            : {
                by: nameOf(state.asked.by),
                reason: state.asked.reason,
                mine: state.asked.by === actorName(desk.actor),
              },
        open:
          state.granted !== undefined &&
          desk.now <= state.granted.until &&
          [state.granted.to, state.granted.by].includes(actorName(desk.actor)),
        until: state.granted?.until ?? null,
        log: state.log.map(({ at, by, what, words }) => ({ at, by: nameOf(by), what, words: words ?? null })),
      };

async function shown(
  desk: Desk,
  id: string,
  { state, version, readers }: { state: TipOff; version: number; readers: string[] },
) {
  const { state: box } = await desk.ledger.read<TipReporterState>(desk.county, 'tip-reporter', reporterStream(id));
  const [names, circle] = await Promise.all([
    namesOf(desk.query, desk.county, [
      ...state.officials,
      ...state.units,
      ...state.readers,
      ...state.story.map(({ by }) => (/^[0-9a-f]{8}-/.test(by) ? by : undefined)),
      ...(box.status === 'none' ? [] : box.log.map(({ by }) => by)),
    ]),
    circleOf(desk.query, desk.county),
  ]);
  const person = (official: string) => ({ id: official, name: names(official) ?? '' });
  const mine = state.concluded?.by === actorName(desk.actor);
  return {
    id,
    version,
    number: sayNumber(state.number),
    status: state.status,
    statusName: tipStatusNames[state.status],
    channel: tipChannelNames[state.channel],
    class: tipClassNames[state.class],
    filedOn: dayOf(state.filedAt),
    due: state.raised?.due ?? state.due,
    late: state.closedOn === undefined && (state.raised?.due ?? state.due) < dayOf(desk.now),
    raised: state.raised ?? null,
    upward: state.upward,
    about: state.about ?? null,
    words: state.words ?? null,
    concerned: { officials: state.officials.map(person), units: state.units.map(person) },
    heard: state.heard.map(({ official, on, words }) => ({ name: names(official), on, words })),
    readers: readers.map(person),
    /** Of the named few, those who may still be let in: whether they are free of it is asked when they are. */
    others: circle.filter((k) => !readers.includes(k.official)).map(({ official, name }) => ({ id: official, name })),
    concluded:
      state.concluded === undefined
        ? null
        : {
            finding: state.concluded.finding,
            findingName: tipStatusNames[state.concluded.finding],
            words: state.concluded.words,
            answer: state.concluded.answer,
            decisions: state.concluded.decisions.map(({ official, words }) => ({ name: names(official), words })),
            mine,
          },
    closedOn: state.closedOn ?? null,
    story: state.story.map(({ at, by, what, words }) => ({ at, by: names(by), what, words: words ?? null })),
    reporter: { named: state.named, box: shownBox(desk, box, (by) => names(by)) },
    can: canDo(desk.actor, possible(state), { officials: readers }).filter(
      (kind) => kind !== 'tip-off.approve' || !mine,
    ),
  };
}

const theirs = (kinds: readonly string[]) => ({
  options: [...TipOffCommand.options].filter((option) => !kinds.includes(option.shape.kind.value)),
});

export const tipOffRoutes = {
  'GET /api/tip-offs': route({
    action: 'tip-off.read',
    summary: 'Tip-offs I am named for and free of; their words are on their own page',
    async handle(desk) {
      const rows = await desk.query<{
        id: string;
        number: string;
        status: keyof typeof tipStatusNames;
        filed_on: string;
        due: string;
        closed_on: string | null;
      }>(
        'tip-offs.list',
        `select t.id, t.number, t.status, t.filed_on, t.due, t.closed_on from tip_off t
           join tip_keeper k on k.county = t.county and k.official::text = $2 and k.official = any(t.readers)
          where t.county = $1 and not exists (select from post p where p.county = k.county and p.official = k.official
                  and p.role = 'administrator' and (p.until is null or p.until >= $3::date))
          order by t.closed_on is not null, t.due, t.id limit 300`,
        [desk.county, actorName(desk.actor), dayOf(desk.now)],
      );
      const today = dayOf(desk.now);
      const over = rows.filter((r) => r.closed_on !== null);
      return {
        today,
        rows: rows.map((row) => ({
          id: row.id,
          number: sayNumber(row.number),
          status: row.status,
          statusName: tipStatusNames[row.status],
          filedOn: row.filed_on,
          due: row.due,
          late: row.closed_on === null && row.due < today,
          closedOn: row.closed_on,
        })),
        // Of what the asker may read, so that no figure tells of one they may not.
        figures: {
          received: rows.length,
          closed: over.length,
          substantiated: over.filter((r) => r.status === 'substantiated' || r.status === 'partly').length,
          inTime: over.filter((r) => r.closed_on! <= r.due).length,
        },
      };
    },
  }),
  'GET /api/tip-offs/:id': route({
    action: 'tip-off.read',
    summary: 'One tip-off, for those named for it. The reading is recorded',
    params: Id,
    async handle(desk, { params: { id } }) {
      const found = await tipOffFor(desk, id);
      if (found === undefined) return refuse('access.denied');
      await recordReading(desk, id, '举报');
      return await shown(desk, id, found);
    },
  }),
  'GET /api/tip-offs/:id/readings': route({
    action: 'tip-off.read',
    summary: 'Who looked into a tip-off, and when',
    params: Id,
    async handle(desk, { params: { id } }) {
      if ((await tipOffFor(desk, id)) === undefined) return refuse('access.denied');
      const readings = await readingsOf(desk, [id], READINGS);
      return { readings: readings.map(({ at, name, what }) => ({ at, name, what })) };
    },
  }),
  'POST /api/tip-offs/:id/file': route({
    action: 'tip-off.file',
    summary: 'Report something: answers a number and a code; a name left stands apart',
    params: Id,
    body: Filed,
    perMinute: 30,
    handle: (desk, { params: { id }, body }) => fileTipOff(desk, id, body),
  }),
  'POST /api/tip-offs/:id/reporter/ask': boxRoute('tip-reporter.ask', 'Ask for the reporter’s name, with the reason'),
  'POST /api/tip-offs/:id/reporter/grant': boxRoute('tip-reporter.grant', 'Another of the few agrees to it'),
  'POST /api/tip-offs/:id/reporter/refuse': boxRoute('tip-reporter.refuse', 'Another of the few does not agree'),
  'POST /api/tip-offs/:id/reporter/open': route({
    action: 'tip-reporter.open',
    summary: 'Look at the reporter’s name while it is open; the opening is recorded',
    params: Id,
    body: Carried,
    async handle(desk, { params: { id } }) {
      if ((await tipOffFor(desk, id)) === undefined) return refuse('access.denied');
      const verdict = await give(desk, 'tip-reporter', reporterStream(id), { kind: 'tip-reporter.open' });
      if (isRefusal(verdict)) return verdict;
      const { state } = await desk.ledger.read<TipReporterState>(desk.county, 'tip-reporter', reporterStream(id));
      if (state.status === 'none') return refuse('tip-reporter.unknown');
      await recordReading(
        desk,
        id,
        '举报人姓名电话',
        state.log.findLast(({ what }) => what === 'tip-reporter.asked')?.words,
      );
      return { name: state.name ?? null, phone: state.phone ?? null, until: state.granted?.until ?? null };
    },
  }),
  'GET /api/tip-circle': route({
    action: 'tip-circle.read',
    summary: 'Who is named to handle tip-offs, who proposed and who confirmed them',
    async handle(desk) {
      const { state } = await desk.ledger.read<TipCircle>(desk.county, 'tip-circle', circleStream(desk.county));
      const names = await namesOf(desk.query, desk.county, [
        ...state.keepers.flatMap((k) => [k.official, k.proposedBy, k.confirmedBy]),
        ...state.proposed.flatMap((p) => [p.official, p.by]),
      ]);
      const own = actorName(desk.actor);
      return {
        id: circleStream(desk.county),
        keepers: state.keepers.map((k) => ({
          official: k.official,
          name: names(k.official),
          seat: k.seat,
          since: k.since,
          proposedBy: names(k.proposedBy),
          confirmedBy: names(k.confirmedBy),
        })),
        proposed: state.proposed.map((p) => ({
          official: p.official,
          name: names(p.official),
          seat: p.seat,
          reason: p.reason,
          by: names(p.by),
          mine: p.by === own || p.official === own,
        })),
        can: { propose: hasRole(desk.actor, 'leader'), remove: hasRole(desk.actor, 'leader') },
      };
    },
  }),
  'GET /api/findings': route({
    action: 'finding.read',
    summary: 'Decisions on me that are in force; for those named, appeals that wait for a review',
    async handle(desk) {
      const today = dayOf(desk.now);
      const own = actorName(desk.actor);
      const circle = await circleOf(desk.query, desk.county);
      const keeper = circle.some(({ official }) => official === own);
      const rows = await desk.query<{ id: string; official: string }>(
        'findings.list',
        `select f.id, f.official from finding f
          where f.county = $1 and f.expires_on > $2::date and f.status <> 'withdrawn'
            and (f.official::text = $3 or ($4 and f.status = 'appealed' and not ($3 = any(f.deciders))))
          order by f.made_on desc, f.id`,
        [desk.county, today, own, keeper],
      );
      const shownOnes = await Promise.all(
        rows.map(async ({ id, official }) => {
          const { state } = await desk.ledger.read<FindingState>(desk.county, 'finding', id);
          if (state.status === 'none') return undefined;
          return {
            id,
            mine: official === own,
            class: tipClassNames[state.class],
            words: state.words,
            madeOn: state.madeOn,
            appealBy: state.appealBy,
            expiresOn: state.expiresOn,
            status: state.status,
            appeal: state.appeal ?? null,
            review: state.review ?? null,
            canAppeal: official === own && state.status === 'made' && today <= state.appealBy,
          };
        }),
      );
      return { rows: shownOnes.filter((row) => row !== undefined) };
    },
  }),
  ...commandRoutes('tip-off', '/api/tip-offs', theirs(['tip-off.file', 'tip-off.add']), {
    'tip-off.concern': 'Whom it is about: they and their units are kept from it',
    'tip-off.step-back': 'Leave it, being too near',
    'tip-off.admit': 'Let in another of the named few who is free of it',
    'tip-off.start': 'Begin to verify',
    'tip-off.note': 'Note what was found out',
    'tip-off.raise': 'Set up for supervision from above, with its date',
    'tip-off.hear': 'Somebody it is about was heard',
    'tip-off.conclude': 'What was found, what the reporter is told, and decisions only on what was found true',
    'tip-off.approve': 'Another of the few agrees, or sends it back',
  }),
  ...commandRoutes('tip-circle', '/api/tip-circle', TipCircleCommand, {
    'tip-circle.propose': 'Propose somebody to handle tip-offs',
    'tip-circle.confirm': 'Another person confirms',
    'tip-circle.remove': 'Take somebody off',
  }),
  ...commandRoutes(
    'finding',
    '/api/findings',
    { options: FindingCommand.options.filter((option) => option.shape.kind.value !== 'finding.make') },
    {
      'finding.appeal': 'Appeal against a decision on oneself',
      'finding.review': 'Others of the few uphold it or take it back',
    },
  ),
} satisfies Routes;

/** A command on the box beside a tip-off: whoever may not read the tip-off does not learn whether there is a box. */
function boxRoute(kind: 'tip-reporter.ask' | 'tip-reporter.grant' | 'tip-reporter.refuse', summary: string) {
  return route({
    action: kind,
    summary,
    params: Id,
    body: (kind === 'tip-reporter.grant'
      ? z.object({})
      : z.object({ reason: z.string().trim().min(6).max(500) })
    ).extend(Carried.shape) as z.ZodType<z.output<typeof Carried>>,
    async handle(desk, { params: { id }, body }) {
      if ((await tipOffFor(desk, id)) === undefined) return refuse('access.denied');
      const { command, expected, device, seconds, ...fields } = body;
      return await give(desk, 'tip-reporter', reporterStream(id), { kind, ...fields } as { kind: string }, {
        command,
        expected,
        device,
        seconds,
      });
    },
  });
}
