import { z } from 'zod';
import { may, scopeOf } from '../access/access.ts';
import { namesOf } from '../access/directory.ts';
import { actorName, unitsOf } from '../access/model.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { sayDate } from '../calendar/explain.ts';
import { commandRoutes } from '../contract/commands.ts';
import { Id } from '../contract/member.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { type Recorded, refuse } from '../ledger/decider.ts';
import {
  BulletinCommand,
  type BulletinState,
  Month,
  OrderCommand,
  type OrderEvent,
  type OrderState,
  type OrdersPolicy,
  OrderForm,
  findingNames,
  formNames,
  orderStatusNames,
} from './model.ts';
import { bulletinPage } from './print.ts';
import { possible } from './rules.ts';
import { bulletinStream, figuresOf, itemsOf, orderScope, reachOf } from './tables.ts';

const MOST = 500;

interface Row {
  readonly id: string;
  readonly number: string;
  readonly form: OrderForm;
  readonly source: string;
  readonly source_name: string;
  readonly giver_name: string;
  readonly giver: string | null;
  readonly unit: string;
  readonly person: string | null;
  readonly matter: string | null;
  readonly what: string | null;
  readonly due: string;
  readonly status: keyof typeof orderStatusNames;
  readonly issued_at: string;
  readonly on_time: boolean | null;
  readonly reminders: number;
  readonly sent_back: number;
}

/** Whether it is late, due soon enough to be reminded of, or neither: worked out when somebody looks. */
const urgency = (row: Pick<Row, 'due' | 'status'>, today: string, policy: OrdersPolicy): 'late' | 'soon' | null => {
  if (row.status !== 'open') return null;
  if (row.due < today) return 'late';
  return row.due <= addDays(today, Math.max(0, ...policy.remindDays)) ? 'soon' : null;
};

async function listed(desk: Desk, rows: readonly Row[]) {
  const names = await namesOf(
    desk.query,
    desk.county,
    rows.flatMap((row) => [row.unit, row.person]),
  );
  const today = dayOf(desk.now);
  const policy = desk.policies.get<OrdersPolicy>('orders');
  const me = actorName(desk.actor);
  const mine = unitsOf(desk.actor);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    form: row.form,
    formName: formNames[row.form],
    source: row.source,
    sourceName: row.source_name,
    from: row.giver_name,
    unit: row.unit,
    unitName: names(row.unit),
    personName: names(row.person),
    matter: row.matter,
    what: row.what,
    due: row.due,
    status: row.status,
    statusName: orderStatusNames[row.status],
    issuedOn: dayOf(row.issued_at),
    onTime: row.on_time,
    reminders: row.reminders,
    sentBack: row.sent_back,
    urgency: urgency(row, today, policy),
    /** Whose turn it is, seen from the reader. */
    turn:
      row.status === 'reported' && row.giver === me
        ? ('judge' as const)
        : row.status === 'open' && (mine.includes(row.unit) || row.person === me)
          ? ('work' as const)
          : null,
  }));
}

const Filter = z.object({
  status: z.enum(['open', 'over']).optional(),
  form: OrderForm.optional(),
  source: z.string().max(40).optional(),
  unit: z.uuid().optional(),
  matter: z.uuid().optional(),
  late: z.enum(['yes']).optional(),
});
const Period = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() });

export const orderRoutes = {
  'GET /api/orders': route({
    action: 'order.read',
    summary:
      'Instructions and supervision orders I may read: what waits for me, what is late, by source, unit or matter',
    query: Filter,
    async handle(desk, { query }) {
      const rows = await desk.query<Row>(
        'orders.list',
        `select o.* from given_order o
          where o.county = $1 and ${withinSql(2, orderScope)}
            and ($6::text is null or o.form = $6) and ($7::text is null or o.source = $7)
            and ($8::uuid is null or o.unit = $8) and ($9::uuid is null or o.matter = $9)
            and ($10::text is null or (o.status in ('open', 'reported')) = ($10 = 'open'))
            and ($11::date is null or (o.status = 'open' and o.due < $11))
          order by o.status in ('done', 'withdrawn'), o.due, o.number limit ${MOST}`,
        [
          desk.county,
          ...scopeValues(scopeOf(desk.actor, 'order.read')),
          query.form ?? null,
          query.source ?? null,
          query.unit ?? null,
          query.matter ?? null,
          query.status ?? null,
          query.late === undefined ? null : dayOf(desk.now),
        ],
      );
      return {
        today: dayOf(desk.now),
        sources: desk.policies.get<OrdersPolicy>('orders').sources,
        rows: await listed(desk, rows),
      };
    },
  }),

  'GET /api/orders/figures': route({
    action: 'order.count',
    summary: 'Completion by source, on time and late with their denominators; and how many letters the leaders read',
    query: Period,
    async handle(desk, { query }) {
      const today = dayOf(desk.now);
      const period = { from: query.from ?? `${today.slice(0, 4)}-01-01`, to: query.to ?? today, today };
      const [sources, letters] = await Promise.all([
        figuresOf(desk.query, desk.county, period, scopeOf(desk.actor, 'order.count')),
        desk.query<{ channel: string; letters: number; read: number }>(
          'orders.letters',
          `select channel, count(*)::int as letters, count(read_at)::int as read from matter
            where county = $1 and channel in ('mailbox', 'letter')
              and registered_at >= ($2::date::timestamp at time zone 'Asia/Shanghai')
              and registered_at < (($3::date + 1)::timestamp at time zone 'Asia/Shanghai')
              and ${withinSql(4, { areas: ['township', 'village', 'grid'], units: ['unit'], officials: [] })}
            group by channel order by channel desc`,
          [desk.county, period.from, period.to, ...scopeValues(scopeOf(desk.actor, 'order.count'))],
        ),
      ]);
      return { ...period, sources, letters };
    },
  }),

  'GET /api/orders/check': route({
    action: 'order.check',
    summary: '一月一查: what the month’s check looks at, what was found, and whether the bulletin is out',
    query: z.object({ month: Month.optional() }),
    async handle(desk, { query }) {
      const month = query.month ?? dayOf(desk.now).slice(0, 7);
      const { state } = await desk.ledger.read<BulletinState>(
        desk.county,
        'bulletin',
        bulletinStream(desk.county, month),
      );
      const items =
        state.status === 'published'
          ? state.items
          : await itemsOf(
              desk.query,
              desk.policies,
              desk.county,
              month,
              desk.now,
              scopeOf(desk.actor, 'order.check').apart ?? [],
            );
      return {
        month,
        published: state.status === 'published' ? dayOf(state.at) : null,
        words: state.status === 'published' ? state.words : null,
        items,
        stream: bulletinStream(desk.county, month),
      };
    },
  }),

  'GET /api/bulletins': route({
    action: 'bulletin.read',
    summary: 'The months whose bulletin is out, newest first',
    async handle(desk) {
      const rows = await desk.query<{ month: string; published_at: string }>(
        'orders.bulletins',
        'select month, published_at from bulletin where county = $1 order by month desc limit 120',
        [desk.county],
      );
      return { bulletins: rows.map(({ month, published_at }) => ({ month, publishedOn: dayOf(published_at) })) };
    },
  }),

  'GET /api/bulletins/:month': route({
    action: 'bulletin.read',
    summary: 'One month’s bulletin as it was published',
    params: z.object({ month: Month }),
    async handle(desk, { params: { month } }) {
      const { state } = await desk.ledger.read<BulletinState>(
        desk.county,
        'bulletin',
        bulletinStream(desk.county, month),
      );
      return state.status === 'none'
        ? { month, publishedOn: null, words: '', items: [], sources: [] }
        : { month, publishedOn: dayOf(state.at), words: state.words, items: state.items, sources: state.sources };
    },
  }),

  'GET /print/bulletin/:month': route({
    action: 'bulletin.read',
    summary: 'The bulletin for the printer',
    params: z.object({ month: Month }),
    async handle(desk, { params: { month } }) {
      const { state } = await desk.ledger.read<BulletinState>(
        desk.county,
        'bulletin',
        bulletinStream(desk.county, month),
      );
      const [county] = await desk.query<{ name: string }>(
        'orders.county',
        'select name from county where county = $1',
        [desk.county],
      );
      return bulletinPage(county?.name ?? '', month, state);
    },
  }),

  'GET /api/orders/:id': route({
    action: 'order.read',
    summary: 'One order: what was asked, by whom, until when, every feedback and reminder, and the matter it is about',
    params: Id,
    async handle(desk, { params: { id } }) {
      const events = (await desk.ledger.history(desk.county, id)) as Recorded<OrderEvent>[];
      const { state, version } = await desk.ledger.read<OrderState>(desk.county, 'order', id);
      if (state.status === 'none' || !may(desk.actor, 'order.read', reachOf(state))) return refuse('access.denied');
      const names = await namesOf(desk.query, desk.county, [
        state.unit,
        state.person,
        state.giver,
        state.issuedBy,
        ...events.map(({ stamp }) => stamp.actor),
      ]);
      const today = dayOf(desk.now);
      const policy = desk.policies.get<OrdersPolicy>('orders');
      const asker = { actor: actorName(desk.actor), units: unitsOf(desk.actor), month: today.slice(0, 7) };
      return {
        id,
        version,
        number: state.number,
        form: state.form,
        formName: formNames[state.form],
        sourceName: state.sourceName,
        from: state.from,
        giverName: names(state.giver),
        issuedByName: names(state.issuedBy),
        issuedOn: dayOf(state.issuedAt),
        reference: state.reference ?? null,
        text: state.text ?? null,
        unit: state.unit,
        unitName: names(state.unit),
        personName: names(state.person),
        due: state.due,
        firstDue: state.firstDue,
        status: state.status,
        statusName: orderStatusNames[state.status],
        urgency: urgency({ due: state.due, status: state.status }, today, policy),
        onTime: state.onTime ?? null,
        matter: state.matter ?? null,
        matterNumber: state.matterNumber ?? null,
        reminders: state.reminders,
        sentBack: state.sentBack,
        story: events.map((event) => storyOf(event, names(event.stamp.actor))),
        can: possible(state, asker).filter((kind) => may(desk.actor, kind, reachOf(state))),
      };
    },
  }),

  ...commandRoutes('order', '/api/orders', OrderCommand, {
    'order.issue': 'Write down an instruction, an assignment from above or a supervision order',
    'order.take-up': 'The unit names who does it',
    'order.feed-back': 'The unit reports how far it is, or the result',
    'order.remind': 'Remind the unit',
    'order.judge': 'The giver says whether it is done',
    'order.change-due': 'The giver sets another day, with the reason',
    'order.withdraw': 'The giver takes it back, with the reason',
    'order.check': 'Write down what the month’s check found',
  }),
  ...commandRoutes('bulletin', '/api/bulletins', BulletinCommand, {
    'bulletin.publish': 'Publish the month’s bulletin; what it says stands from then on',
  }),
} satisfies Routes;

function storyOf(event: Recorded<OrderEvent>, who: string | null) {
  const line = (what: string, text?: string) => ({
    version: event.stamp.version,
    at: event.stamp.at,
    who: who ?? '',
    what,
    text: text ?? null,
  });
  const until = (due: string | undefined): string => (due === undefined ? '' : sayDate(due, dayOf(event.stamp.at)));
  switch (event.kind) {
    case 'order.issued':
      return line(`下达，${until(event.due)}前报结果`, event.personal?.words);
    case 'order.taken-up':
      return line('定了承办人');
    case 'order.fed-back':
      return line(event.final ? '报结果' : '报进展', event.personal?.words);
    case 'order.reminded':
      return line('催办', event.personal?.words);
    case 'order.judged':
      return line(
        event.done ? (event.onTime ? '认定办结，按时' : '认定办结，晚了') : `没办好，退回再办，${until(event.due)}前`,
        event.personal?.words,
      );
    case 'order.due-changed':
      return line(`改到 ${until(event.due)}前报结果`, event.reason);
    case 'order.withdrawn':
      return line('撤回', event.reason);
    case 'order.checked':
      return line(`${event.month} 月查：${findingNames[event.finding]}`, event.words);
  }
}
