import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';

let county: TestCounty;
let nobody: Client;
let key: string;
beforeAll(async () => {
  county = await startCounty();
  nobody = await county.as();
  const { status, body } = await (await county.as('administrator')).post('/api/api-keys', { name: '随手拍小程序' });
  expect(status).toBe(200);
  ({ key } = body);
});
afterAll(() => county.stop());

const form = (fields: Record<string, string>) =>
  nobody.send('POST', '/open311/v2/requests.json', {
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const filed = (more: Record<string, string> = {}) => ({
  api_key: key,
  service_code: '0101',
  description: '北渠村小学门口的路塌了一块，王小丫差点掉进去',
  address_string: '柳河镇北渠村小学门口',
  first_name: '小丫',
  last_name: '王',
  phone: '13900007777',
  ...more,
});
const numberOf = async (more: Record<string, string> = {}): Promise<string> => {
  const { status, body } = await form(filed(more));
  expect([status, body[0]?.description]).toEqual([200, undefined]);
  return body[0].service_request_id;
};

test('[L5] services are the second level of the category tree, with a definition each', async () => {
  const { status, body } = await nobody.get('/open311/v2/services.json?jurisdiction_id=990101');
  expect(status).toBe(200);
  expect(body).toContainEqual(
    expect.objectContaining({
      service_code: '0101',
      service_name: '市政道路',
      group: '城乡建设',
      metadata: false,
      type: 'realtime',
    }),
  );
  expect(body.every((s: { service_code: string }) => s.service_code.length === 4)).toBe(true);
  expect((await nobody.get('/open311/v2/services/0101.json')).body).toEqual([{ service_code: '0101', attributes: [] }]);
  expect((await nobody.get('/open311/v2/services/9999.json')).status).toBe(404);
  expect((await nobody.get('/open311/v2/services.json?jurisdiction_id=110101')).body).toEqual([
    { code: 404, description: expect.any(String) },
  ]);
});

test('[L5] a request filed with a key becomes a matter of the right place; its state can be read by its number', async () => {
  const number = await numberOf();
  const clerk = await county.as('clerk');
  const [matter] = (await clerk.get(`/api/matters?q=${number}`)).body.matters;
  expect(matter).toMatchObject({ channel: '网上说事', place: '柳河镇 北渠村', category: '0101' });
  const { body } = await nobody.get(`/open311/v2/requests/${number}.json`);
  expect(body).toEqual([
    expect.objectContaining({
      service_request_id: number,
      status: 'open',
      status_notes: '待派单',
      service_code: '0101',
      service_name: '市政道路',
      agency_responsible: '柳河镇人民政府',
      address: '柳河镇',
      description: null,
      lat: null,
    }),
  ]);
  expect(body[0].expected_datetime > body[0].requested_datetime).toBe(true);
  await clerk.post(`/api/matters/${matter.id}/dispatch`, { unit: county.units.works });
  expect((await nobody.get(`/open311/v2/requests/${number}.json`)).body[0]).toMatchObject({
    status_notes: '待签收',
    agency_responsible: '住建局',
  });
});

test('[L5] nothing a person told is published, in no format', async () => {
  const number = await numberOf();
  for (const path of ['requests.json', 'requests.xml', `requests/${number}.json`, `requests/${number}.xml`]) {
    const { status, body } = await nobody.get(`/open311/v2/${path}`);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain(number);
    expect(JSON.stringify(body)).not.toMatch(/小丫|13900007777|塌|北渠|小学|查询码/);
  }
});

test('[L5] petitions are not published', async () => {
  const clerk = await county.as('clerk');
  const id = county.newId();
  const { body } = await clerk.post(`/api/matters/${id}/register`, {
    channel: 'letter',
    procedure: 'petition',
    subject: '反映征地补偿',
    area: county.places.village,
  });
  const number = String(body.told.number);
  expect((await nobody.get(`/open311/v2/requests/${number}.json`)).status).toBe(404);
  expect(JSON.stringify((await nobody.get('/open311/v2/requests.json')).body)).not.toContain(number);
});

test('[L5] a list is of at most 90 days, filtered by state, service and numbers', async () => {
  const number = await numberOf({ service_code: '0102' });
  const ids = async (query: string) =>
    ((await nobody.get(`/open311/v2/requests.json?${query}`)).body as { service_request_id: string }[]).map(
      (r) => r.service_request_id,
    );
  expect(await ids('status=open')).toContain(number);
  expect(await ids('status=closed')).toEqual([]);
  expect(await ids('service_code=0102')).toEqual([number]);
  expect(await ids('service_code=0101')).not.toContain(number);
  expect(await ids(`service_request_id=${number}`)).toEqual([number]);
  expect(await ids('start_date=2025-01-01T00:00:00Z')).toEqual([]);
  expect(
    (await nobody.get('/open311/v2/requests.json?start_date=2025-01-01T00:00:00Z&end_date=2025-05-01T00:00:00Z'))
      .status,
  ).toBe(400);
  expect((await nobody.get('/open311/v2/requests.json?status=lost')).status).toBe(400);
});

test('[L5] without a key, with a wrong or a revoked one nothing is filed', async () => {
  const { api_key: _, ...without } = filed();
  expect((await form(without)).status).toBe(401);
  expect((await form(filed({ api_key: `${key}x` }))).status).toBe(401);
  const administrator = await county.as('administrator');
  const { body } = await administrator.post('/api/api-keys', { name: '另一个' });
  expect((await form(filed({ api_key: body.key }))).status).toBe(200);
  expect((await administrator.post(`/api/api-keys/${body.id}/revoke`)).status).toBe(200);
  expect((await form(filed({ api_key: body.key }))).status).toBe(401);
  const { rows } = await county.database.pool.query(
    'select k::text as text from api_key k union all select data::text from event',
  );
  expect(JSON.stringify(rows)).not.toContain(body.key);
  expect((await (await county.as('clerk')).post('/api/api-keys', { name: '自己发' })).status).toBe(404);
});

test('[L5] what is missing or wrong is told in a sentence', async () => {
  for (const wrong of [
    { service_code: '01' },
    { description: '坏' },
    { address_string: '', address_id: '110101' },
    { phone: 'call me' },
  ]) {
    const { status, body } = await form(filed(wrong as Record<string, string>));
    expect([status, body[0].code, typeof body[0].description]).toEqual([400, 400, 'string']);
  }
});

test('[L5] the place is found by code, by the smallest name in the words, else it is the county', async () => {
  const placeOf = async (more: Record<string, string>) => {
    const number = await numberOf(more);
    return (await (await county.as('countyclerk')).get(`/api/matters?q=${number}`)).body.matters[0].place;
  };
  expect(await placeOf({ address_id: '990101102001' })).toBe('城关镇 东关社区');
  expect(await placeOf({ address_string: '城关镇政府对面' })).toBe('城关镇');
  expect(await placeOf({ address_string: '国道边上' })).toBe('');
});

test('[L5] XML says the same, escaped', async () => {
  const { body, headers } = await nobody.get('/open311/v2/services.xml');
  expect(headers.get('content-type')).toContain('text/xml');
  expect(body).toMatch(/^<\?xml version="1.0" encoding="utf-8"\?>\n<services><service><service_code>/);
  const { body: fault, status } = await nobody.get('/open311/v2/requests/QH1.xml');
  expect([status, fault]).toEqual([404, expect.stringContaining('<errors><error><code>404</code>')]);
});
