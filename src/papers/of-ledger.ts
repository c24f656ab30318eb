import { may } from '../access/access.ts';
import { chainOf } from '../access/directory.ts';
import { unitsOf } from '../access/model.ts';
import type { Desk } from '../contract/route.ts';
import { LedgerQuery, ledgerOf } from '../figures/ledger.ts';
import { sayTotals } from '../figures/ledger-print.ts';
import { columns, statusOf } from '../figures/ledger-sheet.ts';
import { sayMonth } from '../figures/print.ts';
import type { PaperSource } from './model.ts';

/** Which ledger: `2026-11`, or a place or unit behind it, `2026-11_village_ID`. */
const asked = (id: string): LedgerQuery | undefined => {
  const [month, what, whose, more] = id.split('_');
  if (more !== undefined || (what !== undefined && !['village', 'township', 'unit'].includes(what))) return undefined;
  const parsed = LedgerQuery.safeParse({ month, ...(what === undefined ? {} : { [what]: whose }) });
  return parsed.success ? parsed.data : undefined;
};

/** The monthly ledger as a paper: the same lines as on the screen, numbered and kept as they stood. */
export const ledgerPapers: PaperSource = {
  subject: 'ledger',
  kind: 'ledger',
  async draft(desk, id) {
    const query = asked(id);
    const unit = unitsOf(desk.actor).find((own) => may(desk.actor, 'paper.issue', { units: [own] }));
    if (query === undefined || unit === undefined) return undefined;
    const ledger = await ledgerOf(desk, query);
    const place = query.village ?? query.township;
    const chain = place === undefined ? [] : ((await chainOf(desk.query, desk.county, place)) ?? []);
    const secret = await inConfidence(desk, ledger.rows);
    return {
      fields: { 台账单位: ledger.of, 月份: sayMonth(ledger.month), 合计: sayTotals(ledger) },
      unit,
      reach: { areas: chain, units: [unit, ...(query.unit === undefined ? [] : [query.unit])] },
      reads: ledger.rows.map(({ id: matter }) => matter),
      tables: [
        {
          head: ['序号', ...columns.map(({ title }) => title)],
          widths: [5, ...columns.map(({ width }) => width)],
          rows: ledger.rows.map((row) => [
            String(row.serial),
            ...columns.map(({ key }) =>
              key === 'status'
                ? statusOf(row)
                : key === 'reporter' && secret.has(row.id)
                  ? '（保密）'
                  : String(row[key]),
            ),
          ]),
        },
      ],
    };
  },
};

/** Which lines were told in confidence: a paper is read by more people than the one who draws it. */
async function inConfidence(desk: Desk, rows: readonly { readonly id: string }[]): Promise<ReadonlySet<string>> {
  const found = await desk.query<{ id: string }>(
    'papers.confidential',
    'select id from matter_note where county = $1 and id = any($2::uuid[]) and confidential',
    [desk.county, rows.map(({ id }) => id)],
  );
  return new Set(found.map(({ id }) => id));
}
