import { html } from 'hono/html';
import { z } from 'zod';
import { sayInstant } from '../../calendar/explain.ts';
import type { CategoryTree } from '../../catalogue/model.ts';
import { type Desk, type Routes, route } from '../../contract/route.ts';
import type { MatterState } from '../../matters/model.ts';
import { sayNumber } from '../../matters/number.ts';
import { language } from '../../language/saying.ts';
import { t } from './english.ts';
import { OVERDUE } from './home.ts';
import { type Html, page } from './page.ts';
import { instantInEnglish, joined, lateBy } from './words.ts';

const PAGE_ROWS = 50;

interface Row {
  readonly id: string;
  readonly number: string;
  readonly category: string | null;
  readonly unit: string | null;
  readonly township: string | null;
  readonly due: Date | string;
  readonly delay: string | null;
}

/**
 * A reason as the public may read it. Officials are asked to name nobody; where one did so, the name and number of
 * whoever raised the matter, and anything as long as a phone or identity number, are covered.
 */
export function covered(reason: string, told: MatterState['told']): string {
  const name = told?.name?.trim() ?? '';
  const parts = [told?.phone ?? '', name, name.length > 2 ? name.slice(1) : ''].filter((part) => part.length > 1);
  return parts
    .reduce((text, part) => text.replaceAll(part, '某某'), reason)
    .replace(/\d(?:[\s-]?\d){6,}[\dXx]?/g, '某号');
}

async function reasonOf(desk: Desk, row: Row): Promise<string | undefined> {
  if (row.delay === null) return undefined;
  const { state } = await desk.ledger.read<MatterState>(desk.county, 'matter', row.id);
  return covered(row.delay, state.told);
}

/** A category is shown only by a name from the county's own catalogue. */
function categoryName(desk: Desk, id: string | null): string {
  const { categories } = desk.policies.get<CategoryTree>('categories');
  return categories.find((c) => c.id === id)?.name ?? t('还没有分类');
}

/** The branch of the county's catalogue a category hangs on: 农业农村 of 农田水利. */
export function branchName(desk: Desk, id: string | null): string {
  const byId = new Map(desk.policies.get<CategoryTree>('categories').categories.map((c) => [c.id, c]));
  let found = byId.get(id ?? '');
  for (let steps = byId.size; found?.parent !== undefined && byId.has(found.parent) && steps > 0; steps -= 1)
    found = byId.get(found.parent);
  return found?.name ?? t('还没有分类');
}

const lateWords = (due: Date | string, now: string): string => {
  const late = lateBy(new Date(due).toISOString(), now) ?? '';
  return /^\d/.test(late) ? t('晚了 {late}', { late }) : late;
};

const item = (desk: Desk, row: Row & { readonly reason: string | undefined }): Html =>
  html`<li><div class="head"><b>${categoryName(desk, row.category)}</b><em>${lateWords(row.due, desk.now)}</em></div>
<p>${joined(' · ', row.unit ?? t('单位已撤销'), row.township ?? '')}</p>
<p>${row.reason === undefined ? html`<span class="none">${t('还没有说明原因')}</span>` : html`${t('原因：')}${row.reason}`}</p>
<p class="hint" translate="no">${sayNumber(row.number)}</p></li>`;

export const overdueRoutes = {
  'GET /overdue': route({
    action: 'portal.use',
    summary: 'The public board of what is overdue: number, kind, unit, township, how late, and the unit’s reason',
    query: z.object({ page: z.coerce.number().int().min(1).max(1_000).catch(1) }),
    async handle(desk, { query }) {
      const rows = await desk.query<Row>(
        'portal.overdue',
        `select m.id, m.number, m.category, u.short_name as unit, t.name as township, m.due, m.delay
           from matter m left join unit u on u.county = m.county and u.id = m.unit
                left join area t on t.county = m.county and t.id = m.township
          where m.county = $1 and ${OVERDUE} order by m.due, m.number limit $3 offset $4`,
        [desk.county, desk.now, PAGE_ROWS + 1, (query.page - 1) * PAGE_ROWS],
      );
      const shown = await Promise.all(
        rows.slice(0, PAGE_ROWS).map(async (row) => ({ ...row, reason: await reasonOf(desk, row) })),
      );
      const more = (to: number, label: string) => html`<a class="button small" href="/overdue?page=${to}">${label}</a>`;
      return await page(desk, {
        title: t('超期公示'),
        path: `/overdue${query.page === 1 ? '' : `?page=${query.page}`}`,
        open: true,
        body: html`<h1>${t('超期公示')}</h1>
<p class="lead">${t('答应的日子过了还没办完的，都在这里，办完才会去掉。只写编号，不写谁说的、说了什么。')}</p>
${
  shown.length === 0
    ? html`<p class="empty">${query.page === 1 ? t('现在没有超期的事。') : t('后面没有了。')}</p>`
    : html`<ul class="late">${shown.map((row) => item(desk, row))}</ul>`
}
<p class="pages">${query.page > 1 ? more(query.page - 1, t('前一页')) : ''}
${rows.length > PAGE_ROWS ? more(query.page + 1, t('后一页')) : ''}</p>
<p class="hint">${t('更新于 {when}', { when: language() === 'en' ? instantInEnglish(desk.now) : sayInstant(desk.now, desk.now) })}</p>`,
      });
    },
  }),
} satisfies Routes;
