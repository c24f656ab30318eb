import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { sayNumber } from '../../matters/number-words.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { ReceptionTabs, receptionTitle } from '../../app/ui/tabs.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { t } from './english.ts';
import { type Figure, type Figures, type Records as Found, whats } from './words.ts';

type Search = { from?: string; to?: string; what?: string; official?: string };
type What = Found['what'];

/** The last day of the month `count` months after the one of `day`; before its first with 0 given as -1. */
const monthEnd = (day: string, count = 0): string => {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month + count, 0)).toISOString().slice(0, 10);
};
const spans = (): readonly (readonly [name: string, from: string, to: string])[] => {
  const today = dayAt(Date.now());
  const [year, month] = today.split('-').map(Number) as [number, number];
  const quarter = `${year}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
  const last = monthEnd(today, -1);
  return [
    [t('这个月'), `${today.slice(0, 7)}-01`, monthEnd(today)],
    [t('上个月'), `${last.slice(0, 7)}-01`, last],
    [t('这个季度'), quarter, monthEnd(quarter, 2)],
    [t('今年'), `${year}-01-01`, `${year}-12-31`],
  ];
};

/** Form beside substance: days on the left, what came of them for people on the right, each figure open to its records. */
export function ReceptionFigures() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const [[, from, to]] = spans() as [readonly [string, string, string]];
  const span = { from: search.from ?? from, to: search.to ?? to };
  const found = useQuery({
    queryKey: ['reception', 'figures', span],
    queryFn: ({ signal }) => ask<Figures>('GET /api/reception-days/figures', { query: span, signal }),
  });
  return (
    <main className="page wide">
      <header>
        <h1>{receptionTitle()}</h1>
      </header>
      <ReceptionTabs />
      <div className="filters">
        <Choices
          of={spans().map(([name]) => [name, name] as const)}
          chosen={spans().find(([, first, last]) => span.from === first && span.to === last)?.[0]}
          onChoose={(chosen) => {
            const [, from, to] = spans().find(([name]) => name === chosen)!;
            void navigate({ to: '/reception/figures', search: { from, to } as never });
          }}
        />
      </div>
      <Arrived of={found} lines={10}>
        {(data) => <Shown figures={data} span={span} />}
      </Arrived>
    </main>
  );
}

function Shown({ figures: { rows, total }, span }: { figures: Figures; span: { from: string; to: string } }) {
  const shown = rows.filter((r) => r.owed > 0 || r.planned > 0 || r.heldFor > 0 || r.batches > 0);
  if (shown.length === 0) return <Empty title={t('这段时间没有接访')}>{t('先在“接访表”里排好、公布。')}</Empty>;
  return (
    <>
      <p className="gist">
        {t('应接 {owed} 天，本人接了 {held} 天，别人代 {substituted} 天，没有人到场 {nobody} 天。', total)}
        {t('来了 {batches} 批 {people} 人；单位答复了 {answered} 件，群众认可 {confirmed} 件。', total)}
      </p>
      <p className="lead">
        {t(
          '左边是坐没坐，右边是办没办。按单位和姓名排，不排名次；来的人多少、满不满意，不影响谁的先后。点一个数，看是哪些。',
        )}
      </p>
      <Sheet>
        <thead>
          <tr>
            <th rowSpan={2}>{t('谁')}</th>
            <th colSpan={6}>{t('坐没坐（天）')}</th>
            <th className="after" colSpan={6}>
              {t('办没办')}
            </th>
          </tr>
          <tr>
            <th className="num">{t('应接')}</th>
            <th className="num">{t('排了')}</th>
            <th className="num">{t('本人接')}</th>
            <th className="num">{t('别人代')}</th>
            <th className="num">{t('没人到场')}</th>
            <th className="num">{t('替别人')}</th>
            <th className="num after">{t('批')}</th>
            <th className="num">{t('人')}</th>
            <th className="num">{t('新事')}</th>
            <th className="num">{t('答复了')}</th>
            <th className="num">{t('群众认可')}</th>
            <th className="num">{t('答应的兑现')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row key={row.official} row={row} span={span} />
          ))}
        </tbody>
      </Sheet>
    </>
  );
}

const Row = ({ row, span }: { row: Figure; span: { from: string; to: string } }) => {
  const open = (what: What, of?: number) => (
    <Count n={row[what]} of={of} search={{ ...span, what, official: row.official }} />
  );
  return (
    <tr>
      <td className="what">
        {row.name} <small>{[row.unit, row.title].filter((part) => part !== null && part !== '').join(' ')}</small>
      </td>
      <td className="num">{row.owed}</td>
      <td className="num">{row.planned}</td>
      <td className="num">{open('held', row.planned)}</td>
      <td className="num">{open('substituted', row.planned)}</td>
      <td className={`num${row.nobody > 0 ? ' late' : ''}`}>{open('nobody', row.planned)}</td>
      <td className="num">{row.heldFor}</td>
      <td className="num after">{open('batches')}</td>
      <td className="num">{row.people}</td>
      <td className="num">{open('taken', row.batches)}</td>
      <td className="num">{open('answered', row.batches)}</td>
      <td className={`num${row.confirmed > 0 ? ' yes' : ''}`}>{open('confirmed', row.batches)}</td>
      <td className="num">{open('kept', row.promises)}</td>
    </tr>
  );
};

/** A figure with what it is a share of; one that is not nought opens to its records. */
const Count = ({ n, of, search }: { n: number; of?: number | undefined; search: Search }) => {
  const text = of === undefined ? String(n) : of === 0 ? '—' : `${n}/${of}`;
  return n === 0 ? (
    text
  ) : (
    <Link className="figure" to="/reception/records" search={search as never}>
      {text}
    </Link>
  );
};

/** The records behind one figure. */
export function ReceptionRecords() {
  const search = useSearch({ strict: false }) as Search;
  const router = useRouter();
  const found = useQuery({
    queryKey: ['reception', 'records', search],
    queryFn: ({ signal }) =>
      ask<Found>('GET /api/reception-days/figures/records', { query: { what: 'held', ...search }, signal }),
  });
  return (
    <main className="page">
      <header>
        <h1>{whats[(search.what as What | undefined) ?? 'held']}</h1>
        <div className="tools">
          <button type="button" className="plain" onClick={() => router.history.back()}>
            {t('回到实效')}
          </button>
        </div>
      </header>
      <Arrived of={found}>
        {(data) =>
          data.rows.length === 0 ? (
            <Empty title={t('一条也没有')} />
          ) : (
            <Sheet>
              <tbody>
                {data.rows.map((r, i) => (
                  <tr key={i}>
                    <td className="nowrap">
                      <Link to="/reception/$id" params={{ id: r.id }} search={{}}>
                        {sayDate(r.day)}
                      </Link>
                    </td>
                    <td className="nowrap">{r.official === r.planned ? r.official : t('{official}代{planned}', r)}</td>
                    <td>{r.spot}</td>
                    <td className="nowrap">
                      {r.matter !== null && (
                        <Link to="/matters/$id" params={{ id: r.matter }} search={{}}>
                          {r.number === null ? null : sayNumber(r.number)}
                        </Link>
                      )}
                    </td>
                    <td>{r.promised}</td>
                  </tr>
                ))}
              </tbody>
            </Sheet>
          )
        }
      </Arrived>
    </main>
  );
}
