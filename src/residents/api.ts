import { z } from 'zod';
import { may, scopeOf } from '../access/access.ts';
import type { Action } from '../access/table.ts';
import { dayOf } from '../calendar/days.ts';
import { commandRoutes } from '../contract/commands.ts';
import { memberOf } from '../contract/member.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import type { Vault } from '../ledger/vault.ts';
import { importRoutes } from './import-api.ts';
import { HouseholdRequest, type HouseholdState, Phone, type ResidentsPolicy } from './model.ts';
import { phonePrint } from './print.ts';
import { readingsOf, recordReading } from '../access/readings.ts';
import { headOf, possible, present } from './rules.ts';
import { findHouseholds, findPeople, isHousehold, officialOf, pathOf, reachOf, residentTables } from './tables.ts';

const Search = z.string().trim().min(1).max(50);

const soughtOf = (desk: Desk, text: string) => ({
  text,
  phonePrint: Phone.safeParse(text).success ? phonePrint(desk.vault, text) : undefined,
});

type Phoned = { phone?: string | null | undefined };

/** Adds prints beside phone numbers; only the server holds the key for them. */
function withPrints(vault: Vault, body: Phoned & { residents?: Phoned[]; resident?: unknown }) {
  const print = <T extends Phoned>(of: T) =>
    of.phone === undefined ? of : { ...of, phonePrint: of.phone === null ? null : phonePrint(vault, of.phone) };
  return {
    ...print(body),
    ...(body.residents === undefined ? {} : { residents: body.residents.map(print) }),
    ...(body.resident !== null && typeof body.resident === 'object' ? { resident: print(body.resident) } : {}),
  };
}

/** The command routes of one noun, with prints added on the way in. */
function commandsOf(noun: 'household' | 'resident', summaries: Record<string, string>): object {
  const options = HouseholdRequest.options.filter((o) => o.shape.kind.value.startsWith(`${noun}.`));
  const routes: Routes = {};
  for (const [address, made] of Object.entries(commandRoutes('household', '/api/households', { options }, summaries))) {
    // A resident has no record of their own: the household's address, then theirs.
    const own = noun === 'resident' ? address.replace('/:id/', '/:id/residents/') : address;
    routes[own as keyof Routes] = {
      ...made,
      handle: (desk, sent) => made.handle(desk, { ...sent, body: withPrints(desk.vault, sent.body) }),
    };
  }
  return routes;
}

/** The household, if it is one and the asker may do this to it. */
async function readHousehold(desk: Desk, id: string, action: Action) {
  if (!(await isHousehold(desk.query, desk.county, id))) return undefined;
  const { state, version } = await desk.ledger.read<HouseholdState>(desk.county, 'household', id);
  return may(desk.actor, action, reachOf(state)) ? { state, version } : undefined;
}

/** A household's file as its readers see it: whom to serve and how. Telephones are read apart, when one is to be called. */
async function fileOf(desk: Desk, id: string, state: HouseholdState, version: number) {
  const today = dayOf(desk.now);
  const [path, contact] = await Promise.all([
    pathOf(desk.query, desk.county, state.chain),
    officialOf(desk.query, desk.county, state.contact),
  ]);
  const reach = reachOf(state);
  return {
    id,
    version,
    head: headOf(state)?.name ?? '',
    address: state.address,
    path,
    contact: contact ?? null,
    moved: state.moved,
    residents: present(state).map((r) => ({
      id: r.id,
      name: r.name,
      relation: r.relation,
      bornYear: r.bornYear ?? null,
      hasPhone: r.phone !== undefined,
      consents: r.consents.filter((c) => c.until >= today).map(({ what, needs, until }) => ({ what, needs, until })),
    })),
    can: possible(state).filter((action) => may(desk.actor, action, reach)),
  };
}

const member = memberOf(readHousehold);

export const residentRoutes = {
  'GET /api/households': route({
    action: 'household.read',
    summary: 'Households in reach, by village, service or person',
    query: z.object({
      village: z.uuid().optional(),
      need: z.string().max(30).optional(),
      contact: z.uuid().optional(),
      q: Search.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      offset: z.coerce.number().int().min(0).max(100_000).default(0),
    }),
    async handle(desk, { query: { q, limit, ...wanted } }) {
      const rows = await findHouseholds(
        residentTables(desk.db as never),
        desk.county,
        scopeOf(desk.actor, 'household.read'),
        {
          ...wanted,
          sought: q === undefined ? undefined : soughtOf(desk, q),
          today: dayOf(desk.now),
          limit: limit + 1,
        },
      );
      return {
        households: rows.slice(0, limit).map((h) => ({
          id: h.id,
          head: h.head,
          address: h.address,
          village: h.village,
          villageName: h.village_name,
          gridName: h.grid_name,
          residents: h.residents,
          needs: h.needs,
          contact: h.contact,
          contactName: h.contact_name,
        })),
        more: rows.length > limit,
      };
    },
  }),
  'GET /api/households/:id': member({
    action: 'household.read',
    summary: 'One household: residents, services, contact official. The reading is recorded',
    async handle(desk, found, { params: { id } }) {
      const { state, version } = found;
      await recordReading(desk, id, '住户档案');
      return await fileOf(desk, id, state, version);
    },
  }),
  'GET /api/households/:id/phones': member({
    action: 'household.read',
    summary: 'Who of a household can be called, and where. The reading is recorded',
    async handle(desk, found, { params: { id } }) {
      await recordReading(desk, id, '住户电话');
      return {
        phones: present(found.state).flatMap(({ id: resident, name, relation, phone }) =>
          phone === undefined ? [] : [{ resident, name, relation, phone }],
        ),
      };
    },
  }),
  'GET /api/households/:id/readings': member({
    action: 'reading.ask',
    summary: 'Who has read this file: for the resident who asks',
    async handle(desk, _, { params: { id } }) {
      return { readings: await readingsOf(desk, [id], 1_000) };
    },
  }),
  'GET /api/people': route({
    action: 'household.read',
    summary: 'Residents in reach by name, pinyin, initials or whole phone number',
    query: z.object({ q: Search, limit: z.coerce.number().int().min(1).max(50).default(20) }),
    async handle(desk, { query: { q, limit } }) {
      const scope = scopeOf(desk.actor, 'household.read');
      const rows = await findPeople(residentTables(desk.db as never), desk.county, scope, soughtOf(desk, q), limit);
      return {
        people: rows.map((r) => ({
          id: r.id,
          name: r.name,
          relation: r.relation,
          bornYear: r.born_year,
          household: r.household,
          address: r.address,
          village: r.village,
        })),
      };
    },
  }),
  'GET /api/services': route({
    action: 'household.read',
    summary: 'Services a household may consent to be known for',
    handle: ({ policies }) => ({ services: policies.get<ResidentsPolicy>('residents').services.map((s) => s.name) }),
  }),
  ...commandsOf('household', {
    'household.register': 'Register a household with its residents',
    'household.amend': 'Correct the address, move it to another grid, or note that it moved away',
    'household.contact': 'Name the official who keeps contact',
  }),
  ...commandsOf('resident', {
    'resident.add': 'Add a resident',
    'resident.amend': 'Correct what is registered of a resident',
    'resident.leave': 'A resident has left the household',
    'resident.consent': 'Note or withdraw a consent with its end date',
  }),
  ...importRoutes,
} satisfies Routes;
