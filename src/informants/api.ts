import QRCode from 'qrcode';
import { z } from 'zod';
import { canDo, may, scopeOf } from '../access/access.ts';
import { actorName } from '../access/model.ts';
import { namesOf, placeOf } from '../access/directory.ts';
import { recordReading } from '../access/readings.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { dayOf } from '../calendar/days.ts';
import { commandRoutes, give } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { isRefusal, refuse } from '../ledger/decider.ts';
import { followId } from '../ledger/ids.ts';
import {
  InformantCommand,
  type InformantState,
  type InformantsPolicy,
  NeedReportCommand,
  type NeedReportState,
  type ReportStatus,
  type doubtNames,
  doubtSaid,
  statusNames,
} from './model.ts';
import { possibleOf, readable } from './rules.ts';

const Id = z.object({ id: z.uuid() });
const MOST = 300;
const scopeOfArea = (alias: string) => ({
  areas: ['county_area', 'township', 'village', 'grid'].map((column) => `${alias}.${column}`),
  units: [],
  officials: [],
});

/** An informant's own page: whoever holds the key sits there as that informant. */
export async function informantBy(desk: Desk, id: string, key: string) {
  const { state } = await desk.ledger.read<InformantState>(desk.county, 'informant', id);
  if (state.status !== 'active' || state.key === undefined || state.key !== key || state.until < dayOf(desk.now))
    return undefined;
  const places = await desk.query<{ id: string; name: string }>(
    'informants.places',
    'select id, name from area where county = $1 and not closed and $2 = any(chain) order by array_length(chain, 1), name',
    [desk.county, state.area],
  );
  return { id, name: state.name, until: state.until, agreed: state.agreed, places, theirs: asResident(desk, id) };
}

/** The household a report is about: whoever holds its key reads it, agrees, or takes it back. */
export async function reportBy(desk: Desk, id: string, key: string) {
  const { state } = await desk.ledger.read<NeedReportState>(desk.county, 'need-report', id);
  if (state.status === 'none' || state.about !== 'household' || state.key === undefined || state.key !== key)
    return undefined;
  const matter =
    state.passedAt === undefined
      ? undefined
      : (
          await desk.ledger.read<{ status: string; number?: string; told?: { code: string } }>(
            desk.county,
            'matter',
            followId(id, state.passedAt, 0),
          )
        ).state;
  return {
    id,
    status: state.status,
    words: state.words,
    spot: state.spot ?? null,
    filedAt: state.filedAt,
    consented: state.consented,
    matter: matter?.number === undefined ? null : { number: matter.number, code: matter.told?.code ?? '' },
    theirs: asResident(desk, id),
  };
}

const asResident = (desk: Desk, record: string): Desk => ({ ...desk, actor: { kind: 'resident', record } });

/** The household takes it back: its words are gone from the report and from the vault, and no one reads them here again. */
export async function takeBack(desk: Desk, id: string) {
  const verdict = await give(desk, 'need-report', id, { kind: 'need-report.withdraw' });
  if (!isRefusal(verdict))
    await desk.query('informants.erase', 'delete from vault where county = $1 and stream = $2', [desk.county, id]);
  return verdict;
}

export const informantRoutes = {
  'GET /api/informants': route({
    action: 'informant.read',
    summary: 'Who offered to report needs, for where and until when; of all villages, how many have somebody',
    async handle(desk) {
      const scope = scopeValues(scopeOf(desk.actor, 'informant.read'));
      const today = dayOf(desk.now);
      const [rows, [villages]] = await Promise.all([
        desk.query<{
          id: string;
          area: string;
          village: string | null;
          grid: string | null;
          name: string | null;
          agreed_on: string;
          until: string;
          agreed: boolean;
          active: boolean;
          reports: number;
        }>(
          'informants.list',
          `select i.id, i.area, i.village, i.grid, i.name, i.agreed_on, i.until, i.agreed, i.active,
                  (select count(*)::int from need_report r where r.county = i.county and r.informant = i.id and r.status = 'passed') as reports
             from informant i where i.county = $1 and i.active and ${withinSql(2, scopeOfArea('i'))}
            order by i.until, i.id limit ${MOST}`,
          [desk.county, ...scope],
        ),
        desk.query<{ all: number; covered: number }>(
          'informants.coverage',
          `select count(*)::int as all, (count(*) filter (where exists (
                    select from informant i where i.county = $1 and i.active and i.agreed and i.until >= $6::date and i.village = a.id)))::int as covered
             from area a where a.county = $1 and a.level = 'village' and not a.closed
              and ($2::boolean or a.chain && $3::uuid[]) and $4::uuid[] is not null and $5::uuid[] is not null`,
          [desk.county, ...scope, today],
        ),
      ]);
      const names = await namesOf(
        desk.query,
        desk.county,
        rows.flatMap((r) => [r.village, r.grid]),
      );
      return {
        today,
        longestDays: desk.policies.get<InformantsPolicy>('informants').longestDays,
        villages: villages!,
        rows: rows.map((r) => ({
          id: r.id,
          name: r.name,
          place: placeOf(names, [r.village, r.grid]),
          area: r.area,
          agreedOn: r.agreed_on,
          until: r.until,
          over: r.until < today,
          agreed: r.agreed,
          reports: r.reports,
        })),
      };
    },
  }),
  'GET /api/informants/:id/link': route({
    action: 'informant.enrol',
    summary: 'The address an informant opens on their own phone, and their telephone. The reading is recorded',
    params: Id,
    async handle(desk, { params: { id } }) {
      const { state } = await desk.ledger.read<InformantState>(desk.county, 'informant', id);
      if (state.status !== 'active' || !may(desk.actor, 'informant.enrol', { areas: state.chain }))
        return refuse('access.denied');
      await recordReading(desk, id, '信息员的联系方式');
      const url = `${desk.publicUrl}/informant/${id}?k=${state.key ?? ''}`;
      const qr = await QRCode.toString(url, { type: 'svg', margin: 1 });
      return { url, qr, name: state.name, phone: state.phone };
    },
  }),
  'GET /api/need-reports': route({
    action: 'need-report.read',
    summary:
      'Needs reported, those first that a person has to look at. A household’s words stand here only once it agreed',
    async handle(desk) {
      const rows = await desk.query<{
        id: string;
        village: string | null;
        grid: string | null;
        about: string;
        status: string;
        filed_at: string;
        doubts: string[];
        words: string | null;
        spot: string | null;
        reason: string | null;
        matter: string | null;
      }>(
        'informants.reports',
        `select r.id, r.village, r.grid, r.about, r.status, r.filed_at, r.doubts, r.words, r.spot, r.reason, r.matter
           from need_report r where r.county = $1 and r.status <> 'withdrawn' and ${withinSql(2, scopeOfArea('r'))}
          order by r.status = 'held' desc, r.filed_at desc, r.id limit ${MOST}`,
        [desk.county, ...scopeValues(scopeOf(desk.actor, 'need-report.read'))],
      );
      const names = await namesOf(
        desk.query,
        desk.county,
        rows.flatMap((r) => [r.village, r.grid]),
      );
      return {
        rows: rows.map((r) => ({
          id: r.id,
          place: placeOf(names, [r.village, r.grid]),
          about: r.about,
          status: r.status,
          statusName: statusNames[r.status as ReportStatus],
          filedAt: r.filed_at,
          doubts: r.doubts.map((doubt) => doubtSaid(doubt as keyof typeof doubtNames)),
          words: r.words,
          spot: r.spot,
          reason: r.reason,
          matter: r.matter,
        })),
      };
    },
  }),
  'GET /api/need-reports/:id': route({
    action: 'need-report.read',
    summary: 'One report, as far as it may be read, and what I may decide about it',
    params: Id,
    async handle(desk, { params: { id } }) {
      const { state } = await desk.ledger.read<NeedReportState>(desk.county, 'need-report', id);
      if (state.status === 'none' || !may(desk.actor, 'need-report.read', { areas: state.chain }))
        return refuse('access.denied');
      const open = readable(state);
      if (open && state.about === 'household') await recordReading(desk, state.household ?? id, '信息员报的需要');
      return {
        id,
        about: state.about,
        status: state.status,
        statusName: statusNames[state.status],
        filedAt: state.filedAt,
        words: open ? state.words : null,
        spot: open ? (state.spot ?? null) : null,
        doubts: state.doubts.map((doubt) => doubtSaid(doubt)),
        reason: state.reason ?? null,
        matter: state.passedAt === undefined ? null : followId(id, state.passedAt, 0),
        can: canDo(desk.actor, possibleOf(state, actorName(desk.actor)), { areas: state.chain }),
      };
    },
  }),
  'GET /api/need-reports/:id/link': route({
    action: 'need-report.hand-over',
    summary: 'The address the household opens to read what was reported for it, and to agree or take it back',
    params: Id,
    async handle(desk, { params: { id } }) {
      const { state } = await desk.ledger.read<NeedReportState>(desk.county, 'need-report', id);
      // Only who filed it with them hands it over: the link opens the words.
      if (
        state.status === 'none' ||
        state.about !== 'household' ||
        !may(desk.actor, 'need-report.hand-over', { officials: [state.filedBy] })
      )
        return refuse('access.denied');
      return { url: `${desk.publicUrl}/need-report/${id}?k=${state.key ?? ''}` };
    },
  }),
  ...commandRoutes('informant', '/api/informants', InformantCommand, {
    'informant.enrol': 'Somebody offered and agreed: for which place, and until when',
    'informant.renew': 'They agreed again',
    'informant.end': 'It is over; who it was is not kept',
    'informant.agree': 'Their own word, on their own phone: only now anything is reported in their name',
    'informant.leave': 'They themselves have had enough',
  }),
  ...commandRoutes('need-report', '/api/need-reports', NeedReportCommand, {
    'need-report.file': 'Report what a place needs, or what a household itself asks for',
    'need-report.let-through': 'A person looked: it is a need, with the reason',
    'need-report.return': 'A person looked: it is about people, and is not kept',
    'need-report.consent': 'The household agrees; only now it is read',
    'need-report.withdraw': 'The household takes it back',
  }),
} satisfies Routes;
