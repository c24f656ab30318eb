import fc from 'fast-check';
import writeXlsxFile from 'write-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { isRefusal } from '../ledger/decider.ts';
import { idOf, newId } from '../ledger/ids.ts';
import type { History } from '../ledger/ledger.ts';
import { rebuild } from '../ledger/rebuild.ts';
import type { MemberCommand, MemberState } from './model.ts';
import { current, members } from './rules/member.ts';

let county: TestCounty;
let admin: Client;
let head: Client;
const today = dayOf(new Date().toISOString());

beforeAll(async () => {
  county = await startCounty();
  [admin, head] = await Promise.all([county.as('administrator'), county.as('head')]);
});
afterAll(() => county.stop());

const done = async (client: Client, path: string, body: object) => {
  const answer = await client.post(path, body);
  expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(200);
  return answer.body;
};
const refused = async (client: Client, path: string, body: object) => (await client.post(path, body)).body.refused;

const found = async (name: string, more: object = {}): Promise<string> => {
  const id = newId();
  await done(admin, `/api/teams/${id}/found`, {
    parent: null,
    name,
    purpose: '',
    area: county.places.root,
    campaign: null,
    since: '2026-03-01',
    until: null,
    ...more,
  });
  return id;
};
const join = async (official: string, team: string, more: object = {}): Promise<string> => {
  const id = newId();
  await done(admin, `/api/members/${id}/join`, { official, team, role: 'member', since: '2026-03-01', ...more });
  return id;
};

describe('an official’s way through teams', () => {
  test('[A6] whatever is asked, stays follow one another, none overlaps, and none is rewritten', () => {
    const day = fc.integer({ min: 0, max: 60 }).map((n) => addDays('2026-03-01', n));
    const team = fc.constantFrom('a', 'b', 'c');
    const role = fc.constantFrom('leader', 'deputy', 'member');
    const command: fc.Arbitrary<MemberCommand> = fc.oneof(
      fc.record({ kind: fc.constant('member.join' as const), official: fc.constant('o'), team, role, since: day }),
      fc.record({ kind: fc.constant('member.transfer' as const), team, role, since: day, reason: fc.constant('轮换') }),
      fc.record({ kind: fc.constant('member.leave' as const), until: day, reason: fc.constant('期满') }),
    );
    let moved = 0;
    fc.assert(
      fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
        let state: MemberState = members.initial;
        const facts = {
          officialAtWork: true,
          team: { since: '2026-03-01', until: null, ended: false, chain: [] },
          chain: [],
          doubled: false,
          led: false,
        };
        for (const c of commands) {
          const before = state;
          const verdict = members.decide(state, c, facts);
          if (isRefusal(verdict)) continue;
          for (const event of verdict) state = members.evolve(state, event, { actor: 'x', at: '', version: 1 });
          if (c.kind === 'member.transfer') moved += 1;
          // Days of stays that had ended are as they were.
          const ended = before.stays.filter((s) => s.until !== null);
          expect(state.stays.slice(0, ended.length)).toEqual(ended);
          const real = state.stays.filter((s) => s.until === null || s.until >= s.since);
          for (const [i, stay] of real.entries())
            if (i > 0) expect(stay.since > real[i - 1]!.until!, JSON.stringify(real)).toBe(true);
          expect(state.stays.filter((s) => s.until === null).length).toBeLessThanOrEqual(1);
          expect(current(state)?.until ?? null).toBeNull();
        }
      }),
      { numRuns: 1_000, seed: 20_261_126 },
    );
    expect(moved).toBeGreaterThan(100);
  });
});

describe('teams beside the organisation tree', () => {
  test('[A6] a team has groups, members from several units, one leader, a period and places of three kinds', async () => {
    const { places, units } = county;
    const team = await found('第一工作队', { until: '2026-12-31' });
    const group = await found('一组', { parent: team, area: places.liuhe, until: '2026-12-31' });
    const [household, firm] = [newId(), newId()];
    await county.give('unit', firm, {
      kind: 'unit.add',
      parent: null,
      type: 'enterprise',
      name: '清河米业',
      area: places.liuhe,
    });
    await county.give('household', household, {
      kind: 'household.register',
      area: places.otherGrid,
      address: '1 号',
      residents: [{ id: newId(), name: '张桂兰', relation: '户主', bornYear: 1950 }],
    });
    await join(county.id('waterhead'), team, { role: 'leader' });
    await join(county.id('handler'), group, { role: 'leader' });
    await join(county.id('otherhandler'), group, { role: 'deputy' });
    await join(county.id('field'), group);
    for (const [place, target] of [
      ['village', places.village],
      ['household', household],
      ['enterprise', firm],
    ] as const)
      await done(admin, `/api/teams/${group}/take-place`, { place, target, since: '2026-03-01' });

    const { body } = await head.get(`/api/teams/${group}`);
    expect(body).toMatchObject({ name: '一组', parentName: '第一工作队', leaderName: '李强', members: 3, places: 3 });
    expect(new Set(body.memberList.map((m: { unitName: string }) => m.unitName))).toEqual(
      new Set(['水利局', '住建局', '柳河镇人民政府']),
    );
    expect(body.memberList.map((m: { role: string }) => m.role)).toEqual(['leader', 'deputy', 'member']);

    const path = (id: string) => `/api/members/${id}/join`;
    const wants = (more: object) => ({
      official: county.id('clerk'),
      team: group,
      role: 'member',
      since: '2026-03-01',
      ...more,
    });
    expect(await refused(admin, path(newId()), wants({ role: 'leader' }))).toBe('member.led');
    expect(await refused(admin, path(newId()), wants({ official: county.id('field') }))).toBe('member.doubled');
    expect(await refused(admin, path(newId()), wants({ since: '2027-01-01' }))).toBe('member.outside');
    const wrong = { parent: group, name: '小组', purpose: '', area: places.liuhe, campaign: null, since: '2026-03-01' };
    expect(await refused(admin, `/api/teams/${newId()}/found`, { ...wrong, until: null })).toBe('team.group-in-group');
    const late = { ...wrong, parent: team, until: '2027-03-01' };
    expect(await refused(admin, `/api/teams/${newId()}/found`, late)).toBe('team.outside');
    const far = { place: 'village', target: places.farVillage, since: '2026-03-01' };
    expect(await refused(admin, `/api/teams/${group}/take-place`, far)).toBe('team.place-outside');
    expect(await refused(admin, `/api/teams/${group}/take-place`, { ...far, target: units.water })).toBe(
      'team.no-place',
    );
    expect(await refused(admin, `/api/teams/${team}/end`, { until: today })).toBe('team.has-groups');
  });

  test('[A6] a transfer keeps the history on both groups’ pages and on one’s own', async () => {
    const team = await found('第二工作队');
    const [one, two] = [await found('一组', { parent: team }), await found('二组', { parent: team })];
    const member = await join(county.id('otherfield'), one);
    await done(admin, `/api/members/${member}/transfer`, {
      team: two,
      role: 'leader',
      since: '2026-06-10',
      reason: '二组缺组长',
    });
    const own = (await (await county.as('otherfield')).get('/api/teams/mine')).body.stays;
    expect(own).toMatchObject([
      {
        teamName: '二组',
        parentName: '第二工作队',
        role: 'leader',
        since: '2026-06-10',
        until: null,
        reason: '二组缺组长',
      },
      { teamName: '一组', role: 'member', since: '2026-03-01', until: '2026-06-09' },
    ]);
    expect((await head.get(`/api/teams/${one}`)).body).toMatchObject({
      members: 0,
      memberList: [{ name: '赵小兰', until: '2026-06-09' }],
    });
    expect((await head.get(`/api/teams/${two}`)).body).toMatchObject({ members: 1, leaderName: '赵小兰' });
    const again = { team: two, role: 'leader', since: '2026-07-01', reason: '再调一次' };
    expect(await refused(admin, `/api/members/${member}/transfer`, again)).toBe('member.unchanged');
    await done(admin, `/api/members/${member}/leave`, { until: '2026-08-31', reason: '期满回原单位' });
    expect((await head.get(`/api/teams/${two}`)).body.leaderName).toBeNull();
    expect(await refused(admin, `/api/members/${member}/leave`, { until: today, reason: '重复' })).toBe(
      'member.missing',
    );
  });

  test('[A6] a mistake is taken back by the command the answer carries', async () => {
    const team = await found('第三工作队');
    const id = newId();
    const joined = await done(admin, `/api/members/${id}/join`, {
      official: county.id('inspector'),
      team,
      role: 'member',
      since: '2026-03-01',
    });
    const { kind, ...undo } = joined.told.undo;
    await done(admin, `/api/members/${id}/${String(kind).split('.')[1]}`, undo);
    expect((await head.get(`/api/teams/${team}`)).body.memberList).toEqual([]);
    const taken = await done(admin, `/api/teams/${team}/take-place`, {
      place: 'village',
      target: county.places.village,
      since: '2026-03-01',
    });
    const { kind: back, ...place } = taken.told.undo;
    await done(admin, `/api/teams/${team}/${String(back).split('.')[1]}`, place);
    expect((await head.get(`/api/teams/${team}`)).body.placeList).toEqual([]);
  });
});

/** J1: eleven teams, a hundred and forty-four groups, a thousand officials. */
describe('at the scale of a county’s campaign', () => {
  const TEAMS = 11;
  const GROUPS = 144;
  const OFFICIALS = 1_000;
  const VILLAGES = 150;
  let campaign: string;
  let file: Buffer;

  const upload = (path: string, buffer: Buffer, dryRun: boolean) => {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(buffer)], '工作队.xlsx'));
    form.set('dryRun', String(dryRun));
    form.set('campaign', campaign);
    return admin.send('POST', path, { body: form });
  };
  const groupOf = (i: number): number => i % GROUPS;
  const teamOfGroup = (g: number): number => g % TEAMS;
  const villageName = (v: number): string => `试验${v}村`;
  const xlsx = (sheets: { sheet: string; data: (string | null)[][] }[]): Promise<Buffer> =>
    writeXlsxFile(
      sheets.map(({ sheet, data }) => ({ sheet, data: data.map((row) => row.map((value) => ({ value }))) as never })),
    ).toBuffer();

  beforeAll(async () => {
    campaign = newId();
    await done(admin, `/api/campaigns/${campaign}/start`, {
      template: 'villages-firms',
      name: '驻百村、连千企、进万家',
      area: county.places.root,
      from: '2026-03-01',
    });
    const stamp = { actor: 'system:test', at: '2026-01-01T00:00:00.000Z', version: 1 };
    const { root, liuhe } = county.places;
    const history = (record: string, stream: string, event: { kind: string }): History => ({
      county: county.county,
      id: newId(),
      record,
      stream,
      events: [{ ...event, stamp }],
    });
    await county.ledger.take(county.county, [
      ...Array.from({ length: OFFICIALS }, (_, i) =>
        history('official', idOf('campaigner', String(i)), {
          kind: 'official.registered',
          name: `队员${i}`,
          title: '',
          unit: i % 2 === 0 ? county.units.water : county.units.works,
          phone: '',
          code: null,
        } as never),
      ),
      ...Array.from({ length: VILLAGES }, (_, v) =>
        history('area', idOf('village', String(v)), {
          kind: 'area.added',
          parent: liuhe,
          above: [root, liuhe],
          level: 'village',
          type: '村',
          name: villageName(v),
          code: `9901011019${String(v).padStart(3, '0')}`,
        } as never),
      ),
      ...Array.from({ length: VILLAGES * 2 }, (_, h) =>
        history('household', idOf('home', String(h)), {
          kind: 'household.registered',
          chain: [root, liuhe, idOf('village', String(h % VILLAGES))],
          address: `${h} 号`,
          contact: h % 7 === 0 ? null : county.id('field'),
          residents: [],
        } as never),
      ),
    ]);
    const name = (t: number): string => `第${t + 1}队`;
    file = await xlsx([
      {
        sheet: '队和组',
        data: [
          ['工作队', '工作组', '区域', '任务', '起', '止'],
          ...Array.from({ length: GROUPS }, (_, g) => [
            name(teamOfGroup(g)),
            `${g + 1}组`,
            '清河县',
            null,
            '2026-03-01',
            '2026-12-31',
          ]),
          ...Array.from({ length: TEAMS }, (_, t) => [name(t), null, '清河县', '驻村', '2026-03-01', '2026-12-31']),
        ],
      },
      {
        sheet: '队员',
        data: [
          ['工作队', '工作组', '姓名', '电话', '职责', '起'],
          ...Array.from({ length: OFFICIALS }, (_, i) => {
            const g = groupOf(i);
            return [name(teamOfGroup(g)), `${g + 1}组`, `队员${i}`, null, i < GROUPS - 4 ? '组长' : '组员', null];
          }),
        ],
      },
      {
        sheet: '驻点',
        data: [
          ['工作队', '工作组', '类别', '地点'],
          ...Array.from({ length: GROUPS - 6 }, (_, g) => [name(teamOfGroup(g)), `${g + 1}组`, '村', villageName(g)]),
        ],
      },
    ]);
  });

  test('[A6] a file brings 11 teams, 144 groups and 1,000 officials in; brought again it changes nothing', async () => {
    const preview = await upload('/api/teams/import', file, true);
    expect(preview.body).toMatchObject({ done: false, faultCount: 0, added: TEAMS + GROUPS + OFFICIALS, changed: 0 });
    const taken = await upload('/api/teams/import', file, false);
    expect(taken.body).toMatchObject({ done: true, faultCount: 0, overtaken: [] });
    const { teams } = (await head.get(`/api/teams?campaign=${campaign}`)).body;
    expect(teams.length).toBe(TEAMS);
    expect(teams.reduce((n: number, t: { groups: number }) => n + t.groups, 0)).toBe(GROUPS);
    const again = await upload('/api/teams/import', file, true);
    expect(again.body).toMatchObject({ faultCount: 0, added: 0, changed: 0 });
  });

  test('[A6] what cannot be taken is reported at its cell, and a file to mend comes back', async () => {
    const bad = await xlsx([
      {
        sheet: '队和组',
        data: [
          ['工作队', '工作组', '区域', '起'],
          ['外县队', null, '没有这个镇', '2026-03-01'],
          ['第1队', '新组', '清河县', '三月一日'],
        ],
      },
      {
        sheet: '队员',
        data: [
          ['工作队', '工作组', '姓名', '职责'],
          ['第1队', '1组', '没有此人', '组员'],
          ['第1队', '1组', '队员3', '总指挥'],
          ['第1队', '1组', '队员2', '组长'],
        ],
      },
    ]);
    const { body } = await upload('/api/teams/import', bad, true);
    expect(
      body.faults.map((f: { sheet: string; row: number; column: { header: string } }) => [
        f.sheet,
        f.row,
        f.column.header,
      ]),
    ).toEqual([
      ['队和组', 2, '区域'],
      ['队和组', 3, '起'],
      ['队员', 2, '姓名'],
      ['队员', 3, '职责'],
      ['队员', 4, '职责'],
    ]);
    const report = await upload('/api/teams/import/report', bad, true);
    expect(report.headers.get('content-type')).toContain('sheet');
  });

  test('[A6] a changed file moves somebody to another group, with the day', async () => {
    // 队员999 is in group 136 of the fourth team; group 4 is one of that team's.
    const moved = await xlsx([
      {
        sheet: '队员',
        data: [
          ['工作队', '工作组', '姓名', '职责', '起'],
          ['第4队', '4组', '队员999', '组员', '2026-05-01'],
          ['第7队', '4组', '队员998', '组员', '2026-05-01'],
        ],
      },
    ]);
    const { body } = await upload('/api/teams/import', moved, false);
    // Group 4 is not one of the seventh team's.
    expect(body).toMatchObject({ changed: 1, faultCount: 1, overtaken: [] });
    const stays = await county.ledger.query<{ name: string; since: string; until: string | null }>(
      'test.stays',
      `select t.name, m.since, m.until from team_member m join team t on t.county = m.county and t.id = m.team
        where m.county = $1 and m.official = $2 order by m.place`,
      [county.county, idOf('campaigner', '999')],
    );
    expect(stays).toEqual([
      { name: '136组', since: '2026-03-01', until: '2026-04-30' },
      { name: '4组', since: '2026-05-01', until: null },
    ]);
  });

  test('[A6] [A3] the check at campaign scale agrees with counting by hand, each gap with its denominator', async () => {
    const { body } = await head.get(`/api/teams/coverage?campaign=${campaign}&area=${county.places.liuhe}`);
    const check = (code: string) => body.checks.find((c: { code: string }) => c.code === code);
    const other = (
      await county.ledger.query<{ villages: number }>(
        'test.before',
        `select count(*)::int as villages from area where county = $1 and level = 'village' and not closed and $2 = any(chain)`,
        [county.county, county.places.liuhe],
      )
    )[0]!;
    // A county's teams reach the township's villages; they are not the township's own.
    expect(check('village-group')).toMatchObject({ total: other.villages, missing: other.villages - (GROUPS - 6) });
    expect(check('team-leader')).toMatchObject({ total: 0, missing: 0 });
    const whole = (await head.get(`/api/teams/coverage?campaign=${campaign}`)).body;
    const of = (code: string) => whole.checks.find((c: { code: string }) => c.code === code);
    const placed = GROUPS - 6;
    const homes = Array.from({ length: VILLAGES * 2 }, (_, h) => h);
    const reached = homes.filter((h) => h % VILLAGES < placed);
    const allHomes = (
      await county.ledger.query<{ n: number }>(
        'test.homes',
        'select count(*)::int as n from household where county = $1 and not moved',
        [county.county],
      )
    )[0]!.n;
    expect(of('village-group')).toMatchObject({ total: other.villages + 1, missing: other.villages + 1 - placed });
    expect(of('household-group')).toMatchObject({ total: allHomes, missing: allHomes - reached.length });
    expect(of('household-contact')).toMatchObject({
      total: reached.length,
      missing: reached.filter((h) => h % 7 === 0).length,
    });
    expect(of('team-leader')).toMatchObject({ total: TEAMS + GROUPS, missing: TEAMS + 4 });
    expect(of('group-place')).toMatchObject({ total: GROUPS, missing: 6 });
    expect(of('group-members')).toMatchObject({ total: GROUPS, missing: 0 });
    const gaps = (await head.get(`/api/teams/coverage/village-group?campaign=${campaign}&limit=200`)).body.gaps;
    expect(gaps.length).toBe(of('village-group').missing);
    expect(gaps.map((x: { name: string }) => x.name)).toEqual(expect.arrayContaining([villageName(VILLAGES - 1)]));
  });

  test('[A6] rebuilding gives the same rows', async () => {
    const rows = async () =>
      await county.ledger.query(
        'test.rows',
        `select 'team' as of, id::text, to_jsonb(t) as row from team t union all
         select 'member', id::text || place, to_jsonb(m) from team_member m union all
         select 'place', team::text || target || since, to_jsonb(p) from team_place p order by 1, 2`,
        [],
      );
    const before = await rows();
    await rebuild(county.database.pool, county.ledger, county.county, await county.system.policies(county.county));
    expect(await rows()).toEqual(before);
  });
});
