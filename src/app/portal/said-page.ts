import { html, raw as unescaped } from 'hono/html';
import QRCode from 'qrcode';
import type { Calendar } from '../../calendar/model.ts';
import type { Desk, Raw } from '../../contract/route.ts';
import { language } from '../../language/saying.ts';
import { t } from './english.ts';
import type { Opened } from './keys.ts';
import { page } from './page.ts';
import { namesOf } from '../../access/directory.ts';
import { keyTicket } from './ticket.ts';
import { promisedBy, spaced } from './words.ts';

/** After filing: the number and the code to keep, and what happens next and by when. */
export async function saidPage(desk: Desk, { state }: Opened): Promise<Raw> {
  const { number, told, desk: desks } = state;
  const code = told?.code ?? '';
  const link = `${desk.publicUrl}/p/${number}?c=${code}`;
  const picture = await QRCode.toString(link, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
  const names = await namesOf(desk.query, desk.county, [desks, state.official]);
  const first = names(desks) ?? t('受理的单位');
  const official = names(state.official);
  const also = official === null ? '' : t('，{official} 也会看到', { official });
  const by = promisedBy(state.clock, desk.policies.get<Calendar>('calendar'), desk.now);
  return await page(desk, {
    title: t('收到了'),
    path: `/progress/${number}`,
    body: html`<h1>${t('收到了，请记下编号')}</h1>
${keyTicket(
  number,
  code,
  html`<div class="qr" role="img" aria-label="${t('扫这个码可以直接看进度')}">${unescaped(picture)}</div>
<p><b>${t('把这一页截图保存。')}</b>${t('以后扫这个码，或者凭编号和查询码，就能看进度。别发给外人：有它就能看到您写的内容。')}</p>`,
)}
<h2>${t('接下来')}</h2>
<ol class="steps">
<li>${first}${by === undefined ? t('会') : html`<b>${language() === 'en' ? ` ${by}` : spaced(by)}</b>`}${t('把它转给该管的单位{also}。', { also })}</li>
<li>${t('转过去的时候就定下哪天办完，进度里写着。')}</li>
<li>${t('单位说办好了还不算完，')}<b>${t('您说办好了才算完')}</b>${t('。')}</li>
</ol>
<p class="actions"><a class="button main" href="/progress/${number}">${t('看进度')}</a><a class="button" href="/say">${t('再说一件')}</a></p>`,
  });
}
