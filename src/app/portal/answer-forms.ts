import { html } from 'hono/html';
import { newId } from '../../ledger/ids.ts';
import type { MatterState } from '../../matters/model.ts';
import { type Faults, enterButton, faultAt, tied } from './form.ts';
import { isDone } from './now.ts';
import type { Html } from './page.ts';
import { t } from './english.ts';

/** What the resident has typed so far. */
export interface Answered {
  readonly words: string;
  readonly score: string;
}

const scoreNames = ['很不满意', '不满意', '一般', '满意', '很满意'] as const;

const rating = (typed: Answered, legend: string): Html =>
  html`<fieldset class="score" id="score"><legend>${legend}</legend><div>${scoreNames.map((name, i) => {
    const score = String(i + 1);
    const checked = typed.score === score ? html` checked` : '';
    return html`<label><input type="radio" name="score" value="${score}"${checked}>
<span><b>${score}</b>${t(name)}</span></label>`;
  })}</div></fieldset>`;

const wordsField = (label: string, typed: Answered, faults: Faults): Html =>
  html`<div class="field"><label for="words">${label}</label>
<textarea id="words" name="words" rows="3" maxlength="500"${tied(faults, 'words')}>${typed.words}</textarea>
${faultAt(faults, 'words')}</div>`;

/** The resident's own part: the last word on a result, a rating, and the way back when it did not last. */
export function answerForms(
  state: MatterState,
  can: readonly string[],
  typed: Answered,
  faults: Faults,
): Html | string {
  const form = (fields: Html): Html =>
    html`<form method="post" action="/progress/${state.number}" class="form answer">${enterButton('nothing')}
<input type="hidden" name="once" value="${newId()}">
${fields}</form>`;
  if (can.includes('matter.confirm')) {
    const [yes, no, ask] = isDone(state)
      ? [t('办好了'), t('没办好'), t('想说的话；没办好的，请写还差什么')]
      : [t('认可'), t('不认可'), t('想说的话；不认可的，请写为什么')];
    return form(html`<div class="two"><button class="yes" type="submit" name="act" value="confirm">${yes}</button>
<button type="submit" name="act" value="deny">${no}</button></div>
${rating(typed, t('办得怎么样？可以不选'))}
${wordsField(ask, typed, faults)}`);
  }
  const rate = can.includes('matter.rate')
    ? form(html`${rating(typed, t('办得怎么样？'))}${faultAt(faults, 'score')}
${wordsField(t('想说的话，可以不写'), typed, faults)}
<button type="submit" name="act" value="rate">${t('评分')}</button>`)
    : '';
  const reopen = can.includes('matter.reopen')
    ? html`<details${faults['again'] === undefined ? '' : html` open`}><summary>${t('又不行了，重新打开')}</summary>
${form(html`<div class="field"><label for="again">${t('现在是什么情况')}</label>
<textarea id="again" name="again" rows="3" maxlength="1000"${tied(faults, 'again')}></textarea>
${faultAt(faults, 'again')}</div>
<button type="submit" name="act" value="reopen">${t('重新打开')}</button>`)}</details>`
    : '';
  const urge =
    can.includes('matter.raise-again') && state.status !== 'resolved'
      ? html`<details${faults['more'] === undefined ? '' : html` open`}><summary>${t('还没动静，催一催')}</summary>
${form(html`<div class="field"><label for="more">${t('想补充的话，可以不写')}</label>
<textarea id="more" name="more" rows="2" maxlength="500"${tied(faults, 'more')}></textarea>
${faultAt(faults, 'more')}</div>
<p class="hint">${t('催一次，会记在办理上，不会记在您身上。')}</p>
<button type="submit" name="act" value="urge">${t('催一催')}</button>`)}</details>`
      : '';
  return html`${rate}${reopen}${urge}`;
}
