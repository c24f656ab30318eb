import { html } from 'hono/html';
import { dueOf } from '../../calendar/clocks.ts';
import { addDays, dayOf } from '../../calendar/days.ts';
import { explain, sayDay } from '../../calendar/explain.ts';
import type { Calendar } from '../../calendar/model.ts';
import type { Desk, Raw } from '../../contract/route.ts';
import { newId } from '../../ledger/ids.ts';
import { allowed } from '../../matters/api.ts';
import type { MatterSettings, MatterState } from '../../matters/model.ts';
import { sayNumber } from '../../matters/number.ts';
import { type Faults, enterButton, faultAt, faultList, tied } from './form.ts';
import type { Opened } from './keys.ts';
import { namesOf } from './names.ts';
import { type Html, page } from './page.ts';
import { storyOf } from './story.ts';
import { JUST_LATE, byDay, lateBy, spaced } from './words.ts';

export interface Typed {
  readonly number: string;
  readonly code: string;
}

/** Where number and code are typed in. */
export const lookUpPage = (desk: Desk, typed: Typed, faults: Faults = {}, status: 200 | 422 | 429 = 200): Promise<Raw> =>
  page(desk, {
    title: '查进度',
    path: '/progress',
    status,
    body: html`<h1>查进度</h1>
<p class="lead">编号和查询码在您截的图上，也在给您的单子上。</p>
${faultList(faults)}
<form method="post" action="/progress" class="form">
<div class="field"><label for="number">编号</label>
<p class="hint" id="number-hint">两个字母加数字，中间空不空格都行。</p>
<input id="number" name="number" class="big" required maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" placeholder="QH 2611 0482 3" value="${typed.number}"${tied(faults, 'number', true)}>
${faultAt(faults, 'number')}</div>
<div class="field"><label for="code">查询码</label>
<p class="hint" id="code-hint">6 位数字。</p>
<input id="code" name="code" class="big" required maxlength="20" inputmode="numeric" autocomplete="off" placeholder="123 456" value="${typed.code}"${tied(faults, 'code', true)}>
${faultAt(faults, 'code')}</div>
<button class="main" type="submit">看进度</button>
</form>
<p class="hint">编号或者查询码丢了？打您村<a href="/officials">联系干部</a>的电话，或者再<a href="/say">说一次</a>。</p>`,
  });

interface Now {
  readonly head: string;
  readonly text?: string;
  readonly tone: 'act' | 'seal' | 'yes';
}

/** What stands in the box above everything: where it is, and what is asked of the resident. */
function nowOf(state: MatterState, unit: string, promised: string | undefined, late: string | undefined, seen: { now: string; reopenUntil: string | undefined }): Now {
  if (late !== undefined && state.status !== 'resolved') {
    return {
      head: late === JUST_LATE ? `今天刚过了答应的时间，${unit}还没办完` : `${unit}晚了 ${late}，还没办完`,
      text: state.delay === undefined ? '晚了要说明原因，现在还没有说明。这件事已经列在超期公示里。' : `原因：${state.delay}`,
      tone: 'seal',
    };
  }
  const paused = state.clock?.suspensions.find((s) => s.to === undefined);
  switch (state.status) {
    case 'registered':
      return { head: `${unit}收到了`, text: promised === undefined ? '正在看该转给哪个单位。' : `${promised}转给该管的单位。`, tone: 'act' };
    case 'dispatched':
    case 'handling':
      if (paused !== undefined) return { head: `${unit}先停下来了`, text: `原因：${paused.reason}。停的日子不算，恢复了接着算。`, tone: 'act' };
      return {
        head: state.status === 'dispatched' ? `已经转给${unit}` : `${unit}正在办`,
        text: promised === undefined ? '' : `答应${spaced(promised)}办完。现在不用您做什么。`,
        tone: 'act',
      };
    case 'deferred':
      return {
        head: '现在还办不了，没有忘',
        text: state.recheckOn === undefined ? '' : `${sayDay(state.recheckOn, dayOf(seen.now))}再看一次，结果写在这里。`,
        tone: 'act',
      };
    case 'resolved':
      return state.disposition === 'solvable' || state.disposition === undefined
        ? { head: `${unit}说办好了，请您看看`, text: state.answer ?? '', tone: 'act' }
        : { head: `${unit}有答复了，请您看看`, text: state.answer ?? '', tone: 'act' };
    default:
      return {
        head: '这件事办完了',
        text: `${state.closedBy === 'resident' ? '您说办好了' : '回访时您说办好了'}。${seen.reopenUntil === undefined ? '' : `要是又不行了，${seen.reopenUntil}可以重新打开。`}`,
        tone: 'yes',
      };
  }
}

/** Everything the resident who raised it may see and do. */
export async function progressPage(desk: Desk, opened: Opened, typed: { words: string; score: string } = { words: '', score: '' }, faults: Faults = {}): Promise<Raw> {
  const { state, events, theirs } = opened;
  const calendar = desk.policies.get<Calendar>('calendar');
  const unitId = state.unit ?? state.desk;
  const units = events.flatMap((e) => ('unit' in e ? [e.unit] : []).concat('betterUnit' in e ? [e.betterUnit] : []));
  const names = await namesOf(desk, [unitId, state.desk, ...units, ...state.place.chain.slice(1)]);
  const unit = names.get(unitId) ?? '承办单位';
  const due = state.clock === undefined ? undefined : dueOf(state.clock, calendar);
  const promised = due === undefined || due.paused ? undefined : byDay(due.day, desk.now);
  const late = due === undefined || due.paused ? undefined : lateBy(due.due, desk.now);
  const can = allowed(theirs, state).filter((action) => action !== 'matter.reopen' || mayReopen(desk, state));
  const reopenUntil = can.includes('matter.reopen') ? byDay(lastDay(desk, state), desk.now) : undefined;
  const box = nowOf(state, unit, promised, late, { now: desk.now, reopenUntil });
  const place = state.place.chain.slice(1).map((id) => names.get(id) ?? '').filter((n) => n !== '').join(' ');
  return await page(desk, {
    title: sayNumber(state.number),
    path: `/progress/${state.number}`,
    status: Object.keys(faults).length > 0 ? 422 : 200,
    body: html`<p class="no">编号 <span translate="no">${sayNumber(state.number)}</span></p>
<h1>${state.told?.subject ?? '（内容已按规定删除）'}</h1>
${faultList(faults)}
<section class="now ${box.tone}" id="now"><b>${box.head}</b>${box.text === undefined || box.text === '' ? '' : html`<p>${box.text}</p>`}
${state.clock === undefined || due === undefined || state.status === 'resolved'
  ? ''
  : html`<details><summary>${promised === undefined ? '期限是怎么算的？' : `为什么是${spaced(promised)}？`}</summary>
${explain(due, state.clock, calendar).map((sentence) => html`<p>${sentence}</p>`)}</details>`}
</section>
${actions(state, can, typed, faults)}
${await handling(desk, state, unit)}
<h2>走到哪一步</h2>
<ol class="story">${storyOf(events, names, desk.now).map(
      (line) => html`<li class="${line.tone}"><span class="when">${line.when} · ${line.who}</span><p>${line.what}</p>${line.text === undefined ? '' : html`<p class="words">${line.text}</p>`}</li>`,
    )}</ol>
<h2>您说的</h2>
<div class="said"><p class="words">${state.told?.body ?? state.told?.subject ?? '（内容已按规定删除）'}</p>
<p class="hint">${[place, state.told?.spot ?? ''].filter((t) => t !== '').join('，')}</p></div>
<p class="hint">看完了，别人也用这部手机的话：<a href="/progress/${state.number}/leave">退出</a></p>`,
  });
}

const lastDay = (desk: Desk, state: MatterState): string =>
  addDays(dayOf(state.closedAt ?? desk.now), desk.policies.get<MatterSettings>('matters').reopenDays);
const mayReopen = (desk: Desk, state: MatterState): boolean => dayOf(desk.now) <= lastDay(desk, state);

/** Who to call about it: the office and, as its holder, the official in charge. */
async function handling(desk: Desk, state: MatterState, unit: string): Promise<Html | string> {
  if (state.status === 'closed' || state.handler === undefined) return '';
  const [official] = await desk.query<{ name: string; phone: string }>(
    'portal.handler',
    'select name, phone from official where county = $1 and id = $2 and not retired',
    [desk.county, state.handler],
  );
  if (official === undefined) return '';
  return html`<p class="handler"><span>找 ${unit} ${official.name}</span>${official.phone === '' ? '' : html`<a class="button small" href="tel:${official.phone}">打电话<span class="away"> ${official.phone}</span></a>`}</p>`;
}

const scoreNames = ['很不满意', '不满意', '一般', '满意', '很满意'];

const rating = (typed: { score: string }, legend: string): Html =>
  html`<fieldset class="score" id="score"><legend>${legend}</legend><div>${scoreNames.map((name, i) => {
    const score = String(i + 1);
    return html`<label><input type="radio" name="score" value="${score}"${typed.score === score ? html` checked` : ''}><span><b>${score}</b>${name}</span></label>`;
  })}</div></fieldset>`;

const wordsField = (label: string, typed: { words: string }, faults: Faults): Html =>
  html`<div class="field"><label for="words">${label}</label>
<textarea id="words" name="words" rows="3" maxlength="500"${tied(faults, 'words')}>${typed.words}</textarea>${faultAt(faults, 'words')}</div>`;

/** The resident's own part: the last word on a result, a rating, and the way back when it did not last. */
function actions(state: MatterState, can: readonly string[], typed: { words: string; score: string }, faults: Faults): Html | string {
  const form = (fields: Html): Html =>
    html`<form method="post" action="/progress/${state.number}" class="form answer">${enterButton('nothing')}<input type="hidden" name="once" value="${newId()}">${fields}</form>`;
  if (can.includes('matter.confirm')) {
    const solved = state.disposition === 'solvable' || state.disposition === undefined;
    return form(html`<div class="two"><button class="yes" type="submit" name="act" value="confirm">${solved ? '办好了' : '认可'}</button>
<button type="submit" name="act" value="deny">${solved ? '没办好' : '不认可'}</button></div>
${rating(typed, '办得怎么样？可以不选')}
${wordsField(solved ? '想说的话；没办好的，请写还差什么' : '想说的话；不认可的，请写为什么', typed, faults)}`);
  }
  const rate = can.includes('matter.rate')
    ? form(html`${rating(typed, '办得怎么样？')}${faultAt(faults, 'score')}${wordsField('想说的话，可以不写', typed, faults)}<button type="submit" name="act" value="rate">评分</button>`)
    : '';
  const reopen = can.includes('matter.reopen')
    ? html`<details class="more"${faults['words'] === undefined || rate !== '' ? '' : html` open`}><summary>又不行了，重新打开</summary>${form(
        html`<div class="field"><label for="again">现在是什么情况</label><textarea id="again" name="again" rows="3" maxlength="1000"${tied(faults, 'again')}></textarea>${faultAt(faults, 'again')}</div><button type="submit" name="act" value="reopen">重新打开</button>`,
      )}</details>`
    : '';
  return html`${rate}${reopen}`;
}
