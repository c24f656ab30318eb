import { html } from 'hono/html';
import { addDays, dayOf, startOfDay } from '../../calendar/days.ts';
import { sayDay } from '../../calendar/explain.ts';
import { type Desk, type Routes, route } from '../../contract/route.ts';
import { language } from '../../language/saying.ts';
import { t } from './english.ts';
import { Fields, uuid } from './form.ts';
import { FEW, OVERDUE } from './home.ts';
import { branchName } from './overdue.ts';
import { type Html, page } from './page.ts';
import { type Named, townships, villageOf, villagesOf } from './places.ts';

const DAYS = 365;
/** How many of the last that were done are listed. */
const LISTED = 10;
/** A kind of matter with fewer than this is not told apart. */
const FEW_OF_A_KIND = 5;

/** What was raised, promised and done in one place within a year. */
export interface PlaceFigures {
  readonly told: number;
  /** A unit has it and a day is set. */
  readonly promised: number;
  /** The resident, or a call-back, said that it is done. */
  readonly done: number;
  /** The unit says so, the resident has not spoken yet. */
  readonly waiting: number;
  readonly open: number;
  readonly overdue: number;
  /** Sent back at least once because it was not done. */
  readonly again: number;
  /** Promises made on doorsteps, and of these: kept, and not kept in time. */
  readonly vowed: number;
  readonly kept: number;
  readonly late: number;
}

/** A place is counted by its township or by its village; the columns of both tables bear the same names. */
type Level = 'township' | 'village';

async function figuresOf(desk: Desk, level: Level, id: string, since: string): Promise<PlaceFigures> {
  const [matters, promises] = await Promise.all([
    desk.query<Omit<PlaceFigures, 'vowed' | 'kept' | 'late'>>(
      `portal.done-${level}`,
      `select count(*)::int as told, count(m.dispatched_at)::int as promised,
              count(*) filter (where m.status = 'closed')::int as done,
              count(*) filter (where m.status = 'resolved')::int as waiting,
              count(*) filter (where m.open and m.status <> 'resolved')::int as open,
              count(*) filter (where ${OVERDUE})::int as overdue,
              count(*) filter (where m.reopenings > 0)::int as again
         from matter m where m.county = $1 and m.registered_at <= $2::timestamptz
          and m.registered_at >= $3::timestamptz and m.${level} = $4`,
      [desk.county, desk.now, startOfDay(since), id],
    ),
    desk.query<Pick<PlaceFigures, 'vowed' | 'kept' | 'late'>>(
      `portal.vowed-${level}`,
      `select count(*)::int as vowed, count(p.kept_on)::int as kept,
              count(*) filter (where p.kept_on is null and p.due < $2::date)::int as late
         from promise p where p.county = $1 and p.made_on >= $3::date and p.${level} = $4
          ${level === 'village' ? 'and p.township = (select parent from area where county = $1 and id = $4)' : ''}`,
      [desk.county, dayOf(desk.now), since, id],
    ),
  ]);
  return { ...matters[0]!, ...promises[0]! };
}

interface Kind {
  readonly category: string | null;
  readonly told: number;
  readonly done: number;
}

const kindsOf = (desk: Desk, level: Level, id: string, since: string): Promise<Kind[]> =>
  desk.query(
    `portal.done-kinds-${level}`,
    `select m.category, count(*)::int as told, count(*) filter (where m.status = 'closed')::int as done
       from matter m where m.county = $1 and m.registered_at >= $2::timestamptz and m.${level} = $3
      group by m.category order by told desc, m.category`,
    [desk.county, startOfDay(since), id],
  );

/** Kinds as the public reads them: by name, few of a kind put together, so that none can be told apart. */
export function toldApart(
  kinds: readonly Kind[],
  nameOf: (category: string | null) => string,
  rest: string,
): { name: string; told: number; done: number }[] {
  const named = new Map<string, { told: number; done: number }>();
  const add = (name: string, { told, done }: Pick<Kind, 'told' | 'done'>): void => {
    const sum = named.get(name) ?? { told: 0, done: 0 };
    named.set(name, { told: sum.told + told, done: sum.done + done });
  };
  for (const kind of kinds) add(nameOf(kind.category), kind);
  const apart = [...named].filter(([, { told }]) => told >= FEW_OF_A_KIND);
  const others = [...named].filter(([, { told }]) => told < FEW_OF_A_KIND);
  // One kind left alone under another name is still told apart by what is missing: the smallest joins it.
  if (others.length > 0 && others.reduce((sum, [, { told }]) => sum + told, 0) < FEW_OF_A_KIND)
    others.push(...apart.toSorted(([, a], [, b]) => b.told - a.told).splice(-1));
  const joined = others.reduce((sum, [, { told, done }]) => ({ told: sum.told + told, done: sum.done + done }), {
    told: 0,
    done: 0,
  });
  const shown = apart.filter(([name]) => !others.some(([other]) => other === name));
  return [
    ...shown.map(([name, sum]) => ({ name, ...sum })).toSorted((a, b) => b.told - a.told),
    ...(joined.told === 0 ? [] : [{ name: rest, ...joined }]),
  ];
}

interface Done {
  readonly category: string | null;
  readonly unit: string | null;
  readonly closed_at: string;
  readonly days: number | null;
}

/** The last that were done in a township: kind, unit, day. No number, no village, no word of anyone's. */
const lastDone = (desk: Desk, township: string, since: string): Promise<Done[]> =>
  desk.query(
    'portal.last-done',
    `select m.category, u.short_name as unit, m.closed_at,
            ceil(extract(epoch from m.resolved_at - m.dispatched_at) / 86400)::int as days
       from matter m left join unit u on u.county = m.county and u.id = m.unit
      where m.county = $1 and m.township = $2 and m.registered_at >= $3::timestamptz and m.status = 'closed'
        and m.procedure = 'order'
      order by m.closed_at desc limit $4`,
    [desk.county, township, startOfDay(since), LISTED],
  );

const line = (count: number, label: string): Html => html`<div><b>${count}</b><span>${label}</span></div>`;

/** One place: what was raised and what came of it; too few to count are said to be too few. */
async function placeOf(desk: Desk, level: Level, place: Named, since: string): Promise<Html> {
  const figures = await figuresOf(desk, level, place.id, since);
  const { told, promised, done, waiting, open, overdue, again } = figures;
  if (told < FEW)
    return html`<p class="note">${t('{place}这一年说出来的事不到 {few} 件，不分开数，免得看出是谁家的。', { place: place.name, few: FEW })}</p>
${vows(figures)}`;
  const kinds = await kindsOf(desk, level, place.id, since);
  const apart = toldApart(kinds, (id) => branchName(desk, id), t('其他'));
  return html`<div class="told">${line(told, t('件事说出来'))}${line(promised, t('件定了日子'))}${line(done, t('件您说办好了'))}</div>
<p class="note">${t('其余的：{waiting} 件单位说办好了，等本人看；{open} 件还在办。', { waiting, open })}${
    overdue === 0
      ? t('没有超期的。')
      : html`${t('{count} 件过了日子，', { count: overdue })}<a href="/overdue">${t('哪些超期、为什么')}</a>${t('。')}`
  }${again === 0 ? '' : t('有 {count} 件群众说没办好，退回去重办过。', { count: again })}</p>
${vows(figures)}
${tableOf(apart)}`;
}

/** One row would only say the sum again. */
const tableOf = (kinds: readonly { name: string; told: number; done: number }[]): Html | string =>
  kinds.length < 2
    ? ''
    : html`<h2>${t('都是些什么事')}</h2>
<table class="kinds"><thead><tr><th>${t('哪类事')}</th><th>${t('说了')}</th><th>${t('办好了')}</th></tr></thead>
<tbody>${kinds.map((kind) => html`<tr><td>${kind.name}</td><td>${kind.told}</td><td>${kind.done}</td></tr>`)}</tbody></table>`;

const vows = ({ vowed, kept, late }: PlaceFigures): Html | string =>
  vowed < FEW
    ? ''
    : html`<p class="note">${t('干部上门答应的 {vowed} 件，办了 {kept} 件', { vowed, kept })}${
        late === 0 ? t('，没有过期的。') : t('，{late} 件过了说好的日子还没办。', { late })
      }</p>`;

const dayInEnglish = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'Asia/Shanghai' });

async function listOf(desk: Desk, township: string, since: string): Promise<Html | string> {
  const rows = await lastDone(desk, township, since);
  if (rows.length < FEW) return '';
  return html`<h2>${t('最近办好的')}</h2>
<ul class="late">${rows.map(({ category, unit, closed_at, days }) => {
    const on =
      language() === 'en' ? dayInEnglish.format(new Date(closed_at)) : sayDay(dayOf(closed_at), dayOf(desk.now));
    const took = days === null ? '' : days <= 1 ? t('，当天办完') : t('，办了 {days} 天', { days });
    return html`<li><b>${branchName(desk, category)}</b><p>${unit ?? ''} · ${t('{on}本人说办好了', { on })}${took}</p></li>`;
  })}</ul>`;
}

const places = (heading: string, list: readonly Named[], addressOf: (id: string) => string): Html | string =>
  list.length === 0
    ? ''
    : html`<h2>${heading}</h2><ul class="places">${list.map((p) => html`<li><a href="${addressOf(p.id)}">${p.name}</a></li>`)}</ul>`;

export const doneRoutes = {
  'GET /done': route({
    action: 'portal.use',
    summary:
      'What was promised and done within a year, by township and village: counts, kinds, units; nothing of anyone',
    perMinute: 120,
    query: Fields,
    async handle(desk, { query }) {
      const since = addDays(dayOf(desk.now), -DAYS);
      const village = uuid(query, 'village') === undefined ? undefined : await villageOf(desk, uuid(query, 'village')!);
      const wanted = village?.township ?? uuid(query, 'township');
      const all = await townships(desk);
      const township = all.find(({ id }) => id === wanted);
      const place = village ?? township;
      const body =
        township === undefined || place === undefined
          ? places(t('看哪个乡镇、街道'), all, (id) => `/done?township=${id}`)
          : html`<h2>${place.name}<small>${t('这一年')}</small></h2>
${await placeOf(desk, village === undefined ? 'township' : 'village', place, since)}
${
  village === undefined
    ? html`${await listOf(desk, township.id, since)}
${places(t('再看哪个村、社区'), await villagesOf(desk, township.id), (id) => `/done?village=${id}`)}`
    : html`<p><a href="/done?township=${township.id}">${t('看{township}全镇的', { township: township.name })}</a></p>`
}
<p class="hint"><a href="/done">${t('换一个乡镇')}</a></p>`;
      return await page(desk, {
        title: t('答应和办成的事'),
        path: `/done${village !== undefined ? `?village=${village.id}` : township === undefined ? '' : `?township=${township.id}`}`,
        open: true,
        body: html`<h1>${t('答应和办成的事')}</h1>
<p class="lead">${t('说出来多少，答应了多少，办成了多少，没办成的也照样数。只数件数，不写谁说的、说了什么。')}</p>
${body}`,
      });
    },
  }),
} satisfies Routes;
