import { randomBytes } from 'node:crypto';
import { chainOf, placedAt } from '../access/directory.ts';
import { followId } from '../ledger/ids.ts';
import type { Query, RecordType } from '../ledger/record.ts';
import {
  InformantCommand,
  type InformantEvent,
  type InformantFacts,
  type InformantState,
  type InformantsPolicy,
  NeedReportCommand,
  type NeedReportEvent,
  type NeedReportFacts,
  type NeedReportState,
} from './model.ts';
import { informants, needReports, readable } from './rules.ts';

const newKey = (): string => randomBytes(16).toString('base64url');

export const informantRecord: RecordType<InformantState, InformantCommand, InformantEvent, InformantFacts> = {
  name: 'informant',
  decider: informants,
  commands: InformantCommand,
  tables: [{ name: 'informant', key: ['county', 'id'] }],
  facts: async ({ county, stream, state, command, at, query, policies }) => ({
    at,
    id: stream,
    chain:
      command.kind === 'informant.enrol' && state.status === 'none'
        ? await chainOf(query, county, command.area)
        : undefined,
    longestDays: policies.get<InformantsPolicy>('informants').longestDays,
    key: newKey(),
  }),
  reach: (state, _command, facts) => ({
    areas: state.status === 'none' ? (facts?.chain ?? []) : state.chain,
    ...(facts === undefined ? {} : { record: facts.id }),
  }),
  rows: (county, stream, state) =>
    state.status === 'none'
      ? {}
      : {
          informant: [
            {
              county,
              id: stream,
              ...placedAt(state.chain),
              area: state.area,
              active: state.status === 'active',
              agreed_on: state.agreedOn,
              until: state.until,
              agreed: state.agreed,
              name: state.status === 'active' ? state.name : null,
            },
          ],
        },
};

export const needReportRecord: RecordType<NeedReportState, NeedReportCommand, NeedReportEvent, NeedReportFacts> = {
  name: 'need-report',
  decider: needReports,
  commands: NeedReportCommand,
  tables: [{ name: 'need_report', key: ['county', 'id'] }],
  async facts({ county, stream, state, command, actor, at, query }) {
    const base = { actor, at, id: stream, key: newKey() };
    if (command.kind !== 'need-report.file' || state.status !== 'none')
      return {
        ...base,
        chain: state.status === 'none' ? undefined : await chainOf(query, county, state.area),
        informant: undefined,
        householdThere: false,
        namedInSpot: false,
        namedInWords: false,
      };
    const chain = await chainOf(query, county, command.area);
    const [informant] = await query<{ area: string; until: string; active: boolean; agreed: boolean }>(
      'informants.one',
      'select area, until, active, agreed from informant where county = $1 and id = $2',
      [county, command.informant],
    );
    const own = command.household ?? null;
    return {
      ...base,
      chain,
      informant,
      householdThere: own !== null && (await isThere(query, county, own, command.area)),
      namedInSpot: await namesSomebody(query, county, command.spot ?? '', chain, own),
      namedInWords: await namesSomebody(query, county, command.words, chain, own),
    };
  },
  reach: (state, command, facts) =>
    state.status === 'none'
      ? { areas: facts?.chain ?? [], ...(command?.kind === 'need-report.file' ? { record: command.informant } : {}) }
      : { areas: state.chain, ...(facts === undefined ? {} : { record: facts.id }) },
  rows: (county, stream, state) =>
    state.status === 'none'
      ? {}
      : {
          need_report: [
            {
              county,
              id: stream,
              ...placedAt(state.chain),
              informant: state.informant,
              about: state.about,
              status: state.status,
              filed_at: state.filedAt,
              doubts: state.doubts,
              words: readable(state) ? state.words : null,
              spot: readable(state) ? (state.spot ?? null) : null,
              reason: state.reason ?? null,
              matter: state.passedAt === undefined ? null : followId(stream, state.passedAt, 0),
            },
          ],
        },
};

const isThere = async (query: Query, county: number, household: string, area: string): Promise<boolean> =>
  (
    await query(
      'informants.there',
      `select from household where county = $1 and id = $2 and not moved and $3::uuid in (county_area, township, village, grid)`,
      [county, household, area],
    )
  ).length > 0;

/** Whether a resident of the village, not of the household whose own need it is, is named in a text. */
async function namesSomebody(
  query: Query,
  county: number,
  text: string,
  chain: readonly string[] | undefined,
  own: string | null,
): Promise<boolean> {
  const village = chain?.[2] ?? chain?.at(-1);
  if (text === '' || village === undefined) return false;
  const rows = await query(
    'informants.named',
    `select from resident r join household h on h.county = r.county and h.id = r.household
      where r.county = $1 and $2::uuid in (h.county_area, h.township, h.village, h.grid)
        and ($3::uuid is null or r.household <> $3) and length(r.name) >= 2 and position(r.name in $4) > 0 limit 1`,
    [county, village, own, text.normalize('NFKC').replaceAll(/\s/g, '')],
  );
  return rows.length > 0;
}
