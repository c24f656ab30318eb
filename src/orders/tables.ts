import { atWork, placedAt } from '../access/directory.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import type { Scope } from '../access/model.ts';
import { dayOf } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import { isRefusal } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { Policies, Query, RecordType } from '../ledger/record.ts';
import { NO_NUMBER } from '../register/model.ts';
import { registerRows, registerTable, takeNumber } from '../register/numbers.ts';
import {
  BulletinCommand,
  type BulletinEvent,
  type BulletinFacts,
  type BulletinItem,
  type BulletinState,
  type Order,
  OrderCommand,
  type OrderCommand as Command,
  type OrderEvent,
  type OrderFacts,
  type OrderState,
  type OrdersPolicy,
  type SourceFigures,
  orderStatusNames,
  paperOfForm,
} from './model.ts';
import { owedRows, owedTable } from '../owed/model.ts';
import { bulletins, orders, ordersOwed } from './rules.ts';

/** Where an order lies and whose it is, as columns of the row called `o`. */
export const orderScope = {
  areas: ['o.county_area', 'o.township', 'o.village', 'o.grid'],
  units: ['o.unit'],
  officials: ['o.giver', 'o.issued_by', 'o.person'],
  apart: 'o.matter',
};

export const reachOf = (state: Order) => ({
  areas: state.chain,
  units: [state.unit],
  officials: [state.giver, state.issuedBy, state.person].filter((o) => o !== undefined),
  matter: state.matter,
});

export const orderRecord: RecordType<OrderState, Command, OrderEvent, OrderFacts> = {
  name: 'order',
  decider: orders,
  commands: OrderCommand,
  tables: [
    { name: 'given_order', key: ['county', 'id'] },
    { name: 'order_check', key: ['county', 'given', 'month'] },
    registerTable,
    owedTable,
  ],
  async facts(situation) {
    const { county, state, command, actor, units, at, query, policies } = situation;
    const base: OrderFacts = {
      taken: NO_NUMBER,
      actor,
      at,
      units,
      unitKnown: false,
      matterKnown: false,
      personOfUnit: false,
      giverAtWork: false,
    };
    if (command.kind === 'order.issue') {
      const { unit, person, giver, matter } = command;
      const source = policies.get<OrdersPolicy>('orders').sources.find(({ id }) => id === command.source);
      const [found] = await query<{
        chain: string[] | null;
        matter_number: string | null;
        matter_chain: string[] | null;
        desk: string;
      }>(
        'order.issue',
        `select (select a.chain from unit u join area a on a.county = u.county and a.id = u.area
                  where u.county = $1 and u.id = $2 and not u.closed) as chain,
                m.number as matter_number, m.chain as matter_chain,
                (select c.desk from county c where c.county = $1) as desk
           from (select 1) one left join lateral
                (select m.number, a.chain from matter m join area a on a.county = m.county and a.id = m.area
                  where m.county = $1 and m.id = $3) m on true`,
        [county, unit, matter ?? null],
      );
      const chain = found?.matter_chain ?? found?.chain;
      const unitKnown = found?.chain != null;
      // Whoever holds no post in a unit of the county gives it in the name of its desk.
      const issuer = units[0] ?? found?.desk;
      const facts: OrderFacts = {
        ...base,
        ...(issuer === undefined ? {} : { issuer }),
        unitKnown,
        ...(source === undefined ? {} : { source }),
        ...(chain == null ? {} : { chain }),
        matterKnown: matter === undefined || found?.matter_number != null,
        ...(found?.matter_number == null ? {} : { matterNumber: found.matter_number }),
        personOfUnit: person !== undefined && (await isOfUnit(query, county, unit, person, at)),
        giverAtWork: giver !== undefined && (await atWork(query, county, [giver])).has(giver),
      };
      // A number is taken only for what will stand.
      if (state.status !== 'none' || issuer === undefined || isRefusal(orders.decide(state, command, facts)))
        return facts;
      return { ...facts, taken: await takeNumber(situation, paperOfForm(command.form), issuer, dayOf(at)) };
    }
    if (state.status === 'none') return base;
    return {
      ...base,
      personOfUnit: command.kind === 'order.take-up' && (await isOfUnit(query, county, state.unit, command.person, at)),
      giverAtWork: state.giver !== undefined && (await atWork(query, county, [state.giver])).has(state.giver),
    };
  },
  reach: (state, _command, facts) => (state.status === 'none' ? { areas: facts?.chain ?? [] } : reachOf(state)),
  rows(county, id, state, policies) {
    if (state.status === 'none') return {};
    return {
      served_paper: registerRows(
        county,
        id,
        state.papers,
        {
          record: 'order',
          matter: state.matter,
          chain: state.chain,
          units: [state.unit],
          officials: [state.giver, state.person].filter((o) => o !== undefined),
        },
        policies.get<Calendar>('calendar'),
      ),
      given_order: [
        {
          county,
          id,
          number: state.number,
          form: state.form,
          source: state.source,
          source_name: state.sourceName,
          giver_name: state.from,
          giver: state.giver ?? null,
          issued_by: state.issuedBy,
          issued_at: state.issuedAt,
          unit: state.unit,
          person: state.person ?? null,
          ...placedAt(state.chain),
          matter: state.matter ?? null,
          reference: state.reference ?? null,
          what: state.text ?? null,
          due: state.due,
          status: state.status,
          reported_at: state.reportedAt ?? null,
          done_at: state.doneAt ?? null,
          on_time: state.onTime ?? null,
          reminders: state.reminders,
          sent_back: state.sentBack,
        },
      ],
      owed: owedRows(county, 'order', id, ordersOwed(state)),
      order_check: state.checks.map((check) => ({ county, given: id, ...check })),
    };
  },
  told: (state) => (state.status === 'none' ? {} : { number: state.number }),
};

async function isOfUnit(query: Query, county: number, unit: string, official: string, at: string): Promise<boolean> {
  const rows = await query(
    'order.of-unit',
    `select from post p join unit u on u.county = p.county and u.id = p.unit
      where p.county = $1 and (u.id = $2 or u.parent = $2) and p.official = $3
        and p.since <= $4::date and (p.until is null or p.until > $4::date) limit 1`,
    [county, unit, official, dayOf(at)],
  );
  return rows.length > 0;
}

export const bulletinStream = (county: number, month: string): string => idOf('bulletin', String(county), month);

export const bulletinRecord: RecordType<BulletinState, BulletinCommand, BulletinEvent, BulletinFacts> = {
  name: 'bulletin',
  decider: bulletins,
  commands: BulletinCommand,
  tables: [{ name: 'bulletin', key: ['county', 'id'] }],
  async facts({ county, stream, command, at, query, policies }) {
    const { month } = command;
    const own = stream === bulletinStream(county, month);
    if (!own) return { at, own, items: [], sources: [] };
    const [items, sources] = await Promise.all([
      // Every unit reads a bulletin: what complains of an official by name is checked, and not published.
      itemsOf(query, policies, county, month, at, 'no-complaints'),
      figuresOf(query, county, { from: `${month.slice(0, 4)}-01-01`, to: lastDayOf(month), today: dayOf(at) }),
    ]);
    return { at, own, items, sources };
  },
  reach: () => ({}),
  rows: (county, id, state) =>
    state.status === 'none'
      ? {}
      : { bulletin: [{ county, id, month: state.month, published_at: state.at, published_by: state.by }] },
};

export const lastDayOf = (month: string): string => {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year!, number!, 0)).toISOString().slice(0, 10);
};

interface ItemRow {
  readonly order: string | null;
  readonly matter: string | null;
  readonly number: string;
  readonly what: string | null;
  readonly source: string;
  readonly unit: string | null;
  readonly due: string | null;
  readonly status: keyof typeof orderStatusNames | null;
  readonly state: string;
  readonly complains: boolean;
  readonly late: boolean;
  readonly finding: BulletinItem['finding'];
  readonly words: string | null;
}

/**
 * What a month's check looks at: every order that was in hand in the month, and every major matter in hand now: one
 * under an order, handed up, raised again often or long overdue (policy `orders`). A matter is named by its number and
 * kind only; no word of a resident stands here. `without`: matters that complain of whoever asks, or all that complain of
 * somebody.
 */
export async function itemsOf(
  query: Query,
  policies: Policies,
  county: number,
  month: string,
  at: string,
  without: readonly string[] | 'no-complaints',
): Promise<BulletinItem[]> {
  const { major } = policies.get<OrdersPolicy>('orders');
  const { categories } = policies.get<{ categories: readonly { id: string; name: string }[] }>('categories');
  const [ordersIn, matters] = await Promise.all([
    query<ItemRow & { category: string | null }>(
      'order.items',
      `select o.id as order, o.matter, o.number, o.what, m.category, o.source_name as source, u.short_name as unit, o.due, o.status,
              o.status as state, m.about is not null as complains,
              case when o.reported_at is null then o.due < $4::date
                   else (o.reported_at at time zone 'Asia/Shanghai')::date > o.due end as late,
              c.finding, c.words
         from given_order o left join unit u on u.county = o.county and u.id = o.unit
              left join matter m on m.county = o.county and m.id = o.matter
              left join order_check c on c.county = o.county and c.given = o.id and c.month = $5
        where o.county = $1 and (o.issued_at at time zone 'Asia/Shanghai')::date <= $3::date and o.status <> 'withdrawn'
          and (o.done_at is null or (o.done_at at time zone 'Asia/Shanghai')::date >= $2::date)
        order by late desc, o.due, o.number`,
      [county, `${month}-01`, lastDayOf(month), dayOf(at), month],
    ),
    query<ItemRow & { category: string | null }>(
      'order.major',
      `select null as order, m.id as matter, m.number, null as what, m.category,
              case when m.raised_to is not null then 'raised'
                   when m.reopenings >= $2 then 'reopened' else 'late' end as source,
              u.short_name as unit, (m.due at time zone 'Asia/Shanghai')::date as due, null as status, m.status as state, m.about is not null as complains,
              coalesce(m.due < $4::timestamptz, false) as late, null as finding, m.delay as words
         from matter m left join unit u on u.county = m.county and u.id = m.unit
        where m.county = $1 and m.open and m.status <> 'resolved'
          and (m.raised_to is not null or m.reopenings >= $2 or m.due < $4::timestamptz - make_interval(days => $3))
          and not exists (select from given_order o where o.county = $1 and o.matter = m.id and o.status in ('open', 'reported'))
        order by m.due nulls last, m.number limit 500`,
      [county, major.reopenings, major.lateDays, at],
    ),
  ]);
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  const why: Record<string, string> = {
    raised: '往上报的事',
    reopened: '反复重办的事',
    late: '超期很久的事',
  };
  const told = (row: ItemRow): boolean =>
    without === 'no-complaints' ? !row.complains : row.matter === null || !without.includes(row.matter);
  return [
    ...ordersIn.filter(told).map((row) => ({
      order: row.order,
      matter: row.matter,
      number: row.number,
      // What was written on somebody's matter may speak of them: the bulletin names only what kind of matter it is.
      what:
        row.matter === null
          ? withoutNumbers(row.what ?? '（内容已按规定删除）')
          : (names.get(row.category ?? '') ?? '还没有分类的事'),
      source: row.source,
      unit: row.unit ?? '（单位已撤销）',
      due: row.due,
      status: orderStatusNames[row.status!],
      late: row.late,
      over: row.status === 'done',
      finding: row.finding,
      words: row.words ?? '',
    })),
    ...matters.filter(told).map((row) => ({
      order: null,
      matter: row.matter,
      number: row.number,
      what: names.get(row.category ?? '') ?? '还没有分类的事',
      source: why[row.source] ?? row.source,
      unit: row.unit ?? '（单位已撤销）',
      due: row.due,
      status: MATTER_STATES[row.state] ?? row.state,
      late: row.late,
      over: false,
      finding: null,
      // The reason a unit gave for being late may name somebody: it is read on the matter itself.
      words: row.words === null ? '' : '已说明超期原因',
    })),
  ];
}
/** Anything as long as a telephone or identity number is covered. */
const withoutNumbers = (text: string): string => text.replace(/\d(?:[\s-]?\d){6,}[\dXx]?/g, '某号');
const MATTER_STATES: Readonly<Record<string, string>> = {
  registered: '待派单',
  dispatched: '待签收',
  handling: '办理中',
  deferred: '待条件',
};

/** Completion by source of what was given in a period: each share has its denominator. */
export async function figuresOf(
  query: Query,
  county: number,
  period: { readonly from: string; readonly to: string; readonly today: string },
  scope: Scope = { all: true, areas: [], units: [], officials: [] },
): Promise<SourceFigures[]> {
  return await query<SourceFigures & { readonly source: string }>(
    'order.figures',
    `select source, max(source_name) as name, count(*)::int as given,
            count(*) filter (where status = 'withdrawn')::int as withdrawn,
            count(*) filter (where status = 'done')::int as done,
            count(*) filter (where status = 'done' and on_time)::int as "onTime",
            count(*) filter (where status in ('open', 'reported'))::int as open,
            count(*) filter (where status = 'open' and due < $4::date)::int as late
       from given_order o
      where county = $1 and (issued_at at time zone 'Asia/Shanghai')::date between $2::date and $3::date
        and ${withinSql(5, orderScope)}
      group by source order by min(issued_at), source`,
    [county, period.from, period.to, period.today, ...scopeValues(scope)],
  );
}
