import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useDeferredValue, useEffect, useState } from 'react';
import { useKeys } from '../../app/ui/keys.ts';
import { type Column as ListColumn, List } from '../../app/ui/list.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { Picker } from '../../app/ui/pickers.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate, sayExactly } from '../../app/ui/time.ts';
import type { MatterItem } from '../present.ts';
import { Bulk } from './bulk.tsx';
import { PlaceFilter, usePlaceName, useUnitName } from './place-filter.tsx';
import { type Filter, useCategories, useMatters } from './queries.ts';
import { marksOf, shortPlace, waitsFor } from './row.tsx';
import { channels, dispositions, entriesOf, statuses } from './words.ts';
import { t } from './english.ts';

const whens = {
  late: t('超期'),
  today: t('今天到期'),
  open: t('没销号的'),
  closed: t('已销号的'),
  paused: t('暂停计时的'),
};
const sorts = { newest: t('新来的在前'), oldest: t('早来的在前') };

/** The columns that can be hidden; what it is about always stands. */
const columns = {
  number: t('编号'),
  channel: t('来源'),
  place: t('地方'),
  unit: t('承办'),
  registered: t('登记'),
  due: t('到期'),
  status: t('状态'),
};
type Column = keyof typeof columns;

/** What is asked seldom stands folded until it is asked for, or something of it is chosen. */
const SELDOM = ['disposition', 'category', 'shared', 'raised', 'back', 'mine', 'from', 'to'];

/** The ledger of matters. What it is filtered by stands in the address, so that it can be sent to somebody. */
export function MatterList() {
  const search = useSearch({ strict: false }) as Filter;
  const navigate = useNavigate();
  const [typed, setTyped] = useState(search['q'] ?? '');
  const [at, setAt] = useState(0);
  const [marks, setMarks] = useState<readonly string[]>([]);
  const mayMark = hasRole(useMe(), 'clerk', 'head');
  const [hidden, hide] = useHidden();
  const [folded, setFolded] = useState(() => !SELDOM.some((name) => search[name] !== undefined));
  const narrowed = Object.keys(search).filter((name) => name !== 'q').length;
  const tops = useCategories().filter(([, name]) => !name.includes('›'));
  const place = search['village'] ?? search['township'];
  const names = {
    unit: useUnitName(search['unit']),
    place: usePlaceName(place),
    category: tops.find(([id]) => id === search['category'])?.[1],
  };
  const filter = useDeferredValue(search);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useMatters(filter);
  const items = data?.pages.flatMap((page) => page.matters) ?? [];

  const marked = items.filter(({ id }) => marks.includes(id));
  const mark = (id: string) => setMarks(marks.includes(id) ? marks.filter((one) => one !== id) : [...marks, id]);

  const go = (to: Filter) => {
    setAt(0);
    void navigate({ to: '/matters', search: to, replace: true, resetScroll: false });
  };
  const set = (name: string, value: string) => {
    const { [name]: _, ...rest } = search;
    go(value === '' ? rest : { ...rest, [name]: value });
  };
  // The frame's search box changes the address from outside.
  const asked = search['q'] ?? '';
  useEffect(() => setTyped(asked), [asked]);
  const open = (item: MatterItem | undefined) =>
    item !== undefined && void navigate({ to: '/matters/$id', params: { id: item.id }, search: {} });
  useKeys({
    j: () => setAt(Math.min(items.length - 1, at + 1)),
    k: () => setAt(Math.max(0, at - 1)),
    Enter: () => open(items[at]),
    Escape: () => (document.activeElement as HTMLElement | null)?.blur(),
  });
  useEffect(() => document.querySelector('tr.on')?.scrollIntoView({ block: 'nearest' }), [at]);

  const choose = (name: string, all: string, names: Record<string, string>, label = all) => (
    <select
      className="plain"
      aria-label={label}
      value={search[name] ?? ''}
      onChange={(event) => set(name, event.target.value)}
    >
      <option value="">{all}</option>
      {entriesOf(names).map(([value, say]) => (
        <option key={value} value={value}>
          {say}
        </option>
      ))}
    </select>
  );
  const day = (name: string, label: string) => (
    <input
      className="plain"
      type="date"
      aria-label={label}
      title={label}
      value={search[name] ?? ''}
      onChange={(event) => set(name, event.target.value)}
    />
  );

  return (
    <main className="page wide">
      <header>
        <h1>{t('诉求台账')}</h1>
        <div className="tools">
          <Columns hidden={hidden} hide={hide} />
          <button type="button" className="plain" onClick={() => print()}>
            {t('打印')}
          </button>
          <a
            className="plain-link"
            href={`/api/matters/export.xlsx?${new URLSearchParams({ sort: 'due', ...search }).toString()}`}
            download
          >
            {t('导出表格')}
          </a>
        </div>
      </header>
      <p className="only-print">{sayFilter(search, names)}</p>
      <div className={`filters many${folded ? ' folded' : ''}`} role="search">
        <input
          data-filter
          className="plain"
          type="search"
          placeholder={t('搜内容或编号：水渠 qh0482')}
          aria-label={t('搜内容或编号')}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            set('q', event.target.value);
          }}
        />
        {choose('when', t('时限不限'), whens)}
        {choose('status', t('状态不限'), statuses)}
        {choose('channel', t('来源不限'), channels)}
        <div className="unit">
          <Picker
            id="unit"
            sort="units"
            value={search['unit']}
            named={names.unit}
            placeholder={t('哪个单位')}
            label={t('承办单位')}
            clearable
            onPick={(hit) => set('unit', hit?.id ?? '')}
          />
        </div>
        <div className="unit">
          <PlaceFilter
            value={place}
            onChoose={(chosen) => {
              const { township: _, village: __, ...rest } = search;
              go({ ...rest, ...chosen });
            }}
          />
        </div>
        {choose('sort', t('先到期的在前'), sorts, t('排序'))}
        <button type="button" className="plain fold" aria-expanded={!folded} onClick={() => setFolded(!folded)}>
          {narrowed > 0 ? t('筛选 {n} 项', { n: narrowed }) : t('更多筛选')}
        </button>
        <span className="seldom">
          {choose('disposition', t('处置不限'), dispositions)}
          {choose('category', t('类别不限'), Object.fromEntries(tops))}
          {choose('shared', t('协办不限'), { yes: t('有协办的'), open: t('协办没答复的') })}
          {choose('raised', t('上报不限'), { yes: t('报上去了的'), due: t('该去问的') })}
          {choose('back', t('回来不限'), { recheck: t('到日子回来的'), policy: t('政策变了的') })}
          {choose('mine', t('谁的都看'), { handler: t('我承办的'), leader: t('我负责的'), official: t('找我的') })}
          <span className="span">
            {t('登记')}
            {day('from', t('登记不早于'))}
            {t('到')}
            {day('to', t('登记不晚于'))}
          </span>
        </span>
        {Object.keys(search).length > 0 && (
          <button type="button" className="link" onClick={() => void navigate({ to: '/matters', search: {} })}>
            {t('清空筛选')}
          </button>
        )}
      </div>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={14} />}
      {data !== undefined && items.length === 0 && (
        <Empty title={t('没有符合的诉求')}>
          {t('放宽筛选，或换个词搜。按编号找要打全，例如“QH 2611 0482 3”，空格可以不打。')}
        </Empty>
      )}
      {marked.length > 0 && <Bulk marked={marked} onDone={() => setMarks([])} />}
      {items.length > 0 && (
        <>
          <List
            rows={items}
            columns={[
              mayMark && {
                name: '',
                is: 'mark',
                head: (
                  <input
                    type="checkbox"
                    aria-label={t('全选')}
                    checked={marked.length === items.length}
                    onChange={() => setMarks(marked.length === items.length ? [] : items.map(({ id }) => id))}
                  />
                ),
                cell: (item) => (
                  <input
                    type="checkbox"
                    aria-label={t('选 {number}', { number: item.number })}
                    checked={marks.includes(item.id)}
                    onChange={() => mark(item.id)}
                  />
                ),
              },
              !hidden.includes('number') && { name: columns.number, cell: ({ number }) => <small>{number}</small> },
              subject,
              ...entriesOf(columns).map(
                ([key, name]) =>
                  key !== 'number' && !hidden.includes(key) && { name, cell: cells[key], tone: tones[key] },
              ),
            ]}
            keyOf={({ id }) => id}
            on={(_, place) => place === at}
          />
          {hasNextPage && (
            <p className="more">
              <button
                type="button"
                className="plain"
                disabled={isFetchingNextPage}
                onClick={() => void fetchNextPage()}
              >
                {t('接着看下面的')}
              </button>
            </p>
          )}
        </>
      )}
    </main>
  );
}

const subject: ListColumn<MatterItem> = {
  name: t('什么事'),
  is: 'what',
  cell: (item) => (
    <>
      <Link className="subject" to="/matters/$id" params={{ id: item.id }} search={{}}>
        {item.subject}
      </Link>
      {marksOf(item) !== '' && <small> {marksOf(item)}</small>}
    </>
  ),
};

const cells: Readonly<Record<Exclude<Column, 'number'>, (item: MatterItem) => ReactNode>> = {
  channel: ({ channel }) => channel,
  place: ({ place }) => <span title={place}>{shortPlace(place)}</span>,
  unit: ({ unit, handler }) => [unit, handler].filter((part) => part !== undefined).join(' '),
  registered: ({ registered, registeredAt }) => <span title={sayExactly(registeredAt)}>{registered}</span>,
  due: ({ due, paused, remaining }) => (
    <span title={due === null ? undefined : sayExactly(due)}>
      {due === null ? (paused ? t('已暂停') : '') : sayDate(due)}{' '}
      <small className={remaining?.late === true ? 'late' : undefined}>{remaining?.text}</small>
    </span>
  ),
  status: (item) => (
    <>
      {item.statusName}
      {waitsFor(item) !== item.statusName && <small> {waitsFor(item)}</small>}
    </>
  ),
};
const tones: Readonly<Partial<Record<Column, NonNullable<ListColumn<MatterItem>['tone']>>>> = {
  due: ({ remaining }) => remaining?.late === true && 'late',
};

/** Which columns somebody does not want to see, kept on the device. */
function useHidden(): [readonly Column[], (column: Column) => void] {
  const [hidden, setHidden] = useState<readonly Column[]>(
    () => (localStorage.getItem('columns-off') ?? '').split(' ') as Column[],
  );
  return [
    hidden,
    (column) => {
      const next = hidden.includes(column) ? hidden.filter((c) => c !== column) : [...hidden, column];
      localStorage.setItem('columns-off', next.join(' '));
      setHidden(next);
    },
  ];
}

const Columns = ({ hidden, hide }: { hidden: readonly Column[]; hide: (column: Column) => void }) => (
  <details className="drop">
    <summary>{t('列')}</summary>
    <div>
      {entriesOf(columns).map(([key, name]) => (
        <label key={key}>
          <input type="checkbox" checked={!hidden.includes(key)} onChange={() => hide(key)} /> {name}
        </label>
      ))}
    </div>
  </details>
);

/** The filter in words, for the head of a printed list. */
function sayFilter(search: Filter, named: Readonly<Record<'unit' | 'place' | 'category', string | undefined>>): string {
  const names: Record<string, Record<string, string>> = {
    when: whens,
    status: statuses,
    channel: channels,
    disposition: dispositions,
  };
  const words: Record<string, (value: string) => string | undefined> = {
    q: (value) => t('含“{value}”', { value }),
    from: (value) => t('{value} 起登记', { value }),
    to: (value) => t('{value} 以前登记', { value }),
    unit: () => named.unit,
    village: () => named.place,
    township: () => named.place,
    category: () => named.category,
  };
  const parts = Object.entries(search).flatMap(([name, value]) => names[name]?.[value] ?? words[name]?.(value) ?? []);
  return parts.length === 0 ? t('全部未销号的诉求') : parts.join(t('，'));
}
