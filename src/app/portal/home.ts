import { html } from 'hono/html';
import { dayOf, startOfDay } from '../../calendar/days.ts';
import { type Desk, type Routes, route } from '../../contract/route.ts';
import { language } from '../../language/saying.ts';
import { t } from './english.ts';
import { type Html, page } from './page.ts';
import { spaced } from './words.ts';

/** Below this many a figure in the middle says more about single people than about the county. */
export const FEW = 10;

export interface Figures {
  /** Matters raised since the month began, and of these: answered, and found done by those who raised them. */
  readonly told: number;
  readonly answered: number;
  readonly done: number;
  /** Days until half of them had an answer, those still waiting counted in; null while fewer than half have one. */
  readonly middleDays: number | null;
  /** Everything overdue now, whenever it was raised. */
  readonly overdue: number;
}

/** What the public board lists: a unit's time is over, and it is not the resident's word that is waited for. */
export const OVERDUE = `m.open and m.due < $2::timestamptz and m.status <> 'resolved'`;

async function figuresOf(desk: Desk): Promise<Figures> {
  const [found] = await desk.query<{
    told: number;
    answered: number;
    done: number;
    middle: number | null;
    overdue: number;
  }>(
    'portal.figures',
    `select count(*)::int as told,
            count(*) filter (where m.first_answered_at is not null or m.status = 'closed')::int as answered,
            count(*) filter (where m.status = 'closed')::int as done,
            percentile_disc(0.5) within group (
              order by coalesce(extract(epoch from m.first_answered_at - m.registered_at)::float8 / 86400, 'Infinity')
            ) as middle,
            (select count(*)::int from matter m where m.county = $1 and ${OVERDUE}) as overdue
       from matter m where m.county = $1 and m.registered_at >= $3::timestamptz and m.registered_at <= $2::timestamptz`,
    [desk.county, desk.now, startOfDay(`${dayOf(desk.now).slice(0, 8)}01`)],
  );
  const { middle, ...counts } = found!;
  return { ...counts, middleDays: middle === null || !Number.isFinite(Number(middle)) ? null : Number(middle) };
}

const receptionsToCome = async (desk: Desk): Promise<number> =>
  (
    await desk.query<{ n: number }>(
      'portal.receptions',
      `select count(*)::int as n from outreach
        where county = $1 and form = 'reception' and status = 'arranged' and day >= $2`,
      [desk.county, dayOf(desk.now)],
    )
  )[0]?.n ?? 0;

/** Leaders' reception days to come, each still with a turn that nobody holds or not. */
const receptionDaysToCome = async (desk: Desk): Promise<number> =>
  (
    await desk.query<{ n: number }>(
      'portal.reception-days',
      `select count(*)::int as n from reception_day where county = $1 and status = 'announced' and day >= $2`,
      [desk.county, dayOf(desk.now)],
    )
  )[0]?.n ?? 0;

/** Live sessions that take questions now. */
const dialoguesToCome = async (desk: Desk): Promise<number> =>
  (
    await desk.query<{ n: number }>(
      'portal.dialogues',
      `select count(*)::int as n from dialogue
        where county = $1 and (status = 'live' or status = 'announced' and day >= $2)`,
      [desk.county, dayOf(desk.now)],
    )
  )[0]?.n ?? 0;

const daysInWords = (days: number): string => (days < 1 ? t('不到 1 天') : t('{days} 天', { days: Math.round(days) }));

/** The sentence below the figures: how long an answer takes, said only where it can be said honestly. */
export function answerTime({ told, answered, middleDays }: Figures): string {
  if (told === 0) return t('这个月还没有人说事。');
  if (told < FEW) return t('这个月还不到 {few} 件，先不算要等几天。', { few: FEW });
  if (middleDays === null || answered * 2 < told) return t('一半以上的事还在等回音。');
  return t('一半的事在{days}内有了回音。', {
    days: language() === 'en' ? daysInWords(middleDays) : spaced(daysInWords(middleDays)),
  });
}

const tile = (count: number, label: string): Html => html`<div><b>${count}</b><span>${label}</span></div>`;

export const homeRoutes = {
  'GET /': route({
    action: 'portal.use',
    summary: 'The first page: say something, look it up, find an official; and what came of it this month',
    async handle(desk) {
      const [figures, coming, days, sessions] = await Promise.all([
        figuresOf(desk),
        receptionsToCome(desk),
        receptionDaysToCome(desk),
        dialoguesToCome(desk),
      ]);
      return await page(desk, {
        title: t('说件事'),
        path: '/',
        home: true,
        open: true,
        body: html`<h1 class="away">${t('有事您说')}</h1>
<nav class="do" aria-label="${t('要办什么')}">
<a class="first" href="/say"><strong>${t('说件事')}</strong><span>${t('要办的、要问的、要投诉的都行，不用注册')}</span><i aria-hidden="true">›</i></a>
<a href="/progress"><strong>${t('查进度')}</strong><span>${t('凭编号和查询码，看办到哪一步')}</span><i aria-hidden="true">›</i></a>
<a href="/officials"><strong>${t('找干部')}</strong><span>${t('您村的联系干部是谁、电话多少')}</span><i aria-hidden="true">›</i></a>
</nav>
<p class="note"><a href="/suggest">${t('有个好主意，献计献策')}</a><br><a href="/tip-off">${t('举报干部或单位')}</a><br><a href="/ballot">${t('评议驻村干部')}</a></p>
<h2>${t('这个月')}</h2>
<div class="told">${tile(figures.told, t('件事说出来'))}${tile(figures.answered, t('件已有回音'))}${tile(figures.done, t('件您说办好了'))}</div>
<p class="note">${answerTime(figures)}${
          figures.overdue === 0
            ? t('现在没有超期的事。')
            : html`${t('现在有 {count} 件超期，', { count: figures.overdue })}<a href="/overdue">${t('哪些超期、为什么')}</a>${t('。')}`
        }<br><a href="/done">${t('各乡镇、村答应和办成的事')}</a></p>
${coming === 0 ? '' : html`<p class="note">${t('接下来有 {count} 场干部到现场接访，', { count: coming })}<a href="/receptions">${t('时间地点、约一个号')}</a>${t('。')}</p>`}
${days === 0 ? '' : html`<p class="note">${t('接下来有 {count} 次领导接访，', { count: days })}<a href="/reception-days">${t('哪天是谁、约一个号')}</a>${t('。')}</p>`}
${sessions === 0 ? '' : html`<p class="note">${t('有 {count} 场热线、网上对话可以提问，', { count: sessions })}<a href="/dialogues">${t('谁来答、我要问')}</a>${t('。')}</p>`}`,
      });
    },
  }),
} satisfies Routes;
