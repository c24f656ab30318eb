import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';
import { addDays, dayOf, daysBetween } from '../calendar/days.ts';
import { DutiesPolicy, dutyPolicies } from '../duties/model.ts';
import { newId } from '../ledger/ids.ts';
import { readDocument } from '../policy/model.ts';
import { handedInto } from './hand-over.ts';
import { Plan, type Quota, Templates, knownFacts } from './model.ts';
import { breakdown, lastDayOf, quarterOf, stagesOf } from './plan.ts';
import { campaignPolicies } from './templates.ts';

let county: TestCounty;
let admin: Client;
let field: Client;
const today = dayOf(new Date().toISOString());
const { templates } = Templates.parse(campaignPolicies[0]!.standard.document);

beforeAll(async () => {
  county = await startCounty();
  [admin, field] = await Promise.all([county.as('administrator'), county.as('field')]);
});
afterAll(() => county.stop());

const done = async (client: Client, path: string, body: object = {}) => {
  const answer = await client.post(path, body);
  expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(200);
  return answer.body;
};

describe('a figure broken down', () => {
  const day = fc.integer({ min: 0, max: 900 }).map((n) => addDays('2025-01-01', n));
  test('[B5] to months adds up to the whole, by the days of each, whatever is moved', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 30, max: 500 }),
        fc.integer({ min: 1, max: 20_000 }),
        fc.array(fc.tuple(fc.nat(30), fc.nat(30), fc.nat(50)), { maxLength: 6 }),
        (from, length, amount, wanted) => {
          const quota = { code: 'x', amount, per: 'whole' as const, after: 0 };
          const period = { from, until: addDays(from, length - 1) };
          const plain = breakdown(quota, period);
          const sum = [...plain.values()].reduce((a, b) => a + b, 0);
          expect(sum).toBe(amount);
          for (const [month, share] of plain) {
            const days = Array.from({ length }, (_, i) => addDays(from, i)).filter((d) => d.startsWith(month)).length;
            expect(Math.abs(share - (amount * days) / length)).toBeLessThan(1);
          }
          const months = [...plain.keys()];
          const moves = wanted.flatMap(([a, b, n]) => {
            const [x, y] = [months[a % months.length]!, months[b % months.length]!];
            return x === y ? [] : [{ quota: 'x', team: null, from: x, to: y, amount: n }];
          });
          const moved = breakdown(quota, period, moves);
          expect([...moved.values()].reduce((a, b) => a + b, 0)).toBe(amount);
          const quarters = Map.groupBy([...moved.keys()], quarterOf);
          const byQuarter = [...quarters.values()].map((ms) => ms.reduce((n, m) => n + moved.get(m)!, 0));
          expect(byQuarter.reduce((a, b) => a + b, 0)).toBe(amount);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('the documents’ own campaigns', () => {
  test('[B5] ship as templates with their stages and the numbers of the texts, each with its source', () => {
    const plan = (code: string) => templates.find((t) => t.code === code)!;
    expect(templates.map((t) => t.title)).toEqual([
      '六访六送六帮',
      '书记带头大走访',
      '驻百村、连千企、进万家',
      '十万干部百乡千村万户大走访',
      '五民活动',
      '三有两评',
    ]);
    const grassroots = plan('six-visits').quotas.find((q) => q.code === 'grassroots-days');
    expect(grassroots).toMatchObject({ amount: 2, per: 'month', dates: [28], after: 1, confidence: 'B' });
    // Half a year.
    expect(lastDayOf(plan('secretaries-visit'), '2025-09-15')).toBe('2026-03-14');
    // Five levels with the province's, and what offices do beside them.
    expect(plan('secretaries-visit').parties.map((p) => p.code)).toEqual([
      'province',
      'city',
      'county',
      'departments',
      'townships',
      'villages',
    ]);
    expect(plan('three-haves').keeps).toEqual(['cards', 'diaries', 'ledgers', 'review-meetings', 'resident-reviews']);
    expect(plan('villages-firms').scale.map((s) => s.amount)).toEqual([11, 144, 1_000]);
    expect(plan('hundred-thousand').quotas.map((q) => q.amount)).toEqual([100, 1_000, 10_000]);
    expect(plan('five-people').quotas.map((q) => q.amount)).toEqual([800, 900, 98_900_000]);
    expect(lastDayOf(plan('three-haves'), '2025-01-01')).toBeNull();
    for (const t of templates) {
      expect(t.source.length).toBeGreaterThan(5);
      for (const q of t.quotas) expect(q.source.length, `${t.code} ${q.code}`).toBeGreaterThan(5);
      // Stages follow one another without a gap.
      const stages = stagesOf(t, '2026-01-31');
      for (const [i, s] of stages.entries()) if (i > 0) expect(daysBetween(stages[i - 1]!.until!, s.from)).toBe(1);
    }
  });

  // Each number the documents give, by the code of the mechanism it is from. What is not here is the county's to confirm.
  const documented: readonly (readonly [source: string, template: string, quota: string, said: object])[] = [
    ['Y1 Y2', 'six-visits', 'grassroots-days', { amount: 2, per: 'month', of: 'person', dates: [28], after: 1 }],
    ['J1', 'villages-firms', 'villages', { amount: 100, per: 'whole', of: 'campaign' }],
    ['J1', 'villages-firms', 'firms', { amount: 1_000, per: 'whole', of: 'campaign' }],
    ['J1', 'villages-firms', 'households', { amount: 10_000, per: 'whole', of: 'campaign' }],
    ['H8', 'hundred-thousand', 'townships', { amount: 100, per: 'whole', of: 'campaign' }],
    ['H8', 'hundred-thousand', 'villages', { amount: 1_000, per: 'whole', of: 'campaign' }],
    ['H8', 'hundred-thousand', 'households', { amount: 10_000, per: 'whole', of: 'campaign' }],
    ['2:M23', 'five-people', 'activities', { amount: 800, per: 'whole', of: 'campaign' }],
    ['2:M23', 'five-people', 'deeds', { amount: 900, per: 'whole', of: 'campaign' }],
    // 9,890 万元.
    ['2:M23', 'five-people', 'aid', { amount: 98_900_000, per: 'whole', of: 'campaign' }],
  ];
  /** Months each lasts where a document says so, how large it was, and how many things of a kind it names. */
  const shapes: Readonly<Record<string, { source: string; months?: number; scale?: number[]; said?: object }>> = {
    'six-visits': { source: 'Y1', months: 1 + 11 },
    'secretaries-visit': { source: 'VIS-01', months: 6 },
    'villages-firms': { source: 'J1 J2', scale: [11, 144, 1_000] },
    'hundred-thousand': { source: 'H8', scale: [100_000] },
    'five-people': { source: '2:M23', months: 12 },
    'three-haves': {
      source: 'H6',
      said: { standing: true, keeps: ['cards', 'diaries', 'ledgers', 'review-meetings', 'resident-reviews'] },
    },
  };
  test('[B5] every number that is called a document’s equals it; every other says the county has to confirm it', () => {
    expect(templates.map((t) => t.code)).toEqual(Object.keys(shapes));
    const called = templates.flatMap((t) =>
      [...t.quotas, ...(t.handOver?.quotas ?? [])]
        .filter((q) => q.confidence !== 'C')
        .map((q) => `${t.code} ${q.code}`),
    );
    expect(new Set(called)).toEqual(new Set(documented.map(([, template, quota]) => `${template} ${quota}`)));
    for (const [source, template, quota, said] of documented) {
      const plan = templates.find((t) => t.code === template)!;
      expect(
        plan.quotas.find((q) => q.code === quota),
        `${source} ${template} ${quota}`,
      ).toMatchObject(said);
    }
    // What goes on afterwards is what was asked outside the theme month (Y1).
    const { handOver } = templates[0]!;
    expect(handOver!.quotas).toMatchObject([{ amount: 2, per: 'month', dates: [28], after: 0 }]);
    for (const { code, stages, scale, ...plan } of templates) {
      const { source, months, scale: large = [], said = { standing: false } } = shapes[code]!;
      if (months !== undefined)
        expect(
          stages.reduce((n, s) => n + s.months, 0),
          `${source} ${code}`,
        ).toBe(months);
      expect(scale.map((s) => s.amount)).toEqual(large);
      expect(plan, `${source} ${code}`).toMatchObject(said);
    }
    // J2: six contents of the work in a village. VIS-01: five kinds of places.
    const options = (code: string) => templates.find((t) => t.code === code)!.form[0]!.options;
    expect(options('villages-firms')).toEqual(['讲政策', '搞调研', '强支部', '办实事', '促和谐', '帮企业']);
    expect(options('secretaries-visit')).toEqual(['农村', '企业', '社区', '学校', '家庭']);
  });

  test('[B5] [B12] a template published before a fact was known reads without asking for it', () => {
    const [kind] = campaignPolicies;
    const ask = (code: string, fact: string) => ({ code, title: '问', fact, options: ['是', '否'] });
    const earlier = {
      templates: [{ ...templates[0]!, form: [ask('a', 'date'), ask('b', 'help-given'), ask('c', 'help-given')] }],
    };
    expect(kind!.schema.safeParse(earlier).success).toBe(false);
    const read = readDocument<Templates>(kind!, earlier)!;
    expect(read.templates[0]!.form.map((f) => f.code)).toEqual(['b']);
    expect(readDocument(kind!, { templates })).toEqual({ templates });
  });

  test('[B5] [B12] no form asks for what the system has, nor twice for one fact', () => {
    const plan = templates[0]!;
    const form = (facts: string[]) => ({
      ...plan,
      form: facts.map((fact, i) => ({ code: `f${i}`, title: '问', fact, options: ['是', '否'] })),
    });
    for (const fact of knownFacts) expect(Plan.safeParse(form([fact])).success, fact).toBe(false);
    expect(Plan.safeParse(form(['one', 'one'])).success).toBe(false);
    expect(Plan.safeParse(form(['one', 'two'])).success).toBe(true);
  });

  test('[B5] a preview says what would be asked of whom; started, the county’s own amounts stand', async () => {
    const { body } = await admin.get('/api/campaigns/preview/secretaries-visit?from=2026-09-15');
    expect(body).toMatchObject({ until: '2027-03-14', standing: false });
    const people = Object.fromEntries(body.parties.map((p: { code: string; people: number }) => [p.code, p.people]));
    expect(people).toEqual({ province: 0, city: 0, county: 1, departments: 3, townships: 2, villages: 3 });
    const id = newId();
    const start = { template: 'five-people', name: '五民', area: county.places.root, from: '2026-01-01' };
    await done(admin, `/api/campaigns/${id}/start`, { ...start, amounts: { deeds: 30 } });
    const plan = (await field.get(`/api/campaigns/${id}`)).body.plan;
    expect(plan.quotas.map((q: { amount: number }) => q.amount)).toEqual([800, 30, 98_900_000]);
    const wrong = await admin.post(`/api/campaigns/${newId()}/start`, { ...start, amounts: { nothing: 1 } });
    expect(wrong.body.refused).toBe('campaign.no-quota');
  });
});

describe('what one visit says', () => {
  test('[B5] [B12] is asked once for all campaigns, only where somebody was met, and counted from the choices', async () => {
    const ids = [newId(), newId()];
    for (const id of ids)
      await done(admin, `/api/campaigns/${id}/start`, {
        template: 'six-visits',
        name: `六访 ${id}`,
        area: county.places.root,
        from: addDays(today, -10),
      });
    const visited = async (contact: string): Promise<string> => {
      const [household, visit] = [newId(), newId()];
      await done(field, `/api/households/${household}/register`, {
        area: county.places.grid,
        address: household,
        contact: county.id('field'),
        residents: [{ id: newId(), name: '张桂兰', relation: '户主', bornYear: 1950 }],
      });
      await done(field, `/api/visits/${visit}/record`, {
        household,
        contact,
        note: contact === 'met' ? '聊了收成' : '',
        needs: [],
        promises: [],
        metAt: new Date().toISOString(),
        withWhom: [],
      });
      return visit;
    };
    const [met, closed] = [await visited('met'), await visited('not-at-home')];
    const due = async () => (await field.get('/api/forms/due')).body.due;
    expect(await due()).toMatchObject([{ visit: met, items: [{ fact: 'help-given' }] }]);
    const form = newId();
    const answer = (visit: string, option: string) => ({ visit, answers: { 'help-given': option } });
    expect((await field.post(`/api/forms/${newId()}/fill`, answer(closed, '讲清了政策'))).status).toBe(404);
    expect((await field.post(`/api/forms/${form}/fill`, answer(met, '随便写'))).body.refused).toBe('form.not-asked');
    await done(field, `/api/forms/${form}/fill`, answer(met, '讲清了政策'));
    await done(field, `/api/forms/${form}/fill`, answer(met, '当场办了'));
    expect((await field.post(`/api/forms/${newId()}/fill`, answer(met, '讲清了政策'))).body.refused).toBe(
      'form.filled',
    );
    expect(await due()).toEqual([]);
    for (const id of ids) {
      const { body } = await admin.get(`/api/campaigns/${id}/figures`);
      expect(body.form).toMatchObject([{ visits: 1 }]);
      expect(body.form[0].options.filter((o: { n: number }) => o.n > 0)).toEqual([{ name: '当场办了', n: 1 }]);
      // One visit, once in each.
      expect(body.bulletin[0]).toMatchObject({ title: '走访户数', done: 1 });
    }
    const mine = (await field.get('/api/campaigns/mine')).body.campaigns;
    expect(mine.filter((c: { id: string }) => ids.includes(c.id))).toHaveLength(2);
  });
});

describe('an occasion', () => {
  test('[B5] is written once for all who took part, counts once, and counts for nothing when taken back', async () => {
    const id = newId();
    await done(admin, `/api/campaigns/${id}/start`, {
      template: 'five-people',
      name: '五民二',
      area: county.places.root,
      from: addDays(today, -10),
    });
    const count = async (measure: string): Promise<number> =>
      (await admin.get(`/api/campaigns/${id}/records?measure=${measure}`)).body.all;
    const occasion = newId();
    await done(field, `/api/occasions/${occasion}/record`, {
      type: 'symposium',
      area: county.places.village,
      day: today,
      title: '灌溉用水座谈会',
      colleagues: [county.id('otherfield'), county.id('handler')],
      people: 30,
    });
    expect(await count('symposia')).toBe(1);
    expect(await count('activities')).toBe(1);
    expect((await (await county.as('handler')).get('/api/occasions')).body.occasions).toMatchObject([
      { id: occasion, officials: 3 },
    ]);
    await done(field, `/api/occasions/${occasion}/withdraw`, { reason: '记错了' });
    expect(await count('symposia')).toBe(0);
  });
});

describe('a campaign that is over', () => {
  type Answered = Record<string, unknown> & { duty: string };
  const duties = async (client: Client, day = today): Promise<Answered[]> =>
    (await client.get(`/api/duties/mine?day=${day}`)).body.duties;
  const document = async (): Promise<DutiesPolicy> => (await admin.get('/api/policies/duties')).body.document;
  const publish = async (changed: DutiesPolicy, validFrom: string) => {
    const said = { document: changed, validFrom, source: '县委办公室通知', reason: '调整任务' };
    await done(admin, '/api/policies/duties/publish', said);
    await county.system.freshPolicies(county.county);
  };
  const ended = async (name: string): Promise<string> => {
    const id = newId();
    await done(admin, `/api/campaigns/${id}/start`, {
      template: 'six-visits',
      name,
      area: county.places.root,
      from: addDays(today, -420),
      amounts: { 'grassroots-days': 3 },
    });
    return id;
  };

  test('[B5] [B3] hands over into a duty: on the list of who owes it, explained, forecast, counted once, with its source', async () => {
    const id = await ended('六访六送六帮（去年）');
    const page = async () => (await admin.get(`/api/campaigns/${id}`)).body;
    expect(await page()).toMatchObject({
      over: true,
      handed: null,
      can: expect.arrayContaining(['campaign.continue']),
    });
    // The county has published a change for days to come: what is handed over is part of it as well.
    const next = addDays(today, 40);
    const { duties: now, markets } = await document();
    await publish({ markets, duties: now.map((d) => (d.id === 'labour' ? { ...d, amount: 12 } : d)) }, next);
    const handler = await county.as('handler');
    const before = await duties(field, addDays(today, 31));
    const figures = async () => (await admin.get(`/api/campaigns/${id}/figures`)).body.figures;
    const counted = await figures();

    // Another's township, and whoever only works here, do not decide on it.
    for (const other of ['field', 'farclerk', 'leader'])
      expect((await (await county.as(other)).post(`/api/campaigns/${id}/continue`)).status, other).toBe(404);
    const yesterday = addDays(today, -1);
    const visit = async (day: string) => {
      const household = newId();
      await done(field, `/api/households/${household}/register`, {
        area: county.places.grid,
        address: '9 号',
        residents: [{ id: newId(), name: '周大山', relation: '户主', bornYear: 1958 }],
      });
      await done(field, `/api/visits/${newId()}/record`, {
        household,
        contact: 'met',
        note: '看了渠',
        // Shortly after midnight: it has passed on whatever day this runs.
        metAt: `${addDays(day, -1)}T16:01:00.000Z`,
      });
    };
    await visit(yesterday);
    await done(admin, `/api/campaigns/${id}/continue`);
    await county.system.freshPolicies(county.county);
    await visit(today);

    const { handed, can } = await page();
    expect(handed).toEqual({
      on: today,
      duties: [{ id: expect.any(String), name: '每月下基层（28 日）', from: today, until: null, inUse: true }],
    });
    expect(can).not.toContain('campaign.continue');
    const duty = handed.duties[0].id as string;

    const mine = (await duties(field)).filter((d) => d.duty === duty);
    expect(mine).toHaveLength(1);
    // A visit of the day before was made when nobody owed it by this duty.
    expect(mine[0]).toMatchObject({ name: '每月下基层（28 日）', done: 1, confidence: 'B', measure: '天' });
    expect([...new Set((mine[0]!['evidence'] as { day: string }[]).map((e) => e.day))]).toEqual([today]);
    expect(mine[0]!['source']).toContain('六访六送六帮');
    expect(mine[0]!['source']).toContain(`由活动“六访六送六帮（去年）”（${addDays(today, -420)} 至 `);
    // In a month that it was owed from its first day, the county's own amount stands, with the 28th and without what was.
    const later = addDays(today, 31);
    const whole = (await duties(field, later)).find((d) => d.duty === duty);
    expect(whole).toMatchObject({ owed: 3, outlook: 'ahead-of-time', missing: 3 });
    expect(whole!['rule']).toContain('每月 3 天');
    expect((whole!['why'] as string[]).join('')).toContain('其中固定的日子');
    expect(whole!['forecast']).toEqual(expect.arrayContaining(['还没开始。']));
    expect((whole!['fixed'] as { original: string }[]).map((f) => f.original.slice(8))).toEqual(['28']);
    // Every other duty stands as it did.
    expect((await duties(field, later)).filter((d) => d.duty !== duty).map((d) => d.duty)).toEqual(
      before.map((d) => d.duty),
    );
    const theirs = (await (await county.as('head')).get('/api/duties/progress?period=month')).body.officials.find(
      (o: { id: string }) => o.id === county.id('field'),
    );
    expect(theirs.duties.filter((d: { duty: string }) => d.duty === duty)).toHaveLength(1);
    expect(theirs.duties.find((d: { duty: string }) => d.duty === duty).done).toBe(1);
    // The handler owes two such days by 下基层, which is less than the three that go on: both stand, each by its own amount.
    expect((await duties(handler, later)).find((d) => d.duty === duty)).toMatchObject({ owed: 3 });

    // The campaign that is over asks nobody for anything and counts nothing more.
    expect(await figures()).toEqual(counted);
    const { campaigns } = (await field.get('/api/campaigns/mine')).body;
    expect(campaigns.map((c: { id: string }) => c.id)).not.toContain(id);

    // The version published for days to come has both: its own change and the duty.
    const [last] = await county.ledger.query<{ document: DutiesPolicy; valid_from: string; source: string }>(
      'test.last',
      `select document, valid_from, source from policy where county = $1 and name = 'duties' order by version desc limit 1`,
      [county.county],
    );
    expect(last!.valid_from).toBe(next);
    expect(last!.document.duties.find((d) => d.id === 'labour')!.amount).toBe(12);
    expect(last!.document.duties.some((d) => d.id === duty)).toBe(true);
    expect((await document()).duties.find((d) => d.id === 'labour')!.amount).toBe(10);

    const again = await admin.post(`/api/campaigns/${id}/continue`);
    expect(again.body).toMatchObject({ refused: 'campaign.handed-over' });

    // A second one that leaves the same to the same people lives on as the duty that stands already.
    const second = await ended('六访六送六帮（又一次）');
    const versions = async () =>
      (await admin.get('/api/policies')).body.find((p: { name: string }) => p.name === 'duties').versions.length;
    const stood = await versions();
    await done(admin, `/api/campaigns/${second}/continue`);
    expect((await admin.get(`/api/campaigns/${second}`)).body.handed.duties).toEqual(handed.duties);
    expect(await versions()).toBe(stood);

    // Ended by whoever publishes the document, and said on the page of the campaign; taken out, said as well.
    const stopped = await document();
    await publish(
      { ...stopped, duties: stopped.duties.map((d) => (d.id === duty ? { ...d, validTo: today } : d)) },
      today,
    );
    expect((await page()).handed.duties).toMatchObject([{ id: duty, until: today }]);
    await publish({ ...stopped, duties: stopped.duties.filter((d) => d.id !== duty) }, today);
    expect((await page()).handed.duties).toEqual([{ id: duty, name: null, from: null, until: null, inUse: false }]);
    expect((await duties(field, later)).some((d) => d.duty === duty)).toBe(false);
  });

  test('[B5] only what each person owes by the month can be a duty; what still runs, or leaves nothing, is not handed over', async () => {
    const refused = async (template: string, from: string) => {
      const id = newId();
      const { root: area } = county.places;
      await done(admin, `/api/campaigns/${id}/start`, { template, name: template, area, from });
      return (await admin.post(`/api/campaigns/${id}/continue`)).body.refused;
    };
    expect(await refused('six-visits', addDays(today, -60))).toBe('campaign.running');
    expect(await refused('secretaries-visit', addDays(today, -420))).toBe('campaign.nothing-after');
    expect(await refused('three-haves', addDays(today, -420))).toBe('campaign.nothing-after');
    expect((await admin.post(`/api/campaigns/${newId()}/continue`)).status).not.toBe(200);
    // Every template that is shipped with something to go on with can be handed over.
    const { duties: list, markets } = DutiesPolicy.parse(dutyPolicies[0]!.standard.document);
    const going = templates.filter((t) => t.handOver !== null);
    expect(going.map((t) => t.code)).toEqual(['six-visits']);
    const ending = {
      campaign: newId(),
      name: '某活动',
      area: newId(),
      from: '2025-01-01',
      until: '2025-12-31',
      since: today,
    };
    for (const plan of going) {
      const into = handedInto({ duties: list, markets }, { ...ending, plan });
      expect(into?.ids).toHaveLength(plan.handOver!.quotas.length);
      const made = into!.document.duties.find((d) => d.id === into!.ids[0])!;
      // 下基层 asks office staff of the county for the same two days: they are not asked twice.
      expect(made.differences).toEqual([
        { who: list.find((d) => d.id === 'grassroots-days')!.who, amount: 0, why: '“下基层”已要求同样的' },
      ]);
      const quota = plan.handOver!.quotas[0]!;
      const other = (over: Partial<Quota>) =>
        handedInto(
          { duties: list, markets },
          { ...ending, plan: { ...plan, handOver: { title: '接着做', quotas: [{ ...quota, ...over }] } } },
        );
      expect(other({ per: 'whole', dates: [] })).toBeUndefined();
      expect(other({ measure: 'villages', dates: [] })).toBeUndefined();
      expect(other({ measure: 'solved', dates: [] })).toBeUndefined();
      expect(other({ measure: 'symposia', dates: [] })!.document.duties.at(-1)).toMatchObject({
        evidence: { kinds: ['symposium'], count: 'entries' },
        differences: [],
      });
      const byTeam = { ...plan, parties: plan.parties.map((p) => ({ ...p, by: 'team' as const })) };
      expect(handedInto({ duties: list, markets }, { ...ending, plan: byTeam })).toBeUndefined();
      // What is switched off, ended, joint, less, or without the 28th asks for something else.
      const grassroots = list.find((d) => d.id === 'grassroots-days')!;
      for (const over of [
        { inUse: false },
        { joint: true },
        { amount: 1 },
        { fixed: [] },
        { period: 'quarter' as const, fixed: [] },
        { validTo: '2026-06-30' },
        { validFrom: addDays(today, 1) },
        { differences: [{ who: { roles: ['clerk' as const] }, amount: 1, why: '少一天' }] },
        { evidence: { ...grassroots.evidence, kinds: ['meeting' as const] } },
        { evidence: { ...grassroots.evidence, count: 'entries' as const }, fixed: [] },
      ]) {
        const changed = { markets, duties: list.map((d) => (d === grassroots ? { ...d, ...over } : d)) };
        const last = handedInto(changed, { ...ending, plan })!.document.duties.at(-1)!;
        expect(last.differences, JSON.stringify(over)).toEqual([]);
      }
    }
  });
});

describe('a duty and a campaign that ask the same days', () => {
  test('[B12] [B5] [B3] are served by one record entered once, and only one of them asks for what is still to do', async () => {
    const id = newId();
    // In its second month the campaign asks two days a month, the 28th among them, as the duty does.
    await done(admin, `/api/campaigns/${id}/start`, {
      template: 'six-visits',
      name: '六访六送六帮（长期）',
      area: county.places.root,
      from: addDays(today, -45),
    });
    const handler = await county.as('handler');
    const both = async () => {
      const { duties } = (await handler.get('/api/duties/mine')).body;
      const { mine } = (await handler.get(`/api/campaigns/${id}/mine`)).body;
      return {
        duty: duties.find((d: { duty: string }) => d.duty === 'grassroots-days'),
        quota: mine.duties.find((d: { code: string }) => d.code === 'grassroots-days'),
        others: mine.duties.filter((d: { code: string }) => d.code !== 'grassroots-days'),
      };
    };
    const before = await both();
    expect(before.duty).toMatchObject({ done: 0 });
    expect(before.quota).toMatchObject({ done: 0, askedBy: '下基层' });
    // What no duty asks is still asked for by the campaign itself.
    for (const other of before.others) expect(other.askedBy).toBeNull();
    const events = async (): Promise<number> =>
      (
        await county.ledger.query<{ n: number }>(
          'test.events',
          `select count(*)::int as n from event where county = $1 and kind like 'labour.%' and kind <> 'labour.confirmed'`,
          [county.county],
        )
      )[0]!.n;
    const written = await events();
    const labour = newId();
    await done(handler, `/api/labours/${labour}/record`, {
      day: today,
      part: 'morning',
      village: county.places.village,
      outputs: [{ kind: '植树', amount: 20 }],
    });
    await done(field, `/api/labours/${labour}/confirm`, {});
    expect((await events()) - written).toBe(1);
    const after = await both();
    expect(after.duty.done).toBe(1);
    expect(after.quota).toMatchObject({ done: 1, askedBy: '下基层' });
    // A village official owes days by the week, not these two: there the campaign asks itself.
    const { mine } = (await field.get(`/api/campaigns/${id}/mine`)).body;
    expect(mine.duties.find((d: { code: string }) => d.code === 'grassroots-days')).toMatchObject({ askedBy: null });
  });
});

describe('a standing institution', () => {
  test('[B5] three haves: of all households, officials and townships how many have theirs, as counted by hand', async () => {
    const id = newId();
    await done(admin, `/api/campaigns/${id}/start`, {
      template: 'three-haves',
      name: '三有两评',
      area: county.places.root,
      from: `${today.slice(0, 7)}-01`,
    });
    const kept = async (): Promise<Record<string, [number, number]>> => {
      const { keeps } = (await admin.get(`/api/campaigns/${id}/figures`)).body;
      return Object.fromEntries(
        keeps.map((k: { code: string; months: { all: number; done: number }[] }) => [
          k.code,
          [k.months[0]!.done, k.months[0]!.all],
        ]),
      );
    };
    const before = await kept();
    // Three are stationed; the two townships have had no meeting.
    expect([before['diaries']![1], before['ledgers']![1], before['review-meetings']]).toEqual([3, 2, [0, 2]]);
    const far = await county.as('farfield');
    const register = async (contact: string | undefined) => {
      const household = newId();
      await done(far, `/api/households/${household}/register`, {
        area: county.places.farGrid,
        address: household,
        ...(contact === undefined ? {} : { contact }),
        residents: [{ id: newId(), name: '李桂英', relation: '户主', bornYear: 1951 }],
      });
      return household;
    };
    const household = await register(county.id('farfield'));
    await done(far, `/api/visits/${newId()}/record`, {
      household,
      contact: 'met',
      note: '聊了收成',
      needs: [],
      promises: [],
      metAt: new Date().toISOString(),
      withWhom: [],
    });
    const after = await kept();
    expect(after['cards']).toEqual([before['cards']![0] + 1, before['cards']![1] + 1]);
    expect(after['diaries']).toEqual([before['diaries']![0] + 1, 3]);
    expect(after['ledgers']).toEqual([before['ledgers']![0] + 1, 2]);
    const [clerk, meeting] = [await county.as('clerk'), newId()];
    await done(clerk, `/api/meetings/${meeting}/call`, {
      template: 'stationed-review',
      unit: county.units.liuhe,
      day: today,
      from: '00:01',
      place: '镇政府',
      chair: county.id('head'),
      recorder: county.id('clerk'),
      invited: [county.id('field')],
    });
    // Called is not held.
    expect((await kept())['review-meetings']).toEqual([0, 2]);
    await done(clerk, `/api/meetings/${meeting}/hold`, {
      present: ['head', 'clerk', 'field'].map((key) => county.id(key)),
      absent: [],
    });
    expect((await kept())['review-meetings']).toEqual([1, 2]);
  });
});
