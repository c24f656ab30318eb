import { html } from 'hono/html';
import { sayNumber } from '../../matters/number.ts';
import { t } from './english.ts';
import type { Html } from './page.ts';

/** The number and the query code to keep, in groups as they are read out. @param below what else stands on the ticket */
export const keyTicket = (number: string, code: string, below: Html): Html =>
  html`<section class="ticket" aria-label="${t('编号和查询码')}">
<dl><dt>${t('编号')}</dt><dd class="number" translate="no">${sayNumber(number)
    .split(' ')
    .map((group) => html`<span>${group}</span> `)}</dd>
<dt>${t('查询码')}</dt><dd class="number" translate="no"><span>${code.slice(0, 3)}</span> <span>${code.slice(3)}</span></dd></dl>
${below}</section>`;
