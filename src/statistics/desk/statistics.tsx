import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { Picker } from '../../app/ui/pickers.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { Tabs } from '../../app/ui/tabs.tsx';
import { channelName } from '../../matters/english.ts';
import { Channel } from '../../matters/model.ts';
import type { Compared, Figure, Group, Statistics as Answer } from '../figures.ts';
import {
  type Column,
  byName,
  columnsOf,
  namesOf,
  percent,
  sayChange,
  sayData,
  sayDays,
  sayTarget,
  sayTold,
} from '../words.ts';
import { t } from './english.ts';
import { stepped } from './step.ts';

type Search = Readonly<Record<string, string>>;

const kinds = { month: t('按月'), quarter: t('按季度'), half: t('按半年'), year: t('按年'), free: t('自己定日子') };

/** What narrows the figures goes along to their records; how the table stands does not. */
const narrowing = (search: Search): Search =>
  Object.fromEntries(Object.entries(search).filter(([name]) => !['by', 'sort', 'down'].includes(name)));

/** A figure that opens to its records. */
const Behind = ({
  to,
  children,
  className = 'figure',
}: {
  to: Search | null;
  children: ReactNode;
  className?: string;
}) =>
  to === null ? (
    <span>{children}</span>
  ) : (
    <Link className={className} to="/statistics/lines" search={to} title={t('看是哪些')}>
      {children}
    </Link>
  );

/** How casework went in any period, place, unit, channel and category; every figure says what it is of and opens. */
export function Statistics() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const { sort: _, down: __, ...query } = search;
  const { data, error, refetch } = useQuery({
    queryKey: ['statistics-period', query],
    queryFn: ({ signal }) => ask<Answer>('GET /api/statistics/period', { query, signal }),
    placeholderData: keepPreviousData,
  });
  const set = (more: Readonly<Record<string, string | undefined>>) => {
    const next = Object.fromEntries(
      Object.entries({ ...search, ...more }).filter((entry): entry is [string, string] => (entry[1] ?? '') !== ''),
    );
    void navigate({ to: '/statistics/detail', search: next, replace: true, resetScroll: false });
  };
  const address = new URLSearchParams(query).toString();
  return (
    <main className="page">
      <header>
        <h1>{t('统计')}</h1>
        <div className="tools">
          <a className="plain-link" href={`/print/statistics?${address}`} target="_blank" rel="noreferrer">
            {t('打印')}
          </a>
          <a className="plain-link" href={`/api/statistics/period.xlsx?${address}`} download>
            {t('导出表格')}
          </a>
        </div>
      </header>
      <Tabs
        label={t('统计')}
        tabs={[
          ['/statistics', t('一页纸')],
          ['/statistics/detail', t('明细'), 'below'],
        ]}
      />
      <Filters search={search} answer={data} set={set} />
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={14} />}
      {data !== undefined && <Told answer={data} search={search} set={set} />}
    </main>
  );
}

type Set = (more: Readonly<Record<string, string | undefined>>) => void;

function Filters({ search, answer, set }: { search: Search; answer: Answer | undefined; set: Set }) {
  const kind = (search['period'] ?? 'month') as keyof typeof kinds;
  const from = answer?.period.from;
  const to = answer?.period.to;
  const step = (by: 1 | -1) => from !== undefined && set({ day: stepped(kind, from, by) });
  return (
    <div className="filters" role="search">
      <select
        className="plain"
        aria-label={t('多长的一段')}
        value={kind}
        onChange={(event) =>
          set(
            event.target.value === 'free'
              ? { period: 'free', day: undefined, from, to }
              : { period: event.target.value, from: undefined, to: undefined },
          )
        }
      >
        {Object.entries(kinds).map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
      {kind === 'free' ? (
        <span className="span">
          <input
            className="plain"
            type="date"
            aria-label={t('从哪天')}
            value={search['from'] ?? from ?? ''}
            onChange={(event) => set({ from: event.target.value })}
          />
          {t('到')}
          <input
            className="plain"
            type="date"
            aria-label={t('到哪天')}
            value={search['to'] ?? to ?? ''}
            onChange={(event) => set({ to: event.target.value })}
          />
        </span>
      ) : (
        <span className="stepper">
          <button type="button" className="plain" aria-label={t('往前一段')} onClick={() => step(-1)}>
            ‹
          </button>
          <b>{answer?.period.name ?? ''}</b>
          <button
            type="button"
            className="plain"
            aria-label={t('往后一段')}
            disabled={answer?.period.running === true}
            onClick={() => step(1)}
          >
            ›
          </button>
        </span>
      )}
      <div className="unit">
        <Picker
          id="area"
          sort="areas"
          value={search['area']}
          named={useNamed('areas', search['area'])}
          placeholder={t('哪个地方')}
          label={t('地方')}
          clearable
          onPick={(hit) => set({ area: hit?.id })}
        />
      </div>
      <div className="unit">
        <Picker
          id="unit"
          sort="units"
          value={search['unit']}
          named={useNamed('units', search['unit'])}
          placeholder={t('哪个单位')}
          label={t('承办单位')}
          clearable
          onPick={(hit) => set({ unit: hit?.id })}
        />
      </div>
      <select
        className="plain"
        aria-label={t('来源')}
        value={search['channel'] ?? ''}
        onChange={(event) => set({ channel: event.target.value })}
      >
        <option value="">{t('来源不限')}</option>
        {Channel.options.map((channel) => (
          <option key={channel} value={channel}>
            {channelName(channel)}
          </option>
        ))}
      </select>
      <select
        className="plain"
        aria-label={t('类别')}
        value={search['category'] ?? ''}
        onChange={(event) => set({ category: event.target.value })}
      >
        <option value="">{t('类别不限')}</option>
        {(answer?.categories ?? []).map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The name of a place or unit that stands in the address. */
const useNamed = (sort: 'areas' | 'units', id: string | undefined): string | undefined => {
  const { data } = useQuery({
    queryKey: [sort, id],
    queryFn: () => ask<{ name: string; shortName?: string }>(`GET /api/${sort}/:id`, { params: { id: id! } }),
    enabled: id !== undefined,
    staleTime: 300_000,
  });
  return data?.shortName ?? data?.name;
};

function Told({ answer, search, set }: { answer: Answer; search: Search; set: Set }) {
  const base = narrowing(search);
  const { compared, sections, since } = answer;
  const all = sections.flatMap(({ figures }) => figures);
  const batches = all.find(({ id }) => id === 'batches')!;
  const persons = all.find(({ id }) => id === 'persons')!;
  return (
    <>
      <p className="gist">
        {t('登记 {batches} 批、{persons} 人次，', { batches: batches.value, persons: persons.value })}
        {batches.year === null
          ? t('上年同期没有数据；')
          : compared.year.data === 'part'
            ? t('上年同期的数据不全；')
            : t('上年同期 {value} 批（{change}）；', {
                value: batches.year.value,
                change: sayChange(batches, batches.year),
              })}
        {t('期末还有 {n} 件没有销号。', { n: answer.flow.closing })}
      </p>
      <Flow answer={answer} base={base} />
      <p className="lead">
        {t('点指标的名字看怎么算的，点数看是哪些。')} {sayData('year', compared.year, since)}{' '}
        {sayData('before', compared.before, since)}
      </p>
      <div className="scroll">
        <table className="sheet told">
          <thead>
            <tr>
              <th>{t('指标')}</th>
              <th className="num">{t('本期')}</th>
              <th className="num">{t('上年同期')}</th>
              <th>{t('同比')}</th>
              {compared.before !== null && (
                <>
                  <th className="num">{t('上一期')}</th>
                  <th>{t('环比')}</th>
                </>
              )}
            </tr>
          </thead>
          {sections.map(({ id, name, figures }) => (
            <tbody key={id}>
              <tr className="heads">
                <th colSpan={6} scope="rowgroup">
                  {name}
                </th>
              </tr>
              {figures.map((figure) => (
                <Row key={figure.id} figure={figure} base={base} before={compared.before !== null} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
      <h2>{t('用了多久')}</h2>
      <Durations answer={answer} base={base} />
      <h2>{t('分开看')}</h2>
      <Groups answer={answer} search={search} set={set} />
    </>
  );
}

const SIGNS = {
  opening: '',
  registered: '+',
  reopened: '+',
  unmerged: '+',
  closed: '−',
  merged: '−',
  closing: '=',
} as const;
const parts = {
  opening: t('期初存量'),
  registered: t('新登记'),
  reopened: t('重开'),
  unmerged: t('拆出'),
  closed: t('销号'),
  merged: t('并走'),
  closing: t('期末存量'),
};

/** Stock and flow, as the sum they are. */
const Flow = ({ answer: { flow }, base }: { answer: Answer; base: Search }) => (
  <>
    <ol className="flow" aria-label={t('存量和流量')}>
      {(Object.keys(SIGNS) as (keyof typeof SIGNS)[]).map((part) => (
        <li key={part} className={part === 'closing' || part === 'opening' ? 'end' : undefined}>
          <i aria-hidden="true">{SIGNS[part]}</i>
          <span>
            <Behind to={{ ...base, figure: `flow-${part}` }}>{flow[part]}</Behind>
            <small>{parts[part]}</small>
          </span>
        </li>
      ))}
    </ol>
    <How name={t('存量和流量怎么算的')} says={flow.says} />
  </>
);

/** A count, or a share with what it counts and what of: each side opens. */
function Value({ figure, base }: { figure: Figure; base: Search }) {
  const { id, value, of, share, ofName, opens } = figure;
  const to = (side: 'value' | 'of'): Search | null => (opens[side] ? { ...base, figure: id, side } : null);
  if (of === undefined)
    return (
      <>
        <b>
          <Behind to={to('value')}>{value}</Behind>
        </b>
        <small className="of" />
      </>
    );
  return (
    <>
      {value === null ? t('不公布') : <b>{percent(share)}</b>}
      <small className="of">
        {value !== null && (
          <>
            <Behind to={to('value')}>{value}</Behind> /{' '}
          </>
        )}
        <Behind to={to('of')}>{of}</Behind> {ofName}
      </small>
    </>
  );
}

/** Nothing where the earlier days are only partly known: the line above says so. */
const said = (figure: Figure, compared: Compared): string =>
  compared !== null && compared.change === null && (compared.value !== 0 || figure.of !== undefined)
    ? ''
    : sayChange(figure, compared);

const Then = ({ compared }: { compared: Compared }) => (compared === null ? '' : sayTold(compared));

const Row = ({ figure, base, before }: { figure: Figure; base: Search; before: boolean }) => (
  <tr>
    <td className="name">
      <How name={figure.name} says={figure.says} />
      {figure.target !== undefined && figure.target.reached !== null && <small> {sayTarget(figure)}</small>}
    </td>
    <td className="num">
      <Value figure={figure} base={base} />
    </td>
    <td className="num then" data-name={t('上年同期')}>
      <Then compared={figure.year} />
    </td>
    <td className="change" data-name={t('同比')}>
      {said(figure, figure.year)}
    </td>
    {before && (
      <>
        <td className="num then" data-name={t('上一期')}>
          <Then compared={figure.before} />
        </td>
        <td className="change" data-name={t('环比')}>
          {said(figure, figure.before)}
        </td>
      </>
    )}
  </tr>
);

/** A measure's name, and how it is worked out when it is clicked. */
const How = ({ name, says }: { name: string; says: string }) => (
  <details className="how">
    <summary title={t('怎么算的')}>{name}</summary>
    <p>{says}</p>
  </details>
);

const Durations = ({ answer: { durations }, base }: { answer: Answer; base: Search }) => (
  <div className="scroll">
    <table className="sheet durations">
      <thead>
        <tr>
          <th />
          <th className="num">{t('件数')}</th>
          <th className="num">{t('中位数')}</th>
          <th className="num">{t('十件里九件不超过')}</th>
        </tr>
      </thead>
      <tbody>
        {durations.map((d) => (
          <tr key={d.id}>
            <td>
              <How name={d.name} says={d.says} />
            </td>
            <td className="num">
              <Behind to={{ ...base, figure: `days-${d.id}` }}>{d.n}</Behind>
            </td>
            {(
              [
                [d.median, d.medianWorking],
                [d.ninetieth, d.ninetiethWorking],
              ] as const
            ).map(([days, working], i) => (
              <td className="num" key={i}>
                {days === null ? (
                  '—'
                ) : (
                  <>
                    <b>{t('{n} 天', { n: sayDays(days) })}</b>
                    <small className="of">{t('{n} 个工作日', { n: working })}</small>
                  </>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** Sorted by what the reader chose; those without a value stand last. */
function sorted(groups: readonly Group[], column: Column | undefined, down: boolean): readonly Group[] {
  if (column === undefined) return down ? groups.toReversed() : groups;
  return groups.toSorted((a, b) => {
    const [x, y] = [column.value(a), column.value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return down ? y - x : x - y;
  });
}

/** How many groups stand at first: a county has hundreds of villages. */
const FEW = 30;

function Groups({ answer, search, set }: { answer: Answer; search: Search; set: Set }) {
  const { by } = answer;
  const base = narrowing(search);
  const columns = columnsOf(by);
  const chosen = columns.find(({ id }) => id === search['sort']);
  const down = search['down'] === 'yes';
  const [whole, setWhole] = useState(false);
  const groups = sorted(answer.groups, chosen, down);
  const head = (id: string | undefined, name: string) => {
    const on = chosen?.id === id;
    const [main, of] = namesOf(name);
    return (
      <th
        key={id ?? 'name'}
        className={id === undefined ? undefined : 'num'}
        aria-sort={on ? (down ? 'descending' : 'ascending') : undefined}
      >
        <button
          type="button"
          className="link"
          onClick={() =>
            set({ sort: id, down: on ? (down ? undefined : 'yes') : id === undefined ? undefined : 'yes' })
          }
        >
          {main}
          {on ? (down ? ' ↓' : ' ↑') : ''}
          {of !== undefined && <small>{of}</small>}
        </button>
      </th>
    );
  };
  return (
    <>
      <div className="filters">
        <select
          className="plain"
          aria-label={t('怎么分')}
          value={by}
          onChange={(event) => set({ by: event.target.value, sort: undefined, down: undefined })}
        >
          {Object.entries(byName).map(([key, name]) => (
            <option key={key} value={key}>
              {t('按{what}', { what: name() })}
            </option>
          ))}
        </select>
        <small>{t('点列名排序。只是换个看法，不比谁先谁后。')}</small>
      </div>
      {groups.length === 0 ? (
        <Empty title={t('这段日子没有登记，也没有存量')}>{t('换个日子或放宽条件看看。')}</Empty>
      ) : (
        <div className="scroll">
          <table className="sheet by">
            <thead>
              <tr>
                {head(undefined, byName[by]!())}
                {columns.map(({ id, name }) => head(id, name))}
              </tr>
            </thead>
            <tbody>
              {(whole ? groups : groups.slice(0, FEW)).map((group) => (
                <tr key={group.key}>
                  <td className="nowrap">{group.name}</td>
                  {columns.map((column) => (
                    <td key={column.id} className="num">
                      <Cell column={column} group={group} to={{ ...base, by, key: group.key }} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {!whole && groups.length > FEW && (
        <p className="more">
          <button type="button" className="plain" onClick={() => setWhole(true)}>
            {t('全部 {n} 行', { n: groups.length })}
          </button>
        </p>
      )}
    </>
  );
}

function Cell({ column, group, to }: { column: Column; group: Group; to: Search }) {
  const { figure } = column;
  const told = figure === undefined ? undefined : group.figures[figure];
  if (figure === undefined) return column.say(group);
  if (told?.of === undefined) return <Behind to={{ ...to, figure }}>{column.say(group)}</Behind>;
  return (
    <>
      {told.value === null ? t('不公布') : percent(told.share)}
      <small className="of">
        {told.value !== null && (
          <>
            <Behind to={figure === 'pleased' ? null : { ...to, figure }}>{told.value}</Behind> /{' '}
          </>
        )}
        <Behind to={{ ...to, figure, side: 'of' }}>{told.of}</Behind>
      </small>
    </>
  );
}
