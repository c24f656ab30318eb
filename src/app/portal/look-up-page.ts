import { html } from 'hono/html';
import type { Desk, Raw } from '../../contract/route.ts';
import { t } from './english.ts';
import { type Faults, faultAt, faultList, tied } from './form.ts';
import { page } from './page.ts';

export interface Typed {
  readonly number: string;
  readonly code: string;
}

/** Where number and code are typed in. */
export const lookUpPage = (
  desk: Desk,
  typed: Typed,
  faults: Faults = {},
  status: 200 | 422 | 429 = 200,
): Promise<Raw> =>
  page(desk, {
    title: t('查进度'),
    path: '/progress',
    status,
    body: html`<h1>${t('查进度')}</h1>
<p class="lead">${t('编号和查询码在您截的图上，也在给您的单子上。')}</p>
${faultList(faults)}
<form method="post" action="/progress" class="form">
<div class="field"><label for="number">${t('编号')}</label>
<p class="hint" id="number-hint">${t('两个字母加数字，中间空不空格都行。')}</p>
<input id="number" name="number" class="big" required maxlength="40"
 autocomplete="off" autocapitalize="characters" spellcheck="false"
 placeholder="QH 2611 0482 3" value="${typed.number}"${tied(faults, 'number', true)}>
${faultAt(faults, 'number')}</div>
<div class="field"><label for="code">${t('查询码')}</label>
<p class="hint" id="code-hint">${t('6 位数字。')}</p>
<input id="code" name="code" class="big" required maxlength="20" inputmode="numeric"
 autocomplete="off" placeholder="123 456" value="${typed.code}"${tied(faults, 'code', true)}>
${faultAt(faults, 'code')}</div>
<button class="main" type="submit">${t('看进度')}</button>
</form>
<p class="hint">${t('编号或者查询码丢了？打您村')}<a href="/officials">${t('联系干部')}</a>${t('的电话，或者再')}<a href="/say">${t('说一次')}</a>${t('。')}</p>`,
  });
