import { html } from 'hono/html';
import { z } from 'zod';
import type { Desk, Raw } from '../../contract/route.ts';
import { t } from './english.ts';
import { type Html, page, sorry } from './page.ts';

/** A record named in an address; what is no id names nothing. */
export const BookingId = z.object({ id: z.uuid().catch('00000000-0000-4000-8000-000000000000') });

/** What there is to book, or that there is nothing. */
export const listPage = (
  desk: Desk,
  of: { readonly path: string; readonly title: string; readonly lead: string; readonly empty: string },
  items: readonly Html[],
): Promise<Raw> =>
  page(desk, {
    title: of.title,
    path: of.path,
    open: true,
    body: html`<h1>${of.title}</h1>
<p class="lead">${of.lead}</p>
${
  items.length === 0
    ? html`<p class="empty">${of.empty}</p><p class="actions"><a class="button main" href="/say">${t('说件事')}</a></p>`
    : html`<ul class="late receptions">${items}</ul>`
}`,
  });

/** After booking: the turn and the code, the time where one was chosen, and the way to take it back. */
export function bookedPage(
  desk: Desk,
  path: string,
  told: Readonly<Record<string, unknown>>,
  below: Html,
): Promise<Raw> {
  const [turn, code] = [String(told['turn']), String(told['code'])];
  const slot =
    told['slot'] === undefined
      ? ''
      : html`<dt>${t('您的时间')}</dt><dd class="number"><span>${String(told['slot'])}</span></dd>
`;
  return page(desk, {
    title: t('约上了'),
    path,
    body: html`<h1>${t('约上了，请记下')}</h1>
<section class="ticket"><dl>${slot}<dt>${t('您的号')}</dt><dd class="number"><span>${turn}</span></dd>
<dt>${t('取消码')}</dt><dd class="number" translate="no"><span>${code}</span></dd></dl>
${below}</section>
<form method="post" action="${path}" class="form">
<input type="hidden" name="turn" value="${turn}"><input type="hidden" name="code" value="${code}">
<p class="hint">${t('去不了就取消，号让给别人。以后要取消，打开这一场，写上号和取消码。')}</p>
<button class="small" type="submit" name="act" value="unbook">${t('取消这个号')}</button></form>`,
  });
}

/** After taking a booking back, or why it was not. */
export const takenBackPage = (desk: Desk, list: string, path: string, done: boolean): Promise<Raw> =>
  done
    ? page(desk, {
        title: t('取消了'),
        path,
        body: html`<h1>${t('取消了')}</h1><p class="lead">${t('这个号让给别人了。')}</p>
<p class="actions"><a class="button" href="${list}">${t('看别的场次')}</a></p>`,
      })
    : sorry(desk, path, 422, t('没有取消'), t('号或者取消码不对，请对一下再试。'));

export const gonePage = (desk: Desk, list: string): Promise<Raw> =>
  sorry(desk, list, 404, t('没有这一场'), t('这一场已经过了，或者地址不对。请看现在有哪些场次。'));

/** The form to take a booking back later: the turn and the code that were told. */
export const backForm = (path: string): Html => html`<details class="form"><summary>${t('要取消约过的号')}</summary>
<form method="post" action="${path}"><div class="pair">
<div class="field"><label for="turn">${t('您的号')}</label><input id="turn" name="turn" inputmode="numeric" maxlength="4"></div>
<div class="field"><label for="code">${t('取消码')}</label><input id="code" name="code" autocomplete="off" maxlength="20"></div></div>
<button class="small" type="submit" name="act" value="unbook">${t('取消这个号')}</button></form></details>`;
