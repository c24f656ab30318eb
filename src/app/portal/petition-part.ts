import { html } from 'hono/html';
import { canDo } from '../../access/access.ts';
import { dueOf } from '../../calendar/clocks.ts';
import { explain, sayDay } from '../../calendar/explain.ts';
import { dayOf } from '../../calendar/days.ts';
import type { Calendar } from '../../calendar/model.ts';
import type { Desk } from '../../contract/route.ts';
import { newId } from '../../ledger/ids.ts';
import { levelName, outcomeName, paperName, reviewOutcomeName, rightedName } from '../../matters/english.ts';
import { type MatterState, type Outcome, type Paper, stands } from '../../matters/model.ts';
import { standingOpinion } from '../../matters/petition.ts';
import type { Review, ReviewState } from '../../reviews/model.ts';
import { possible } from '../../reviews/rules.ts';
import { reachOf } from '../../reviews/tables.ts';
import { type Faults, enterButton, faultAt, tied } from './form.ts';
import type { Html } from './page.ts';
import { byDay, promisedBy, spaced } from './words.ts';
import { t } from './english.ts';

/** A petition’s review with what its asker may do. */
export interface OpenReview {
  readonly id: string;
  readonly state: Review;
  readonly can: readonly string[];
}

/** The review under way, or the last one there was. */
export async function reviewOf(desk: Desk, theirs: Desk, state: MatterState): Promise<OpenReview | undefined> {
  const id = state.review ?? state.reviews.at(-1)?.id;
  if (id === undefined) return undefined;
  const { state: review } = await desk.ledger.read<ReviewState>(desk.county, 'review', id);
  if (review.status === 'none') return undefined;
  return { id, state: review, can: canDo(theirs.actor, possible(review), reachOf(review)) };
}

const post = (state: MatterState, fields: Html): Html =>
  html`<form method="post" action="/progress/${state.number}" class="form answer">${enterButton('nothing')}
<input type="hidden" name="once" value="${newId()}">
${fields}</form>`;

/** Until when something may be asked one level up, and to whom: undefined when it may not. */
const mayAsk = (state: MatterState): boolean =>
  state.status === 'resolved' &&
  state.refusal === undefined &&
  (state.remedy !== undefined || opinionUnread(state) !== undefined);

/** The written opinion that the person has not said they received: asking for a review says it as well. */
export const opinionUnread = (state: MatterState): Paper | undefined => {
  const opinion = standingOpinion(state);
  return opinion !== undefined && opinion.receivedOn === undefined ? opinion : undefined;
};

/** The way one level up, with its last day and why; the review under way; the end, and the way on from there. */
export function remedyPart(
  desk: Desk,
  state: MatterState,
  review: OpenReview | undefined,
  typed: { appeal: string; fact: string; late: string },
  faults: Faults,
): Html | string {
  const calendar = desk.policies.get<Calendar>('calendar');
  if (state.closedBy === 'lawful-end') return endPart(state, typed, faults);
  if (state.status === 'reviewing' && review !== undefined) return reviewPart(desk, state, review, calendar);
  if (!mayAsk(state)) return '';
  const level = state.remedy?.level ?? 'review';
  const clock = state.remedy?.clock;
  const due = clock === undefined ? undefined : dueOf(clock, calendar);
  const by = promisedBy(clock, calendar, desk.now);
  const over = due !== undefined && !due.paused && desk.now > due.due;
  return html`<details id="remedy"${faults['appeal'] === undefined && faults['late'] === undefined ? '' : html` open`}>
<summary>${t('不服这个意见，请上一级{level}', { level: levelName(level) })}</summary>
<p>${
    over
      ? t('请求{level}的日子已经过了（{by}）。是自己没法左右的事耽误的，写明原因也可以提。', {
          level: levelName(level),
          by: by ?? '',
        })
      : by === undefined
        ? t('从您收到意见那天起有 30 天，可以请上一级再看一遍。由没有经办过的人看。')
        : t('{by}可以请上一级再看一遍，由没有经办过的人看。', { by })
  }</p>
${clock === undefined || due === undefined ? '' : html`<details><summary>${t('期限是怎么算的？')}</summary>${explain(due, clock, calendar).map((s) => html`<p>${s}</p>`)}</details>`}
${post(
  state,
  html`<div class="field"><label for="appeal">${t('哪里不服，为什么')}</label>
<textarea id="appeal" name="appeal" rows="4" maxlength="5000"${tied(faults, 'appeal')}>${typed.appeal}</textarea>
${faultAt(faults, 'appeal')}</div>
${
  over
    ? html`<div class="field"><label for="late">${t('是什么耽误了')}</label>
<textarea id="late" name="late" rows="2" maxlength="500"${tied(faults, 'late')}>${typed.late}</textarea>
${faultAt(faults, 'late')}</div>`
    : ''
}
<button type="submit" name="act" value="ask-review">${t('请求{level}', { level: levelName(level) })}</button>`,
)}</details>`;
}

/** Where the review stands: who looks at it, until when, the hearing. */
function reviewPart(desk: Desk, state: MatterState, { id, state: review, can }: OpenReview, calendar: Calendar): Html {
  const level = levelName(review.level);
  const clock = review.clock ?? review.owed[0]?.clock;
  const by = promisedBy(clock, calendar, desk.now);
  const hearing = review.hearings.findLast((h) => h.held === undefined && h.cancelled === undefined);
  const paper = review.papers.at(-1);
  return html`<section class="said" id="review">
<p><b>${review.body}</b>${
    review.status === 'answered'
      ? t('看完了，{level}意见在下面。', { level })
      : review.status === 'asked'
        ? t('收到了您的{level}请求，正在定由谁来看。', { level })
        : t('正在{level}，由没有经办过的人看。', { level })
  }</p>
${by === undefined || review.status === 'answered' ? '' : html`<p>${t('{by}给您书面意见。现在不用您做什么。', { by: spaced(by) })}</p>`}
${
  hearing === undefined
    ? ''
    : html`<p><b>${t('听证')}</b>${t('：{day} {from} 到 {to}，{place}，{chair}主持。请到场，可以请人陪同。', {
        day: sayDay(hearing.day, dayOf(desk.now)),
        from: hearing.from,
        to: hearing.to,
        place: hearing.place,
        chair: hearing.chair,
      })}</p>`
}
${
  review.outcome === undefined
    ? ''
    : html`<p class="words">${t('结论：{outcome}', { outcome: reviewOutcomeName(review.outcome) })}
${review.opinion ?? ''}</p>`
}
${
  paper !== undefined && can.includes('review.receive')
    ? post(
        state,
        html`<input type="hidden" name="review" value="${id}"><input type="hidden" name="paper" value="${paper.version}">
<p class="hint">${
          review.level === 'review'
            ? t('点了就算收到，从今天起有 30 天可以请求复核。')
            : t('点了就算收到。复核是最后一级。')
        }</p>
<button type="submit" name="act" value="receive">${t('我收到了')}</button>`,
      )
    : ''
}
${
  can.includes('review.withdraw')
    ? html`<details><summary>${t('不用{level}了', { level })}</summary>${post(
        state,
        html`<p class="hint">${t('撤回以后，回到等您说办没办好。')}</p>
<button type="submit" name="act" value="withdraw-review">${t('撤回请求')}</button>`,
      )}</details>`
    : ''
}
</section>`;
}

/** The end of the procedure says that it is one, why, and what a new fact opens. */
function endPart(state: MatterState, typed: { fact: string }, faults: Faults): Html {
  return html`<section class="said" id="end">
<p>${t('三级都看过了：办理、复查、复核。法规规定，同样的事实和理由不再受理。这不是说您不能再说话。')}</p>
<p>${t('有新的事实、新的证据或者新的理由，写在下面，会作为新的一件接着办，和这一件连在一起。')}</p>
<details${faults['fact'] === undefined ? '' : html` open`}><summary>${t('有新的事实，另外提出')}</summary>
${post(
  state,
  html`<div class="field"><label for="fact">${t('新的事实或者理由是什么')}</label>
<textarea id="fact" name="fact" rows="4" maxlength="2000"${tied(faults, 'fact')}>${typed.fact}</textarea>
${faultAt(faults, 'fact')}</div>
<button type="submit" name="act" value="new-fact">${t('提出')}</button>`,
)}</details></section>`;
}

const fieldNames = ['until', 'days', 'ground', 'where', 'outcome'] as const;

/** The documents, each with its words, number and how it came; one not yet received can be received here. */
export function papersPart(desk: Desk, state: MatterState, can: readonly string[]): Html | string {
  const papers = state.papers.filter((p) => p.toUnit === undefined);
  if (papers.length === 0) return '';
  const today = dayOf(desk.now);
  const said = (paper: Paper, name: (typeof fieldNames)[number]): string | undefined => {
    const value = paper.fields[name];
    if (value === undefined) return undefined;
    switch (name) {
      case 'until':
        return paper.kind === 'extension'
          ? t('办完的日子推到{day}', { day: sayDay(value, today) })
          : t('{by}给您书面答复', { by: byDay(value, desk.now) });
      case 'days':
        return undefined;
      case 'ground':
        return t('理由：{ground}', { ground: value });
      case 'where':
        return t('请到：{where}', { where: value });
      case 'outcome':
        return t('结论：{outcome}', { outcome: outcomeName(value as Outcome) });
    }
  };
  return html`<h2 id="papers">${t('给您的文书')}</h2>
${papers.map(
  (
    paper,
  ) => html`<details><summary>${paperName(paper.kind)} <span class="hint">${paper.number}${paper.righted === undefined ? '' : t('（{how}）', { how: rightedName(paper.righted.how) })}</span></summary>
${fieldNames.map((name) => said(paper, name)).map((line) => (line === undefined ? '' : html`<p>${line}</p>`))}
${['findings', 'basis', 'correction', 'reason', 'decision', 'note'].map((name) =>
  paper.text[name] === undefined ? '' : html`<p class="words">${paper.text[name]}</p>`,
)}
<p class="hint">${t('{day}出具', { day: sayDay(paper.on, today) })}${
    paper.receivedOn === undefined ? '' : t('，{day}收到', { day: sayDay(paper.receivedOn, today) })
  }</p>
${
  paper.receivedOn === undefined && stands(paper) && can.includes('matter.receive')
    ? post(
        state,
        html`<input type="hidden" name="paper" value="${paper.version}">
<button type="submit" name="act" value="receive">${t('我收到了')}</button>
${paper.kind === 'opinion' ? html`<p class="hint">${t('点了就算收到，从今天起有 30 天可以请求复查。')}</p>` : ''}`,
      )
    : ''
}</details>`,
)}`;
}
