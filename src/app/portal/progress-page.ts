import { html } from 'hono/html';
import { dueOf } from '../../calendar/clocks.ts';
import { addDays, dayOf } from '../../calendar/days.ts';
import { explain } from '../../calendar/explain.ts';
import type { Calendar, Due } from '../../calendar/model.ts';
import type { Desk, Raw } from '../../contract/route.ts';
import { allowed } from '../../matters/api.ts';
import { photosOf } from '../../matters/photos.ts';
import type { MatterSettings, MatterState } from '../../matters/model.ts';
import { sayNumber } from '../../matters/number.ts';
import { type Answered, answerForms } from './answer-forms.ts';
import { papersPart, remedyPart, reviewOf } from './petition-part.ts';
import { type Faults, faultList } from './form.ts';
import type { Opened } from './keys.ts';
import { namesOf, placeOf } from '../../access/directory.ts';
import { nowOf } from './now.ts';
import { type Html, page } from './page.ts';
import { type Line, storyOf } from './story.ts';
import { textsPart } from './texts.ts';
import { byDay, lateBy, promisedBy, spaced } from './words.ts';
import { t } from './english.ts';

/** Everything the resident who raised it may see and do. */
export async function progressPage(
  desk: Desk,
  opened: Opened,
  typed: Answered & { appeal?: string; late?: string; fact?: string } = { words: '', score: '' },
  faults: Faults = {},
): Promise<Raw> {
  const { state, events, theirs } = opened;
  const calendar = desk.policies.get<Calendar>('calendar');
  const unitId = state.unit ?? state.desk;
  const units = events.flatMap((e) => ('unit' in e ? [e.unit] : []).concat('betterUnit' in e ? [e.betterUnit] : []));
  const names = await namesOf(desk.query, desk.county, [unitId, state.desk, ...units, ...state.place.chain.slice(1)]);
  const unit = names(unitId) ?? t('承办单位');
  const due = state.clock === undefined ? undefined : dueOf(state.clock, calendar);
  const promised = promisedBy(state.clock, calendar, desk.now);
  const late = due === undefined || due.paused ? undefined : lateBy(due.due, desk.now);
  const can = allowed(theirs, state).filter((action) => action !== 'matter.reopen' || mayReopen(desk, state));
  const reopenUntil = can.includes('matter.reopen') ? byDay(lastDay(desk, state), desk.now) : undefined;
  const box = nowOf(state, { unit, now: desk.now, promised, late, reopenUntil });
  const place = placeOf(names, state.place.chain.slice(1));
  const review = await reviewOf(desk, theirs, state);
  const { appeal = '', late: kept = '', fact = '' } = typed;
  const further = remedyPart(desk, state, review, { appeal, late: kept, fact }, faults);
  // Why it ended, and the way on, come before anything else that may be said.
  const ended = state.closedBy === 'lawful-end';
  return await page(desk, {
    title: sayNumber(state.number),
    path: `/progress/${state.number}`,
    status: Object.keys(faults).length > 0 ? 422 : 200,
    body: html`<p class="no">${t('编号')} <span translate="no">${sayNumber(state.number)}</span></p>
<h1>${state.told?.subject ?? t('（内容已按规定删除）')}</h1>
${faultList(faults)}
<section class="now ${box.tone}" id="now"><b>${box.head}</b>${box.text === '' ? '' : html`<p>${box.text}</p>`}
${why(state, due, promised, calendar)}
</section>
${ended ? further : ''}
${answerForms(state, can, typed, faults)}
${ended ? '' : further}
${papersPart(desk, state, can)}
${await handling(desk, state, unit)}
${await splitOff(desk, state)}
${await textsPart(desk, opened)}
<h2>${t('走到哪一步')}</h2>
<ol class="story">${storyOf(events, names, desk.now).map(step)}</ol>
<h2>${t('您说的')}</h2>
<div class="said"><p class="words">${state.told?.body ?? state.told?.subject ?? t('（内容已按规定删除）')}</p>
${pictures(state.number, await photosOf(desk, state), state.files?.length ?? 0)}
<p class="hint">${[place, state.told?.spot ?? ''].filter((t) => t !== '').join(t('，'))}</p></div>
<p class="hint"><a href="/progress/${state.number}/readers">${t('谁看过我的信息')}</a></p>
<p class="hint">${t('看完了，别人也用这部手机的话：')}<a href="/progress/${state.number}/leave">${t('退出')}</a></p>`,
  });
}

/** What was sent along, small, each a link to the whole picture; what was erased is said, not hidden. */
const pictures = (number: string, there: readonly string[], sent: number): Html | string =>
  sent === 0
    ? ''
    : html`<p class="pictures">${there.map(
        (
          id,
          i,
        ) => html`<a href="/progress/${number}/photos/${id}"><img src="/progress/${number}/photos/${id}?size=small"
 width="96" height="96" loading="lazy" alt="${t('您传的第 {n} 张照片，点开看大图', { n: i + 1 })}"></a>`,
      )}</p>${there.length < sent ? html`<p class="hint">${t('有 {n} 张照片已按规定删除。', { n: sent - there.length })}</p>` : ''}`;

const step = ({ when, who, what, text, tone }: Line): Html =>
  html`<li class="${tone}"><span class="when">${when} · ${who}</span><p>${what}</p>
${text === undefined ? '' : html`<p class="words">${text}</p>`}</li>`;

/** Why this date, for whoever wants to know. There is none while the resident's own word is waited for. */
function why(
  state: MatterState,
  due: Due | undefined,
  promised: string | undefined,
  calendar: Calendar,
): Html | string {
  if (state.clock === undefined || due === undefined || state.status === 'resolved') return '';
  const question =
    promised === undefined ? t('期限是怎么算的？') : t('为什么是{spaced}？', { spaced: spaced(promised) });
  return html`<details><summary>${question}</summary>
${explain(due, state.clock, calendar).map((sentence) => html`<p>${sentence}</p>`)}</details>`;
}

const lastDay = (desk: Desk, state: MatterState): string =>
  addDays(dayOf(state.closedAt ?? desk.now), desk.policies.get<MatterSettings>('matters').reopenDays);
const mayReopen = (desk: Desk, state: MatterState): boolean => dayOf(desk.now) <= lastDay(desk, state);

/** What was split off is the same person's: its number and code stand here, so that they can look it up. */
async function splitOff(desk: Desk, state: MatterState): Promise<Html | string> {
  const parts = await Promise.all(
    state.parts.map(async (part) => (await desk.ledger.read<MatterState>(desk.county, 'matter', part)).state),
  );
  const known = parts.filter(({ status }) => status !== 'none');
  if (known.length === 0) return '';
  return html`<h2>${t('分出来另外办的')}</h2>
<ul class="plain">${known.map(
    ({ number, told }) =>
      html`<li><p>${told?.subject ?? t('（内容已按规定删除）')}</p>
<p class="hint"><a href="/p/${number}?c=${told?.code ?? ''}" translate="no">${sayNumber(number)}</a>
${t('查询码 {code}', { code: told?.code ?? '' })}</p></li>`,
  )}</ul>`;
}

/** Who to call about it: the office and, as its holder, the official in charge. */
async function handling(desk: Desk, state: MatterState, unit: string): Promise<Html | string> {
  if (state.status === 'closed' || state.handler === undefined) return '';
  const [official] = await desk.query<{ name: string; phone: string }>(
    'portal.handler',
    'select name, phone from official where county = $1 and id = $2 and not retired',
    [desk.county, state.handler],
  );
  if (official === undefined) return '';
  const { name, phone } = official;
  const call = html`<a class="button small" href="tel:${phone}">${t('打电话')}<span class="away"> ${phone}</span></a>`;
  return html`<p class="handler"><span>${t('找 {unit} {name}', { unit, name })}</span>${phone === '' ? '' : call}</p>`;
}
