import { html } from 'hono/html';
import { z } from 'zod';
import { type Reading, readingsOf } from '../../access/readings.ts';
import { sayInstant } from '../../calendar/explain.ts';
import { type Desk, type Raw, type Routes, route } from '../../contract/route.ts';
import { isRefusal } from '../../ledger/decider.ts';
import { signRoutes } from '../../visits/sign.ts';
import { Fields, text } from './form.ts';
import { Named, isLetIn, openMatter, withinMinute } from './keys.ts';
import { type Html, goTo, page, sorry, tooMany } from './page.ts';

const PER_MINUTE = 10;
/** The newest of them; whoever wants the older ones is told whom to ask. */
const SHOWN = 100;

/** One look into the file, by whom and why. An official reads in an office: the office and its holder are named. */
const line = (desk: Desk, { at, reader, name, title, unit, what, why }: Reading): Html => {
  const who =
    name !== null
      ? html`<b>${[unit ?? '', title ?? '', name].filter((part) => part !== '').join(' ')}</b>`
      : html`<b>${reader.startsWith('resident:') ? '您自己（凭编号或签字链接）' : '管服务器的人'}</b>`;
  return html`<li><span class="when">${sayInstant(at, desk.now)}</span><p>${who} 看了${what}</p>
${why === null ? '' : html`<p class="hint">${why}</p>`}</li>`;
};

const readersPage = (desk: Desk, path: string, back: string, readings: readonly Reading[]): Promise<Raw> =>
  page(desk, {
    title: '谁看过我的信息',
    path,
    body: html`<h1>谁看过我的信息</h1>
<p class="lead">每看一次您的称呼、电话、住户档案或照片，都会记下是谁、什么时候。办事要看的才能看。</p>
${
  readings.length === 0
    ? html`<p class="empty">到现在还没有人看过。</p>`
    : html`<ol class="story readers">${readings.slice(0, SHOWN).map((reading) => line(desk, reading))}</ol>`
}
${readings.length > SHOWN ? html`<p class="hint">只列最近 ${SHOWN} 次。更早的，请到镇上受理的窗口查，凭编号就给看。</p>` : ''}
<p>觉得有人不该看？<a href="/say">说出来</a>，会有人查。</p>
<p><a class="button" href="${back}">返回</a></p>`,
  });

export const readerRoutes = {
  'GET /progress/:number/readers': route({
    action: 'portal.use',
    summary: 'Who looked at what is kept of the resident who holds this matter’s key, when and why',
    params: Named,
    async handle(desk, { params: { number } }) {
      if (!(await withinMinute(desk, '/readers', PER_MINUTE))) return await tooMany(desk, '/');
      const opened = isLetIn(desk, number) ? await openMatter(desk, number) : undefined;
      if (opened === undefined) return goTo(`/progress?${new URLSearchParams({ number })}`);
      const { household } = opened.state;
      const subjects = [opened.id, ...(household === undefined ? [] : [household])];
      const readings = await readingsOf(opened.theirs, subjects, SHOWN + 1);
      return await readersPage(desk, `/progress/${number}/readers`, `/progress/${number}`, readings);
    },
  }),
  'GET /sign/:visit/readers': route({
    action: 'portal.use',
    summary: 'The same for the household that holds the link to a visit’s note',
    params: z.object({ visit: z.uuid().catch('00000000-0000-4000-8000-000000000000') }),
    query: Fields,
    async handle(desk, { params: { visit }, query }) {
      if (!(await withinMinute(desk, '/readers', PER_MINUTE))) return await tooMany(desk, '/');
      const k = text(query, 'k').slice(0, 64);
      const answer = await signRoutes['GET /api/sign/:id/readings'].handle(desk, {
        params: { id: visit },
        query: { k },
        body: undefined,
      });
      if (isRefusal(answer) || 'raw' in answer)
        return await sorry(desk, '/', 404, '这个链接打不开', '链接不完整，或者已经过期。请找来走访的干部再要一个。');
      const back = `/sign/${visit}?${new URLSearchParams({ k })}`;
      return await readersPage(desk, `/sign/${visit}/readers?${new URLSearchParams({ k })}`, back, answer.readings);
    },
  }),
} satisfies Routes;
