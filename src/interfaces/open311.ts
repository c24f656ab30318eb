import { z } from 'zod';
import type { Category, CategoryTree } from '../catalogue/model.ts';
import { give } from '../contract/commands.ts';
import { type Desk, type Raw, type Routes, route } from '../contract/route.ts';
import { isRefusal } from '../ledger/decider.ts';
import { newId } from '../ledger/ids.ts';
import { MatterCommand, matterRefusals, statusNames } from '../matters/model.ts';
import { readNumber } from '../matters/number.ts';
import { type Field, type Format, fault, listAs } from './open311-format.ts';
import { type PublicRequest, placeOf, requestByNumber, requestsBetween } from './open311-queries.ts';
import { keyHolder } from './tables.ts';

/**
 * Open311 GeoReport v2: the interface civic apps and other cities' systems already speak. Read without a key:
 * service, state, responsible unit, township and dates; never words, names, addresses or petitions.
 */

const DAY_MS = 86_400_000;
/** The longest span a list may ask for, as the specification has it. */
const MOST_DAYS = 90;
const MOST_SUBJECT = 40;
const PER_MINUTE = 120;

const Jurisdiction = z.object({ jurisdiction_id: z.string().max(20).optional() });
const File = z.object({ file: z.string().max(80) });
const optional = (most: number) => z.string().trim().max(most).optional();
const instant = z.iso.datetime({ offset: true }).optional();

const Asked = Jurisdiction.extend({
  service_request_id: optional(1_500),
  service_code: optional(80),
  status: optional(20),
  start_date: instant,
  end_date: instant,
});

const Filed = Jurisdiction.extend({
  api_key: optional(100),
  service_code: optional(80),
  description: optional(4_000),
  address_string: optional(200),
  address_id: optional(60),
  lat: z.coerce.number().min(-90).max(90).optional(),
  long: z.coerce.number().min(-180).max(180).optional(),
  first_name: optional(20),
  last_name: optional(20),
  phone: optional(20),
});
type Filed = z.infer<typeof Filed>;

const WRONG_PLACE = '没有这个辖区（jurisdiction_id 是六位行政区划代码）。';

const elsewhere = (desk: Desk, given: string | undefined): boolean =>
  given !== undefined && given !== '' && given !== String(desk.county);

/** What can be asked for: the second level of the county's category tree, and first-level ones that end there. */
function servicesOf(desk: Desk): { service: Category; group: Category }[] {
  const { categories } = desk.policies.get<CategoryTree>('categories');
  const byId = new Map(categories.map((c) => [c.id, c]));
  const parents = new Set(categories.map((c) => c.parent));
  return categories.flatMap((service) => {
    const group = service.parent === undefined ? undefined : byId.get(service.parent);
    if (group === undefined) return parents.has(service.id) ? [] : [{ service, group: service }];
    return group.parent === undefined ? [{ service, group }] : [];
  });
}

/** The service a category belongs to: itself or the second-level one above it. */
function serviceOf(desk: Desk, category: string | null): Category | undefined {
  if (category === null) return undefined;
  const { categories } = desk.policies.get<CategoryTree>('categories');
  const byId = new Map(categories.map((c) => [c.id, c]));
  const codes = new Set(servicesOf(desk).map(({ service }) => service.id));
  for (let at = byId.get(category); at !== undefined; at = at.parent === undefined ? undefined : byId.get(at.parent)) {
    if (codes.has(at.id)) return at;
  }
  return undefined;
}

function services(desk: Desk, format: Format, jurisdiction: string | undefined): Raw {
  if (elsewhere(desk, jurisdiction)) return fault(format, 404, WRONG_PLACE);
  const items = servicesOf(desk).map(({ service, group }) => ({
    service_code: service.id,
    service_name: service.name,
    description: `${group.name}：${service.name}`,
    metadata: false,
    type: 'realtime',
    keywords: (service.words ?? []).join(','),
    group: group.name,
  }));
  return listAs(format, 'services', 'service', items);
}

/** Nothing more is asked for than the words themselves, so a service has no further attributes. */
function service(desk: Desk, file: string, jurisdiction: string | undefined): Raw {
  const [name, format] = splitFile(file);
  if (elsewhere(desk, jurisdiction) || !servicesOf(desk).some(({ service: s }) => s.id === name))
    return fault(format, 404, '没有这个类别。');
  return listAs(format, 'service_definitions', 'service_definition', [{ service_code: name, attributes: [] }]);
}

function splitFile(file: string): [name: string, format: Format] {
  const [, name = file, ending] = /^(.*)\.(json|xml)$/.exec(file) ?? [];
  return [name, ending === 'xml' ? 'xml' : 'json'];
}

/** The public side of a matter. Place by township: a village and a kind of trouble can point at a household. */
function present(desk: Desk, row: PublicRequest): Record<string, Field> {
  const of = serviceOf(desk, row.category);
  return {
    service_request_id: row.number,
    status: row.open ? 'open' : 'closed',
    status_notes: statusNames[row.status as keyof typeof statusNames],
    service_name: of?.name ?? null,
    service_code: of?.id ?? null,
    description: null,
    agency_responsible: row.unit,
    service_notice: null,
    requested_datetime: row.registered_at,
    updated_datetime: row.updated_at,
    expected_datetime: row.open ? row.expected_at : null,
    address: row.township,
    address_id: row.township_code,
    zipcode: null,
    lat: null,
    long: null,
    media_url: null,
  };
}

const asList = (desk: Desk, format: Format, rows: readonly PublicRequest[]): Raw =>
  listAs(
    format,
    'service_requests',
    'request',
    rows.map((row) => present(desk, row)),
  );

async function requests(desk: Desk, format: Format, asked: z.infer<typeof Asked>): Promise<Raw> {
  if (elsewhere(desk, asked.jurisdiction_id)) return fault(format, 404, WRONG_PLACE);
  if (asked.service_request_id !== undefined) {
    const numbers = asked.service_request_id
      .split(',')
      .slice(0, 50)
      .flatMap((n) => readNumber(n) ?? []);
    return asList(desk, format, await requestByNumber(desk.query, desk.county, numbers));
  }
  const statuses = new Set((asked.status ?? 'open,closed').split(',').map((s) => s.trim()));
  if ([...statuses].some((s) => s !== 'open' && s !== 'closed'))
    return fault(format, 400, 'status 只能是 open、closed 或两个都写，用逗号隔开。');
  const end =
    asked.end_date ?? (asked.start_date === undefined ? desk.now : earlier(after(asked.start_date), desk.now));
  const start = asked.start_date ?? new Date(Date.parse(end) - MOST_DAYS * DAY_MS).toISOString();
  const span = Date.parse(end) - Date.parse(start);
  if (span < 0 || span > MOST_DAYS * DAY_MS)
    return fault(format, 400, `start_date 要早于 end_date，相隔最多 ${MOST_DAYS} 天。`);
  const codes = asked.service_code
    ?.split(',')
    .map((c) => c.trim())
    .filter((c) => c !== '');
  const open = statuses.size === 2 ? undefined : statuses.has('open');
  return asList(desk, format, await requestsBetween(desk.query, desk.county, { start, end, open, codes }));
}

const after = (start: string): string => new Date(Date.parse(start) + MOST_DAYS * DAY_MS).toISOString();
const earlier = (a: string, b: string): string => (Date.parse(a) < Date.parse(b) ? a : b);

async function request(desk: Desk, file: string, jurisdiction: string | undefined): Promise<Raw> {
  const [name, format] = splitFile(file);
  const number = readNumber(name);
  if (elsewhere(desk, jurisdiction) || number === undefined) return fault(format, 404, '没有这个编号。');
  const rows = await requestByNumber(desk.query, desk.county, [number]);
  return rows.length === 0 ? fault(format, 404, '没有这个编号。') : asList(desk, format, rows);
}

/** What was filed as the command that takes it in, or a sentence saying what is missing. */
async function commandOf(desk: Desk, filed: Filed, holder: string): Promise<MatterCommand | string> {
  const code = filed.service_code ?? '';
  if (!servicesOf(desk).some(({ service: s }) => s.id === code)) return '没有这个 service_code，请从 services 里选。';
  const words = filed.description ?? '';
  if ([...words].length < 4) return '请在 description 里写下是什么事，至少 4 个字。';
  const { lat, long, address_string, address_id } = filed;
  if (address_id === undefined && address_string === undefined && (lat === undefined || long === undefined)) {
    return '请给出地方：address_id（地区代码）、address_string，或者 lat 和 long。';
  }
  const area = await placeOf(desk.query, desk.county, { id: address_id, words: address_string });
  if (area === undefined) return '没有这个 address_id，请写地区代码。';
  // Areas have no outlines here, so a point is kept in words for whoever dispatches.
  const spot = [address_string, lat === undefined || long === undefined ? undefined : `纬度 ${lat}，经度 ${long}`]
    .filter((t) => t !== undefined)
    .join('；')
    .slice(0, 200);
  const name = `${filed.last_name ?? ''}${filed.first_name ?? ''}`;
  const reporter = {
    ...(name === '' ? {} : { name }),
    ...(filed.phone === undefined || filed.phone === '' ? {} : { phone: filed.phone }),
  };
  const subject = [...words.replace(/\s+/g, ' ')].slice(0, MOST_SUBJECT).join('');
  const parsed = MatterCommand.safeParse({
    kind: 'matter.register',
    channel: 'web',
    subject,
    ...(subject === words ? {} : { body: words }),
    area,
    category: code,
    origin: `open311 ${holder}`,
    ...(spot === '' ? {} : { spot }),
    ...(Object.keys(reporter).length === 0 ? {} : { reporter }),
  });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  return `${issue.path.at(-1)?.toString() ?? ''}：${issue.message}`;
}

async function file(desk: Desk, format: Format, filed: Filed): Promise<Raw> {
  if (elsewhere(desk, filed.jurisdiction_id)) return fault(format, 404, WRONG_PLACE);
  const holder = await keyHolder(desk.query, desk.county, filed.api_key ?? '');
  if (holder === undefined) return fault(format, 401, 'api_key 没有或者不对，请向县里的系统管理员要。');
  const command = await commandOf(desk, filed, holder.id);
  if (typeof command === 'string') return fault(format, 400, command);
  const verdict = await give({ ...desk, actor: { kind: 'anyone' } }, 'matter', newId(), command);
  if (isRefusal(verdict))
    return fault(format, 400, (matterRefusals as Record<string, string>)[verdict.refused] ?? verdict.refused);
  const number = String(verdict.told['number']);
  return listAs(format, 'service_requests', 'request', [
    {
      service_request_id: number,
      service_notice: `请告诉反映人：编号 ${number}，查询码 ${String(verdict.told['code'])}。凭这两个可以查进展、说办得好不好。`,
      account_id: null,
    },
  ]);
}

const listOfServices = (format: Format) =>
  route({
    action: 'portal.use',
    summary: 'Open311: the kinds of requests that can be filed',
    perMinute: PER_MINUTE,
    query: Jurisdiction,
    handle: (desk, { query }) => services(desk, format, query.jurisdiction_id),
  });

const listOfRequests = (format: Format) =>
  route({
    action: 'portal.use',
    summary: 'Open311: requests of at most 90 days, without personal data',
    perMinute: PER_MINUTE,
    query: Asked,
    handle: (desk, { query }) => requests(desk, format, query),
  });

const filing = (format: Format) =>
  route({
    action: 'matter.register',
    summary: 'Open311: file a request with an api_key; answers its number and query code',
    perMinute: PER_MINUTE,
    body: Filed,
    handle: (desk, { body }) => file(desk, format, body),
  });

export const open311Routes = {
  'GET /open311/v2/services.json': listOfServices('json'),
  'GET /open311/v2/services.xml': listOfServices('xml'),
  'GET /open311/v2/requests.json': listOfRequests('json'),
  'GET /open311/v2/requests.xml': listOfRequests('xml'),
  'POST /open311/v2/requests.json': filing('json'),
  'POST /open311/v2/requests.xml': filing('xml'),
  'GET /open311/v2/services/:file': route({
    action: 'portal.use',
    summary: 'Open311: what a kind of request asks for; the address ends in .json or .xml',
    perMinute: PER_MINUTE,
    params: File,
    query: Jurisdiction,
    handle: (desk, { params, query }) => service(desk, params.file, query.jurisdiction_id),
  }),
  'GET /open311/v2/requests/:file': route({
    action: 'portal.use',
    summary: 'Open311: one request by its number; the address ends in .json or .xml',
    perMinute: PER_MINUTE,
    params: File,
    query: Jurisdiction,
    handle: (desk, { params, query }) => request(desk, params.file, query.jurisdiction_id),
  }),
} satisfies Routes;
