import { z } from 'zod';
import { may } from '../access/access.ts';
import { namesOf } from '../access/directory.ts';
import { dayOf } from '../calendar/days.ts';
import { sayDay, sayInstant } from '../calendar/explain.ts';
import { Carried, give } from '../contract/commands.ts';
import { Id, memberOf } from '../contract/member.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { filled, language } from '../language/saying.ts';
import { refuse } from '../ledger/decider.ts';
import { faultName, kindName, stateName, t, wayName } from './english.ts';
import { isKind, kindOf } from './kinds.ts';
import {
  type DeliveryState,
  NoticeChoiceCommand,
  type NoticeChoiceState,
  type NoticeSettings,
  type NoticeTemplates,
  type NoticeWords,
  type TextingState,
  type ToldOfMatter,
  type Way,
  templateOf,
} from './model.ts';
import { reachOf } from './follow.ts';
import { mayText } from './rules.ts';
import { choiceStream, textingStream } from './tables.ts';

const PAGE = 30;

/** What records of several kinds are called by. */
interface Named {
  readonly name?: string;
  readonly subject?: string;
  readonly title?: string;
  readonly told?: { readonly subject?: string; readonly title?: string };
}

/** A record, for who may read it: its state, whatever kind it is of. */
async function readable(desk: Desk, record: string, stream: string): Promise<Named | undefined> {
  const type = desk.ledger.types.find(({ name }) => name === record);
  if (type === undefined) return undefined;
  const { state, version } = await desk.ledger.read<Named>(desk.county, record, stream);
  return version > 0 && may(desk.actor, `${record}.read`, type.reach(state, undefined, undefined)) ? state : undefined;
}

const me = ({ actor }: Desk): string => (actor.kind === 'official' ? actor.id : '');

interface Row {
  readonly id: string;
  readonly record: string;
  readonly stream: string;
  readonly kind: string;
  readonly urgent: boolean;
  readonly words: NoticeWords;
  readonly at: string;
  readonly read_at: string | null;
}

/** What a notice says to who is signed in, in their language; a county's own words stay as it wrote them. */
function sayingOf(
  templates: NoticeTemplates,
  kind: string,
  words: NoticeWords,
  unit: string | null,
  now: string,
): string {
  if (!isKind(kind)) return '';
  const said = templateOf(templates, kind).inside ?? '';
  const { inside, english } = kindOf(kind);
  const text = filled(language() === 'en' && said === inside ? (english ?? said) : said, {
    number: words.number ?? '',
    unit: unit ?? t('（单位已撤销）'),
    day: words.day === undefined ? '' : sayDay(words.day, dayOf(now)),
  });
  // The space before a date's figures is none before 昨天.
  return text.replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, '$1');
}

async function presented(desk: Desk, rows: readonly Row[]) {
  const templates = desk.policies.get<NoticeTemplates>('notice-templates');
  const names = await namesOf(
    desk.query,
    desk.county,
    rows.map(({ words }) => words.unit),
  );
  return await Promise.all(
    rows.map(async ({ id, record, stream, kind, urgent, words, at, read_at }) => {
      // Whose affair it is may have changed since: then only the number is left.
      const state = await readable(desk, record, stream);
      return {
        id,
        kind,
        urgent,
        text: sayingOf(templates, kind, words, names(words.unit), desk.now),
        number: words.number ?? null,
        subject: state?.told?.subject ?? state?.told?.title ?? state?.subject ?? state?.title ?? state?.name ?? null,
        record,
        stream: state === undefined ? null : stream,
        at,
        when: sayInstant(at, desk.now),
        read: read_at !== null,
      };
    }),
  );
}

const unreadOf = async (desk: Desk): Promise<number> =>
  (
    await desk.query<{ n: number }>(
      'notice.unread',
      `select count(*)::int as n from notice
        where county = $1 and official = $2 and shown_at is not null and taken_at is null and read_at is null`,
      [desk.county, me(desk)],
    )
  )[0]!.n;

const member = memberOf(async (desk, id, action) => {
  const type = desk.ledger.types.find(({ name }) => name === 'matter')!;
  const { state, version } = await desk.ledger.read<{ confidential: boolean; anonymous: boolean }>(
    desk.county,
    'matter',
    id,
  );
  const reach = type.reach(state, undefined, undefined);
  return version > 0 && may(desk.actor, action, reach) ? { state, reach } : undefined;
});

/** Lets the resident's word on text messages in, by whoever may speak for it. */
const textingRoute = (kind: 'texting.allow' | 'texting.stop', summary: string) =>
  route({
    action: kind,
    summary,
    params: Id,
    body: Carried,
    handle: (desk, { params: { id }, body }) =>
      give(desk, 'texting', textingStream(id), { kind, matter: id } as { kind: string }, body),
  });

export const noticeRoutes = {
  'GET /api/notices': route({
    action: 'notice.read',
    summary: 'What I was told, newest first, page by page',
    query: z.object({ before: z.string().max(80).optional() }),
    async handle(desk, { query: { before } }) {
      const [at, id] = before?.split('_') ?? [];
      const from = z.object({ at: z.iso.datetime({ offset: true }), id: z.uuid() }).safeParse({ at, id });
      const rows = await desk.query<Row>(
        'notice.list',
        `select id, record, stream, kind, urgent, words, at, read_at from notice
          where county = $1 and official = $2 and shown_at is not null and taken_at is null
            and ($3::timestamptz is null or (at, id) < ($3, $4::uuid))
          order by at desc, id desc limit ${PAGE + 1}`,
        [desk.county, me(desk), from.success ? from.data.at : null, from.success ? from.data.id : null],
      );
      const shown = rows.slice(0, PAGE);
      const last = rows.length > PAGE ? shown.at(-1) : undefined;
      return {
        unread: await unreadOf(desk),
        notices: await presented(desk, shown),
        next: last === undefined ? undefined : `${new Date(last.at).toISOString()}_${last.id}`,
      };
    },
  }),

  'GET /api/notices/unread': route({
    action: 'notice.read',
    summary: 'How many notices I have not read',
    async handle(desk) {
      return { unread: await unreadOf(desk) };
    },
  }),

  'POST /api/notices/read': route({
    action: 'notice.read',
    summary: 'I have read these, or all there are',
    body: z.object({ ids: z.array(z.uuid()).max(200).optional() }),
    async handle(desk, { body: { ids } }) {
      await desk.query(
        'notice.mark-read',
        `with read as (
           update notice set read_at = $4
            where county = $1 and official = $2 and shown_at is not null and read_at is null
              and ($3::uuid[] is null or id = any($3::uuid[])) returning id
         )
         update notice_delivery set state = 'delivered', delivered_at = $4
          where county = $1 and way = 'in-app' and state = 'sent' and notice in (select id from read)`,
        [desk.county, me(desk), ids ?? null, desk.now],
      );
      return { unread: await unreadOf(desk) };
    },
  }),

  'GET /api/notices/choice': route({
    action: 'notice.choose',
    summary: 'How I am told besides in the system',
    async handle(desk) {
      const { state, version } = await desk.ledger.read<NoticeChoiceState>(
        desk.county,
        'notice-choice',
        choiceStream(desk.county, me(desk)),
      );
      return {
        mail: state.mail ?? null,
        digest: state.digest,
        chosen: version > 0,
        mailReady: (process.env['SMTP_URL'] ?? '') !== '',
      };
    },
  }),

  'POST /api/notices/choice': route({
    action: 'notice.choose',
    summary: 'Choose it: an address or none, each at once or one letter a working day',
    body: NoticeChoiceCommand.options[0].omit({ kind: true }).extend(Carried.shape),
    async handle(desk, { body }) {
      const { command, expected, device, seconds, ...fields } = body;
      const stream = choiceStream(desk.county, me(desk));
      const carried = { command, expected, device, seconds };
      return await give(
        desk,
        'notice-choice',
        stream,
        { kind: 'notice.choose', ...fields } as { kind: string },
        carried,
      );
    },
  }),

  'GET /api/matters/:id/notices': member({
    action: 'matter.read',
    summary: 'Who was told what about it, by which way, and how far that got',
    async handle(desk, { state, reach }, { params: { id } }): Promise<ToldOfMatter> {
      const rows = await desk.query<{
        official: string | null;
        kind: string;
        at: string;
        taken_at: string | null;
        way: Way;
        state: DeliveryState;
        next_at: string;
        attempts: number;
        fault: string | null;
        sent_at: string | null;
        delivered_at: string | null;
      }>(
        'notice.about',
        `select n.official, n.kind, n.at, n.taken_at, d.way, d.state, d.next_at, d.attempts, d.fault, d.sent_at, d.delivered_at
           from notice n join notice_delivery d on d.county = n.county and d.notice = n.id
          where n.county = $1 and n.stream = $2 order by n.at desc, n.id, d.way limit 200`,
        [desk.county, id],
      );
      const names = await namesOf(
        desk.query,
        desk.county,
        rows.map(({ official }) => official),
      );
      const said = await desk.ledger.read<TextingState>(desk.county, 'texting', textingStream(id));
      const { phone, confidential } = reachOf(state);
      const settings = desk.policies.get<NoticeSettings>('notices');
      const allowed = phone !== undefined && mayText(settings.textResidents, confidential, said.state.allowed);
      const turn = allowed ? 'stop' : 'allow';
      return {
        deliveries: rows.map((row) => ({
          to: row.official === null ? t('群众') : (names(row.official) ?? ''),
          resident: row.official === null,
          what: isKind(row.kind) ? kindName(row.kind) : row.kind,
          kind: row.kind,
          way: row.way,
          wayName: wayName(row.way),
          state: row.state,
          stateName: stateName(row.state),
          fault: faultName(row.fault),
          attempts: row.attempts,
          taken: row.taken_at !== null,
          at: row.at,
          when: row.delivered_at ?? row.sent_at ?? row.next_at,
        })),
        texting: {
          there: phone !== undefined,
          allowed,
          said: said.state.allowed ?? null,
          can: phone !== undefined && may(desk.actor, `texting.${turn}`, reach) ? turn : null,
        },
      };
    },
  }),

  'POST /api/matters/:id/textings/allow': textingRoute(
    'texting.allow',
    'The resident wants text messages about this matter',
  ),
  'POST /api/matters/:id/textings/stop': textingRoute('texting.stop', 'The resident wants none'),

  'GET /api/notices/ways': route({
    action: 'system.operate',
    summary: 'What waits to be sent and what could not be, by way',
    async handle(desk) {
      const ways = await desk.query<{
        way: Way;
        waiting: number;
        failed: number;
        sent: number;
        oldest: string | null;
        fault: string | null;
      }>(
        'notice.ways',
        `select way, count(*) filter (where state in ('waiting', 'sending'))::int as waiting,
                count(*) filter (where state = 'failed')::int as failed,
                count(*) filter (where state in ('sent', 'delivered'))::int as sent,
                min(next_at) filter (where state in ('waiting', 'sending')) as oldest,
                (array_agg(fault order by next_at desc) filter (where fault is not null and state in ('waiting', 'failed')))[1] as fault
           from notice_delivery where county = $1 group by way`,
        [desk.county],
      );
      const set: Readonly<Record<Way, boolean>> = {
        'in-app': true,
        mail: (process.env['SMTP_URL'] ?? '') !== '',
        sms: process.env['SMS_FOLDER'] === 'yes',
      };
      return (['in-app', 'mail', 'sms'] as const).map((way) => {
        const {
          waiting = 0,
          failed = 0,
          sent = 0,
          oldest = null,
          fault = null,
        } = ways.find((row) => row.way === way) ?? {};
        return { way, name: wayName(way), ready: set[way], waiting, failed, sent, oldest, fault: faultName(fault) };
      });
    },
  }),

  'POST /api/notices/retry': route({
    action: 'system.operate',
    summary: 'Try again what was given up by mail',
    async handle(desk) {
      const rows = await desk.query<{ notice: string }>(
        'notice.retry',
        // What a text gateway gave up it has tried itself; a second file under the same name would be no second try.
        `update notice_delivery set state = 'waiting', attempts = 0, next_at = $2, fault = null
          where county = $1 and way = 'mail' and state = 'failed' returning notice`,
        [desk.county, desk.now],
      );
      return rows.length === 0 ? refuse('notice.nothing-failed') : { again: rows.length };
    },
  }),
} satisfies Routes;
