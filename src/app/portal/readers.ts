import { html } from 'hono/html';
import { z } from 'zod';
import { type Reading, readingsOf } from '../../access/readings.ts';
import { sayInstant } from '../../calendar/explain.ts';
import { type Desk, type Raw, type Routes, route } from '../../contract/route.ts';
import { language } from '../../language/saying.ts';
import { isRefusal } from '../../ledger/decider.ts';
import { signRoutes } from '../../visits/sign.ts';
import { t } from './english.ts';
import { Fields, text } from './form.ts';
import { Named, isLetIn, openMatter, withinMinute } from './keys.ts';
import { type Html, goTo, page, sorry, tooMany } from './page.ts';

const PER_MINUTE = 10;
/** The newest of them; whoever wants the older ones is told whom to ask. */
const SHOWN = 100;

/** What was read, as it was written down when it was; words of old entries stay as they are. */
const read: Readonly<Record<string, string>> = {
  反映人和联系方式: 'name and telephone',
  照片: 'photos',
  住户档案: 'household file',
  住户电话: 'telephone numbers',
  '住户档案（存入手机备用）': 'household file (kept on a phone for work without network)',
  '住户档案（在手机上看）': 'household file (opened on a phone)',
  走访记录: 'visit note',
  走访历史: 'earlier visits',
  走访签字: 'signature under a visit',
  用签字链接看走访记录: 'visit note, by the signing link',
  结对帮扶: 'plan of help',
  用链接看结对帮扶: 'plan of help, by its link',
  节前慰问: 'visit before a festival',
  下访记录: 'note of officials who came',
  宣讲记录: 'note of a policy talk',
  信息员报的需要: 'need an informant reported',
  信息员的联系方式: 'informant’s telephone',
  '全部信息，打印给本人': 'everything, printed for yourself',
  导出的台账: 'exported ledger',
  导出的住户: 'exported households',
  导出全部数据: 'export of all data',
};
const whatName = (what: string): string => (language() === 'en' ? (read[what] ?? what) : what);

/** One look into the file, by whom and why. An official reads in an office: the office and its holder are named. */
const line = (desk: Desk, { at, reader, name, title, unit, what, why }: Reading): Html => {
  const who =
    name !== null
      ? html`<b>${[unit ?? '', title ?? '', name].filter((part) => part !== '').join(' ')}</b>`
      : html`<b>${reader.startsWith('resident:') ? t('您自己（凭编号或签字链接）') : t('管服务器的人')}</b>`;
  return html`<li><span class="when">${sayInstant(at, desk.now)}</span><p>${who} ${t('看了{what}', { what: whatName(what) })}</p>
${why === null ? '' : html`<p class="hint">${why}</p>`}</li>`;
};

const readersPage = (desk: Desk, path: string, back: string, readings: readonly Reading[]): Promise<Raw> =>
  page(desk, {
    title: t('谁看过我的信息'),
    path,
    body: html`<h1>${t('谁看过我的信息')}</h1>
<p class="lead">${t('每看一次您的称呼、电话、住户档案或照片，都会记下是谁、什么时候。办事要看的才能看。')}</p>
${
  readings.length === 0
    ? html`<p class="empty">${t('到现在还没有人看过。')}</p>`
    : html`<ol class="story readers">${readings.slice(0, SHOWN).map((reading) => line(desk, reading))}</ol>`
}
${readings.length > SHOWN ? html`<p class="hint">${t('只列最近 {n} 次。更早的，请到镇上受理的窗口查，凭编号就给看。', { n: SHOWN })}</p>` : ''}
<p>${t('觉得有人不该看？')}<a href="/say">${t('说出来')}</a>${t('，会有人查。')}</p>
<p><a class="button" href="${back}">${t('返回')}</a></p>`,
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
        return await sorry(
          desk,
          '/',
          404,
          t('这个链接打不开'),
          t('链接不完整，或者已经过期。请找来走访的干部再要一个。'),
        );
      const back = `/sign/${visit}?${new URLSearchParams({ k })}`;
      return await readersPage(desk, `/sign/${visit}/readers?${new URLSearchParams({ k })}`, back, answer.readings);
    },
  }),
} satisfies Routes;
