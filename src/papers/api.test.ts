import { unzipSync, strFromU8 } from 'fflate';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { records } from '../app/features.ts';
import { reactions } from '../app/reactions.ts';
import { dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { Ledger } from '../ledger/ledger.ts';
import { fingerprint, rebuild } from '../ledger/rebuild.ts';
import { sealAll, verifyCounty } from '../ledger/seal.ts';
import { sha256 } from '../ledger/vault.ts';
import { accepted as acceptedOf, letter as letterOf, opinion as opinionOf } from '../reviews/testing.ts';
import { forgetMatters } from '../matters/retention.ts';
import { forgetHouseholds } from '../residents/retention.ts';
import { erasePapers } from './erase.ts';
import { paperFor as testPaper } from './testing.ts';

// Fonts are unpacked with the first paper, on a busy machine slowly.
vi.setConfig({ testTimeout: 90_000 });

const NAME = '欧阳丽';
const PHONE = '13987651234';

let county: TestCounty;
let clerk: Client;
let handler: Client;
beforeAll(async () => {
  county = await startCounty();
  [clerk, handler] = await Promise.all([county.as('clerk'), county.as('handler')]);
});
afterAll(() => county.stop());

const textOf = async (bytes: Uint8Array): Promise<string> =>
  (await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })).text.replace(/\s+/g, '');
const wordsOf = (docx: Uint8Array): string =>
  [...strFromU8(unzipSync(docx)['word/document.xml']!).matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map((m) => m[1]).join('');

/** Page numbers the index gives for these titles, read off the places of its words. */
async function indexOf(document: Awaited<ReturnType<typeof getDocumentProxy>>, titles: readonly string[]) {
  const { items } = await (await document.getPage(2)).getTextContent();
  const words = items.flatMap((item) =>
    'str' in item
      ? [{ text: item.str, x: item.transform[4] as number, y: Math.round(item.transform[5] as number) }]
      : [],
  );
  return new Map(
    titles.flatMap((title) => {
      const row = words.find(({ text }) => text === title);
      const last = words.filter(({ text, y }) => y === row?.y && /^\d+$/.test(text)).toSorted((p, q) => q.x - p.x)[0];
      return last === undefined ? [] : [[title, Number(last.text)] as const];
    }),
  );
}

async function matter(more: Record<string, unknown> = {}): Promise<string> {
  const id = newId();
  await done(
    clerk.post(`/api/matters/${id}/register`, {
      channel: 'letter',
      subject: '村东头机耕路积水',
      body: '一下雨农机就进不去，要求修路、疏通排水沟。',
      area: county.places.grid,
      reporter: { name: NAME, phone: PHONE },
      ...more,
    }),
  );
  await done(clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water }));
  return id;
}

const act = (id: string, by: Client, verb: string, body: object = {}) =>
  done(by.post(`/api/matters/${id}/${verb}`, body));
/** Taken on by the unit and accepted in writing. */
async function accepted(more: Record<string, unknown> = {}): Promise<string> {
  const id = await matter(more);
  const people = { leader: county.id('waterhead'), handler: county.id('handler') };
  await act(id, handler, 'acknowledge', { ...people, measures: '勘察以后修路疏沟' });
  await act(id, handler, 'accept');
  return id;
}
const ANSWER = {
  answer: '路面已经铺砂石，排水沟三处堵塞全部疏通。',
  outcome: 'supported',
  findings: '排水沟堵塞三处，情况属实。',
  basis: '《农村公路养护管理办法》',
};
async function answered(more: Record<string, unknown> = {}): Promise<string> {
  const id = await accepted(more);
  await act(id, handler, 'dispose', { disposition: 'solvable', cause: '经勘察，情况属实。' });
  await act(id, handler, 'resolve', ANSWER);
  return id;
}
const refusal = { ground: 'court', reason: '补偿的争议已经由法院立案。', where: '县人民法院' };

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly number: string;
  readonly serial: number;
  readonly unit: string;
  readonly version: number;
  readonly way: string | null;
  readonly receivedOn: string | null;
}
const papersOf = async (by: Client, id: string): Promise<Listed[]> =>
  (await done(by.get(`/api/matters/${id}/papers`))).body.papers;
const of = async (by: Client, id: string): Promise<Listed[]> =>
  (await done(by.get(`/api/papers?of=${id}`))).body.papers;
const paperOf = async (by: Client, id: string, kind: string): Promise<Listed> => {
  const found = (await papersOf(by, id)).find((p) => p.kind === kind);
  expect(found, kind).toBeDefined();
  return found!;
};
const pdfOf = async (by: Client, paper: { id: string }): Promise<string> =>
  await textOf((await done(by.get(`/api/papers/${paper.id}/pdf`))).body);
const rehearse = (by: Client, id: string, command: { kind: string } & Record<string, unknown>) =>
  by.post('/api/papers/rehearse', { record: command.kind.split('.')[0], id, command });
const holds = (text: string, ...words: string[]) => {
  for (const one of words) expect(text).toContain(one.replaceAll(/\s/g, ''));
};

describe('papers of a petition', () => {
  test('[L7] [C5] one act, one number, one paper: drawn from what the act recorded, shown beside it before, kept after', async () => {
    const id = await matter();
    const people = { leader: county.id('waterhead'), handler: county.id('handler') };
    await act(id, handler, 'acknowledge', { ...people, measures: '勘察以后修路疏沟' });
    // Before the act: the paper it would give, with the number it would take; asking twice takes none.
    const note = '下周二上午去现场，请您在家。';
    const before = (await done(rehearse(handler, id, { kind: 'matter.accept', note }))).body;
    expect((await done(rehearse(handler, id, { kind: 'matter.accept' }))).body.number).toBe(before.number);
    expect(before.number).toMatch(/^水利局受告〔\d{4}〕1号$/);
    expect(before.svg).toHaveLength(before.pages);
    expect(before.svg.join('')).toContain('盖章处');
    expect(before.lacking).toEqual([]);
    expect((await papersOf(handler, id)).map((p) => p.kind)).toEqual(['forwarding']);
    await act(id, handler, 'accept', { note });
    const paper = await paperOf(handler, id, 'acceptance');
    expect(paper.number).toBe(before.number);
    // The same number in the matter's own page, and nowhere another.
    const { body: page } = await done(handler.get(`/api/matters/${id}`));
    const own = page.papers.find((p: { kind: string }) => p.kind === 'acceptance');
    expect([own.number, own.version]).toEqual([paper.number, paper.version]);
    const { rows } = await county.database.pool.query<{ n: number }>(
      'select count(*)::int as n from served_paper where county = $1 and matter = $2',
      [county.county, id],
    );
    expect(rows[0]!.n).toBe(2);

    const pdf = await done(handler.get(`/api/papers/${paper.id}/pdf`));
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    const text = await textOf(pdf.body);
    holds(text, '信访事项受理告知书', paper.number, `${NAME}：`, '一下雨农机就进不去', '水利局', '联系人李强', note);
    const due = own.fields.until as string;
    holds(text, `${Number(due.slice(0, 4))}年${Number(due.slice(5, 7))}月${Number(due.slice(8))}日以前作出处理意见`);
    const docx = await done(handler.get(`/api/papers/${paper.id}/docx`));
    expect(wordsOf(docx.body)).toContain(paper.number);
    // What is handed out is what was recorded, however often, also by many at once.
    const again = await Promise.all([1, 2, 3].map(() => handler.get(`/api/papers/${paper.id}/pdf`)));
    const hashed = (bytes: Uint8Array) => sha256(Buffer.from(bytes)).toString('hex');
    for (const one of again) expect(hashed(one.body)).toBe(hashed(pdf.body));
    const { body: shown } = await done(handler.get(`/api/papers/${paper.id}`));
    expect([shown.pdfHash, shown.docxHash]).toEqual([hashed(pdf.body), hashed(docx.body)]);
    expect(shown).toMatchObject({ issuedBy: '李强', open: 'open', can: [] });
    expect((await done(handler.get(`/api/papers/${paper.id}/print`))).body).toContain('<svg');
    const { rows: files } = await county.database.pool.query('select from file where county = $1 and stream = $2', [
      county.county,
      paper.id,
    ]);
    expect(files).toHaveLength(2);

    // No way to a second number of the act, nor to its taking back.
    for (const subject of [
      { kind: 'matter', id },
      { kind: 'review', id },
      { kind: 'order', id },
    ]) {
      const answer = await handler.post(`/api/papers/${newId()}/issue`, { subject });
      expect([answer.status, answer.body.refused]).toEqual([404, 'access.denied']);
    }
    expect((await handler.post(`/api/papers/${paper.id}/void`, { reason: '想换一个号' })).body.refused).toBe(
      'paper.act-stands',
    );
    expect((await handler.post(`/api/matters/${id}/accept`, {})).body.refused).toBe('petition.accepted');
  });

  test('[L7] [C5] a wrong word is corrected and a wrong opinion taken back by papers that name it: the old one stays, marked, its number is not used again', async () => {
    const id = await answered();
    const old = await paperOf(handler, id, 'opinion');
    const before = await pdfOf(handler, old);
    const served = async (kind: string, on = dayOf(new Date().toISOString())) => {
      const { papers } = (await done(handler.get(`/api/matters/${id}`))).body;
      const { version } = papers.findLast((p: { kind: string }) => p.kind === kind);
      return await handler.post(`/api/matters/${id}/serve`, { paper: version, way: 'handed', on, receiver: NAME });
    };
    await done(served('opinion'));
    const page = async () => (await done(handler.get(`/api/matters/${id}`))).body;
    expect((await page()).remedy).toMatchObject({ level: 'review' });
    const of = (await page()).papers.find((p: { kind: string }) => p.kind === 'opinion').version;
    // A letter to a unit, what is not there, and no reason at all.
    for (const [body, refused] of [
      [{ paper: 9_999, correction: '原文“三处”，应为“两处”', reason: '数错了' }, 'input.invalid'],
      [{ paper: 9_999, correction: '原文“三处”，应为“两处”', reason: '现场数错了' }, 'served.unknown'],
    ] as const)
      expect((await handler.post(`/api/matters/${id}/correct-paper`, body)).body.refused).toBe(refused);
    const wrong = { paper: of, correction: '原文“堵塞三处”，应为“堵塞两处”。', reason: '核对施工记录时发现数错。' };
    const shown = (await done(rehearse(handler, id, { kind: 'matter.correct-paper', ...wrong }))).body;
    await act(id, handler, 'correct-paper', wrong);
    const correction = await paperOf(handler, id, 'correction');
    expect(correction.number).toBe(shown.number);
    holds(await pdfOf(handler, correction), '关于更正《处理意见书》的通知书', old.number, '应为“堵塞两处”', '数错');
    // The decision stands, its remedy runs on, and the correction is owed to the person.
    expect(await page()).toMatchObject({ status: 'resolved', remedy: { level: 'review' } });
    expect((await page()).owed.map(({ name }: { name: string }) => name)).toContain('更正通知书送达');
    await done(served('correction'));

    // Only the head takes an opinion back, with a reason.
    const revoke = { reason: '漏了一段路，结论不完整。' };
    expect((await handler.post(`/api/matters/${id}/revoke-opinion`, revoke)).body.refused).toBe(
      'petition.revoke-not-head',
    );
    const head = await county.as('waterhead');
    expect((await head.post(`/api/matters/${id}/revoke-opinion`, {})).status).toBe(422);
    await act(id, head, 'revoke-opinion', revoke);
    const revocation = await paperOf(handler, id, 'revocation');
    holds(
      await pdfOf(handler, revocation),
      '关于撤销《处理意见书》的通知书',
      old.number,
      '自始不发生效力',
      '漏了一段路',
    );
    expect(await page()).toMatchObject({
      status: 'handling',
      remedy: null,
      opinion: null,
      clock: { remaining: { late: false } },
    });
    expect((await head.post(`/api/matters/${id}/revoke-opinion`, revoke)).body.refused).toMatch(/^(matter|petition)\./);
    expect((await handler.post(`/api/matters/${id}/correct-paper`, wrong)).body.refused).toBe('petition.paper-revoked');

    await act(id, handler, 'resolve', { ...ANSWER, findings: '排水沟堵塞两处，还有一段路没有铺，现已铺好。' });
    const opinions = (await papersOf(handler, id)).filter(({ kind }) => kind === 'opinion');
    expect(new Set(opinions.map(({ number }) => number)).size).toBe(2);
    const fresh = opinions.find(({ id: one }) => one !== old.id)!;
    holds(await pdfOf(handler, fresh), `（${old.number}）已经撤销，以本意见为准`);
    // The old one is what it was, to the letter, and says what became of it wherever it is listed.
    expect(await pdfOf(handler, old)).toBe(before);
    const { body: one } = await done(handler.get(`/api/papers/${old.id}`));
    expect(one.righted).toMatchObject({ how: 'revoked', by: revocation.id, number: revocation.number });
    expect((await done(handler.get('/api/papers'))).body.papers.find((p: Listed) => p.id === old.id).righted.how).toBe(
      'revoked',
    );
    expect(
      (await page()).papers.map((p: { righted: string | null }) => p.righted).filter((r: unknown) => r !== null),
    ).toEqual(['revoked']);
    // The time to ask for a review runs from the new one alone.
    await done(served('opinion'));
    expect((await page()).remedy).toMatchObject({ level: 'review' });
    const { rows } = await county.database.pool.query<{ serial: number; n: string }>(
      `select serial, count(*) as n from served_paper where county = $1 and unit = $2 and series = 'opinion' group by serial order by serial`,
      [county.county, county.units.water],
    );
    expect(rows.map(({ serial, n }) => [serial, Number(n)])).toEqual(rows.map((_, i) => [i + 1, 1]));
  });

  test('[L7] [C5] every act’s paper says what the act recorded: letter, refusal, extension, opinion with remedy, term and service', async () => {
    const id = await matter();
    const letter = await paperOf(clerk, id, 'forwarding');
    expect(letter.number).toMatch(/^柳河镇人民政府转〔\d{4}〕\d+号$/);
    const letterText = await pdfOf(clerk, letter);
    holds(letterText, '关于转送“村东头机耕路积水”信访事项的函', '水利局：', '15日内决定是否受理');
    expect(letterText).not.toContain(NAME);
    const people = { leader: county.id('waterhead'), handler: county.id('handler') };
    await act(id, handler, 'acknowledge', { ...people, measures: '勘察以后修路疏沟' });
    await act(id, handler, 'accept');
    await act(id, handler, 'ask-extension', { days: 10, reason: '要等雨季过去才能施工' });
    await act(id, await county.as('leader'), 'decide-extension', { grant: true });
    holds(await pdfOf(handler, await paperOf(handler, id, 'extension')), '延长10日', '要等雨季过去才能施工');
    await act(id, handler, 'dispose', { disposition: 'solvable', cause: '经勘察，情况属实。' });
    // What the law wants written is asked by the act: without it there is no paper, beside the form as at the act itself.
    expect((await rehearse(handler, id, { kind: 'matter.resolve', answer: ANSWER.answer })).body.refused).toBe(
      'petition.outcome-missing',
    );
    await act(id, handler, 'resolve', ANSWER);
    const opinion = await paperOf(handler, id, 'opinion');
    holds(
      await pdfOf(handler, opinion),
      opinion.number,
      '排水沟堵塞三处',
      '予以支持。路面已经铺砂石',
      '《农村公路养护管理办法》',
      '自收到之日起30日内，向县人民政府信访事项复查复核委员会书面提出复查申请',
    );
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await act(id, handler, 'serve', { paper: opinion.version, way: 'handed', on: today, receiver: NAME });
    expect(await paperOf(handler, id, 'opinion')).toMatchObject({ receivedOn: today, way: '当面送达，本人签收' });

    const other = await matter();
    const refused = await done(rehearse(handler, other, { kind: 'matter.refuse', ...refusal }));
    await act(other, handler, 'refuse', refusal);
    const no = await paperOf(handler, other, 'refusal');
    expect(no.number).toBe(refused.body.number);
    holds(
      await pdfOf(handler, no),
      '决定不予受理',
      '已经或者依法应当通过诉讼',
      '已经由法院立案。',
      '请向县人民法院提出。',
    );
  });

  test('[L7] numbers have no gaps and no twins, however many act at once in two processes, whatever is refused', async () => {
    const other = await county.as('otherhandler');
    const ids = await Promise.all(Array.from({ length: 16 }, () => matter()));
    // A second process on the same database.
    const second = new Ledger({
      pool: county.database.pool,
      vault: county.system.vault,
      types: records,
      policies: county.system.policies,
      react: reactions,
    });
    const elsewhere = (id: string, command: { kind: string }) =>
      second.execute({
        county: county.county,
        id: newId(),
        record: 'matter',
        stream: id,
        command,
        at: new Date().toISOString(),
        actor: county.id('handler'),
        units: [county.units.water],
        permit: () => true,
      });
    const start = await serials('refusal');
    const answers = await Promise.all(
      ids.flatMap((id, i): Promise<unknown>[] => [
        // Refused: by the rules, by access, and done a second time.
        handler.post(`/api/matters/${id}/refuse`, { ground: 'court', reason: '没有写到哪里去办。' }),
        other.post(`/api/matters/${id}/refuse`, refusal),
        i % 2 === 0
          ? handler.post(`/api/matters/${id}/refuse`, refusal)
          : elsewhere(id, { kind: 'matter.refuse', ...refusal } as { kind: string }),
        rehearse(handler, id, { kind: 'matter.refuse', ...refusal }),
      ]),
    );
    expect(answers).toHaveLength(64);
    const after = await serials('refusal');
    expect(after).toHaveLength(start.length + 16);
    expect(after).toEqual(after.map((_, i) => i + 1));
    const { rows } = await county.database.pool.query<{ numbers: number; all: number }>(
      `select count(distinct number)::int as numbers, count(*)::int as all from served_paper where county = $1`,
      [county.county],
    );
    expect(rows[0]!.numbers).toBe(rows[0]!.all);
    // A reaction's commands go with the one that caused them: merged matters answered as one take numbers one after the other.
    await sealAll(county.database.pool, county.county);
    expect((await verifyCounty(county.database.pool, county.county)).faults).toEqual([]);
  });
  const serials = async (kind: string): Promise<number[]> => {
    const { rows } = await county.database.pool.query<{ serial: number }>(
      'select serial from served_paper where county = $1 and kind = $2 and unit = $3 order by serial',
      [county.county, kind, county.units.water],
    );
    return rows.map(({ serial }) => serial);
  };

  test('[L7] [C19] who spoke in confidence stands on no letter to a unit, in no file name, and on nothing the unit opens', async () => {
    const id = await answered({ reporter: { name: NAME, phone: PHONE, confidential: true } });
    const letter = await paperOf(clerk, id, 'forwarding');
    const file = await done(handler.get(`/api/papers/${letter.id}/pdf`));
    expect(await textOf(file.body)).not.toContain(NAME);
    expect(decodeURIComponent(file.headers.get('content-disposition')!)).not.toContain(NAME);
    for (const kind of ['acceptance', 'opinion']) {
      const paper = await paperOf(handler, id, kind);
      // The unit sees its own paper without the name, and gets no file of it.
      const { body } = await done(handler.get(`/api/papers/${paper.id}`));
      expect(body.open).toBe('masked');
      expect(body.svg.length).toBeGreaterThan(0);
      expect(body.svg.join('')).toContain('要求保密的反映人');
      expect(JSON.stringify(body)).not.toMatch(new RegExp(`${NAME}|${PHONE}`));
      for (const form of ['pdf', 'docx', 'print'])
        expect((await handler.get(`/api/papers/${paper.id}/${form}`)).status).toBe(404);
      // The desk that serves it has it whole, under a name that tells nothing.
      const whole = await done(clerk.get(`/api/papers/${paper.id}/pdf`));
      expect(await textOf(whole.body)).toContain(`${NAME}：`);
      expect(decodeURIComponent(whole.headers.get('content-disposition')!)).not.toContain(NAME);
    }
    const other = await matter({ reporter: { name: NAME, phone: PHONE, confidential: true } });
    const tried = await done(rehearse(handler, other, { kind: 'matter.refuse', ...refusal }));
    expect(JSON.stringify(tried.body)).not.toMatch(new RegExp(`${NAME}|${PHONE}`));
    const dossier = await done(handler.get(`/api/matters/${id}/dossier`));
    const text = await textOf(dossier.body);
    expect(text).not.toMatch(new RegExp(`${NAME}|${PHONE}`));
    expect(text).toContain('写有要求保密的反映人');
    expect(await textOf((await done(clerk.get(`/api/matters/${id}/dossier`))).body)).toContain(`${NAME}：`);
    const register = JSON.stringify((await done(handler.get('/api/papers'))).body);
    expect(register).not.toMatch(new RegExp(`${NAME}|${PHONE}`));
    for (const key of ['otherhandler', 'farclerk', 'farfield', 'field'])
      expect((await (await county.as(key)).get(`/api/papers/${letter.id}`)).status).toBe(404);
  });

  test('[L7] a character no font has is told beside the form, and stands as the printers’ sign', async () => {
    const id = await matter({ reporter: { name: '𠮷䶮' } });
    const tried = await done(rehearse(handler, id, { kind: 'matter.refuse', ...refusal }));
    expect(tried.body.lacking.toSorted()).toEqual(['䶮', '𠮷'].toSorted());
    await act(id, handler, 'refuse', refusal);
    const paper = await paperOf(handler, id, 'refusal');
    expect((await done(handler.get(`/api/papers/${paper.id}`))).body.lacking).toHaveLength(2);
    expect(wordsOf((await done(handler.get(`/api/papers/${paper.id}/docx`))).body)).toContain('𠮷䶮');
  });

  test('[L7] papers of before still read: acts numbered by the county, papers issued beside them', async () => {
    const id = await answered();
    const at = new Date().toISOString();
    const old = newId();
    await county.ledger.take(county.county, [
      {
        county: county.county,
        id: newId(),
        record: 'paper',
        stream: old,
        events: [
          {
            kind: 'paper.issued',
            paperKind: 'not-accepted',
            number: { word: '水利局不受告', year: 2025, serial: 4 },
            series: 'not-accepted',
            unit: county.units.water,
            dated: '2025-11-06',
            namesReporter: false,
            of: { chain: [county.places.root], units: [county.units.water], matter: id, subject: 'matter', record: id },
            pages: 1,
            files: [
              { id: newId(), hash: '0'.repeat(64) },
              { id: newId(), hash: '1'.repeat(64) },
            ],
            hashes: { pdf: 'a'.repeat(64), docx: 'b'.repeat(64) },
            personal: {
              paper: { ...testPaper({ kind: 'refusal' }), number: { word: '水利局不受告', year: 2025, serial: 4 } },
            },
            stamp: { actor: county.id('handler'), at, version: 1 },
          } as never,
        ],
      },
    ]);
    const { body } = await done(handler.get(`/api/papers/${old}`));
    expect(body).toMatchObject({ name: '不予受理告知书', number: '水利局不受告〔2025〕4号', pages: 1, open: 'open' });
    expect(body.can).toEqual(['paper.void']);
    expect((await papersOf(handler, id)).map((p) => p.id)).toContain(old);
    // An act of before there was a place of its number: drawn with the number it has.
    const { rows } = await county.database.pool.query<{ version: number }>(
      `update event set data = jsonb_set(data #- '{paper,place}', '{paper,number}', '"信受〔2025〕7 号"')
        where county = $1 and stream = $2 and kind = 'matter.accepted' returning version`,
      [county.county, id],
    );
    await rebuild(county.database.pool, county.ledger, county.county, await county.system.policies(county.county));
    const paper = (await papersOf(handler, id)).find((p) => p.version === rows[0]!.version)!;
    expect([paper.number, paper.serial]).toEqual(['信受〔2025〕7 号', null]);
    expect(await pdfOf(handler, paper)).toContain('信受〔2025〕7号');
  });
});

describe('papers of other acts', () => {
  test('[L7] [C13] the review’s answer and the re-review’s: the organ, the opinion they look at, the remedy, and who must not see it', async () => {
    const told = await letterOf(county);
    await acceptedOf(county, told);
    await opinionOf(county, told);
    const [countyclerk, leader] = [await county.as('countyclerk'), await county.as('leader')];
    const review = newId();
    await done(clerk.post(`/api/reviews/${review}/ask`, { matter: told.id, words: '台账上的签名不是我签的' }));
    await done(countyclerk.post(`/api/reviews/${review}/accept`, { reviewer: county.id('countyclerk') }));
    const answer = {
      outcome: 'upheld',
      findings: '笔迹经当事人当面核对，为其丈夫代签。',
      basis: '县水利工程占地补偿办法第六条',
      text: '补偿款确已由您丈夫代领，维持原处理意见。',
    };
    const tried = await done(rehearse(countyclerk, review, { kind: 'review.answer', ...answer }));
    await done(countyclerk.post(`/api/reviews/${review}/answer`, answer));
    const [paper] = await of(countyclerk, review);
    expect(paper!.number).toBe(tried.body.number);
    const opinion = (await papersOf(countyclerk, told.id)).find((p) => p.kind === 'opinion')!;
    holds(
      await pdfOf(countyclerk, paper!),
      '信访事项复查意见书',
      `水利局作出的处理意见（${opinion.number}）`,
      '台账上的签名不是我签的',
      '维持。补偿款确已由您丈夫代领',
      '向上一级人民政府信访事项复查复核委员会书面提出复核申请',
      '县人民政府信访事项复查复核委员会',
    );
    // Whoever handled it learns of it in no list, no paper and no file.
    expect((await handler.get(`/api/papers/${paper!.id}`)).status).toBe(404);
    expect(JSON.stringify((await done(handler.get('/api/papers'))).body)).not.toContain(paper!.id);
    expect((await papersOf(handler, told.id)).map((p) => p.kind)).not.toContain('review');
    const theirs = await textOf((await done(handler.get(`/api/matters/${told.id}/dossier`))).body);
    expect(theirs).not.toContain('笔迹经当事人');
    expect(theirs).toContain('复查的材料：由县人民政府信访事项复查复核委员会保管');
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await done(
      countyclerk.post(`/api/reviews/${review}/serve`, {
        paper: paper!.version,
        way: 'handed',
        on: today,
        receiver: '陈秀英',
      }),
    );
    const again = newId();
    await done(clerk.post(`/api/reviews/${again}/ask`, { matter: told.id, words: '我丈夫当时在外地，有车票' }));
    await done(leader.post(`/api/reviews/${again}/accept`, { reviewer: county.id('leader') }));
    await done(leader.post(`/api/reviews/${again}/answer`, { ...answer, text: '车票是次日的，维持复查意见。' }));
    const [last] = await of(leader, again);
    holds(
      await pdfOf(leader, last!),
      `作出的复查意见（${paper!.number}）`,
      '本意见为信访事项的最终处理意见',
      '上一级人民政府信访事项复查复核委员会',
    );
    // [C20] The whole file has both, each with its request and its proof of service.
    const whole = await textOf((await done(leader.get(`/api/matters/${told.id}/dossier`))).body);
    holds(whole, '请求复查', '请求复核', paper!.number, last!.number, '送达回证（复查意见书）', '签收人陈秀英');
  });

  test('[L7] [C15] an order’s number is its paper’s: supervision order with red head, letter of assignment; shown before it is given', async () => {
    const inspector = await county.as('inspector');
    const order = newId();
    const given = {
      form: 'supervision',
      source: 'inspectorate',
      from: '县委督查室',
      text: '村东头机耕路积水，群众反映三次。查明原因，一次修好。',
      unit: county.units.water,
      due: new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10),
    };
    const tried = await done(rehearse(inspector, order, { kind: 'order.issue', ...given }));
    expect(tried.body.name).toBe('督办单');
    await done(inspector.post(`/api/orders/${order}/issue`, given));
    const [paper] = await of(inspector, order);
    const { body } = await done(inspector.get(`/api/orders/${order}`));
    expect([paper!.number, body.number]).toEqual([tried.body.number, tried.body.number]);
    holds(
      await pdfOf(inspector, paper!),
      '督办单',
      '查明原因，一次修好',
      '水利局：',
      '督查室督办（县委督查室）',
      paper!.number,
    );
    // The unit it goes to reads it; another does not.
    expect((await handler.get(`/api/papers/${paper!.id}/docx`)).status).toBe(200);
    expect((await (await county.as('otherhandler')).get(`/api/papers/${paper!.id}`)).status).toBe(404);
    const assigned = newId();
    await done(
      inspector.post(`/api/orders/${assigned}/issue`, {
        ...given,
        form: 'assignment',
        source: 'province',
        from: '省信访局',
        reference: '川信交〔2026〕118号',
      }),
    );
    const [letter] = await of(inspector, assigned);
    holds(await pdfOf(inspector, letter!), '的函', '根据省交办（省信访局，川信交〔2026〕118号）', letter!.number);
    expect(letter!.kind).toBe('assignment');
  });

  test('[L7] [E2] a mediation agreement is numbered by the last signature, with terms, who and by when, and opens to the unit alone', async () => {
    const field = await county.as('field');
    const [dispute, mediator] = [newId(), newId()];
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const later = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    const sign = (party: number) => ({ party, signature: '[[[1,2],[3,4]]]' });
    await done(
      clerk.post(`/api/mediators/${mediator}/enrol`, {
        name: '吴守义',
        phone: '19000001234',
        background: 'veteran-member',
        types: ['people'],
        area: county.places.liuhe,
        unit: county.units.liuhe,
        qualification: '做过二十年村支书',
        abouts: ['water'],
        until: new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10),
      }),
    );
    await done(
      field.post(`/api/disputes/${dispute}/register`, {
        about: 'water',
        subject: '两个组为分水争执',
        words: '上游堵了口子，下游三十户没有水',
        area: county.places.village,
        signs: [],
        unit: county.units.liuhe,
        person: county.id('field'),
        due: later,
      }),
    );
    const step = (verb: string, body: object) => done(field.post(`/api/disputes/${dispute}/${verb}`, body));
    await step('open-mediation', { type: 'people', mediator, parties: [{ name: '陈大河' }, { name: '周小满' }] });
    for (const party of [0, 1]) await step('consent', { ...sign(party), agrees: true });
    const draft = {
      facts: '上游去年堵了分水口，下游三十户插秧缺水。',
      terms: [
        { by: 0, what: '拆掉堵口的石头', due: today },
        { by: 1, what: '清淤时出四个工', due: later },
      ],
    };
    // While it is drafted, the agreement stands beside the form, without a number yet.
    const tried = await done(rehearse(field, dispute, { kind: 'dispute.draft', ...draft }));
    expect(tried.body).toMatchObject({ name: '调解协议书', number: null });
    await step('draft', draft);
    await step('sign', sign(0));
    expect(await of(clerk, dispute)).toEqual([]);
    await step('sign', sign(1));
    const [paper] = await of(clerk, dispute);
    expect(paper!.number).toMatch(/^柳河镇人民政府调〔\d{4}〕1号$/);
    const day = (date: string) =>
      `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;
    holds(
      await pdfOf(field, paper!),
      '人民调解协议书',
      '甲方：陈大河',
      '乙方：周小满',
      `1.甲方（陈大河）于${day(today)}以前：拆掉堵口的石头。`,
      `2.乙方（周小满）于${day(later)}以前：清淤时出四个工。`,
      `甲方（陈大河）${day(today)}当面在屏幕上签名`,
      '调解员：吴守义',
      '申请司法确认',
      '甲方（签名）：',
    );
    for (const key of ['leader', 'inspector']) {
      const { body } = await done((await county.as(key)).get(`/api/papers/${paper!.id}`));
      expect(body).toMatchObject({ open: 'closed', svg: [] });
      expect(JSON.stringify(body)).not.toContain('陈大河');
      expect((await (await county.as(key)).get(`/api/papers/${paper!.id}/pdf`)).status).toBe(404);
    }
    for (const key of ['handler', 'farclerk', 'otherfield'])
      expect((await (await county.as(key)).get(`/api/papers/${paper!.id}`)).status).toBe(404);
  });

  test('[L7] a meeting’s minutes are a numbered paper from when they are written; mending them leaves the paper as it was', async () => {
    const meeting = newId();
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const later = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
    await done(
      clerk.post(`/api/meetings/${meeting}/call`, {
        template: 'weekly',
        unit: county.units.liuhe,
        day: today,
        from: '00:00',
        place: '镇政府二楼会议室',
        chair: county.id('head'),
        recorder: county.id('clerk'),
        invited: [county.id('field')],
      }),
    );
    const held = {
      present: ['head', 'clerk', 'field'].map((key) => county.id(key)),
      absent: [],
      items: [{ words: '冬灌准备' }],
      decisions: [{ words: '修好北渠分水闸', unit: county.units.water, official: county.id('handler'), due: later }],
    };
    const tried = await done(rehearse(clerk, meeting, { kind: 'meeting.hold', ...held }));
    await done(clerk.post(`/api/meetings/${meeting}/hold`, held));
    await done(
      clerk.post(`/api/meetings/${meeting}/mend`, {
        items: [{ words: '冬灌和清淤准备' }],
        documents: [],
        reason: '漏写了清淤',
      }),
    );
    const [paper] = await of(clerk, meeting);
    expect(paper!.number).toBe(tried.body.number);
    const text = await pdfOf(clerk, paper!);
    holds(text, '一、冬灌准备', '修好北渠分水闸', '出席：张敏、李芳、王建军', '请假：无', paper!.number);
    // The unit that got a task may read them.
    expect((await handler.get(`/api/papers/${paper!.id}/pdf`)).status).toBe(200);
    expect((await (await county.as('farclerk')).get(`/api/papers/${paper!.id}`)).status).toBe(404);
  });

  test('[L7] the monthly ledger as a numbered paper, void with its number kept', async () => {
    await matter({ reporter: { name: NAME, confidential: true } });
    const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
    const subject = { kind: 'ledger', id: `${month}_township_${county.places.liuhe}` };
    const { body: preview } = await done(clerk.post('/api/papers/preview', { subject }));
    expect(preview.across).toBe(true);
    const ids = await Promise.all(
      [1, 2, 3].map(async () => {
        const id = newId();
        await done(clerk.post(`/api/papers/${id}/issue`, { subject }));
        return id;
      }),
    );
    const shown = await Promise.all(ids.map(async (id) => (await done(clerk.get(`/api/papers/${id}`))).body));
    expect(shown.map((p) => p.serial).toSorted()).toEqual([1, 2, 3]);
    const text = await pdfOf(clerk, { id: ids[0]! });
    holds(text, '柳河镇民情台账', '村东头机耕路积水', '（保密）');
    const command = newId();
    const [first, second] = [
      await done(clerk.post(`/api/papers/${newId()}/issue`, { subject, command })),
      await clerk.post(`/api/papers/${newId()}/issue`, { subject, command }),
    ];
    expect(second.body.told ?? second.body.refused).toBeDefined();
    expect(first.body.told.number.serial).toBe(4);
    await done(clerk.post(`/api/papers/${ids[2]}/void`, { reason: '月份选错了' }));
    expect((await clerk.post(`/api/papers/${ids[2]}/void`, { reason: '月份选错了' })).body.refused).toBe(
      'paper.already-void',
    );
    const next = newId();
    await done(clerk.post(`/api/papers/${next}/issue`, { subject }));
    expect((await done(clerk.get(`/api/papers/${next}`))).body.serial).toBe(5);
    expect((await done(clerk.get(`/api/papers/${ids[2]}`))).body.voided.reason).toBe('月份选错了');
    for (const client of [handler, await county.as('inspector'), await county.as('farclerk')])
      expect((await client.post(`/api/papers/${ids[0]}/void`, { reason: '不归我作废' })).status).toBe(404);
  });

  test('[L7] a county changes how a paper reads; a field it does not have is named', async () => {
    const administrator = await county.as('administrator');
    const { body: policy } = await done(administrator.get('/api/policies/papers'));
    const changed = structuredClone(policy.document);
    changed.kinds.acceptance.body = '{反映人}您好：您说的“{事由}”已由{办事员}收下。';
    const publish = (document: unknown) =>
      administrator.post('/api/policies/papers/publish', {
        document,
        validFrom: '2026-01-01',
        source: '县里的决定',
        reason: '改得更好懂',
      });
    const refused = await publish(changed);
    expect(refused.body.refused).toBe('policy.malformed');
    expect(refused.body.field).toBe('document.kinds.acceptance.body.{办事员}');
    changed.kinds.acceptance.body = '您说的“{事由}”已经收下。';
    changed.words = { 水利局: '清水' };
    await county.publish('papers', changed);
    const id = await accepted();
    const paper = await paperOf(handler, id, 'acceptance');
    expect(paper.number).toMatch(/^清水受告〔/);
    expect(await pdfOf(handler, paper)).toContain('已经收下');
    await county.publish('papers', policy.document);
    // What was drawn stays as it was drawn.
    expect(await pdfOf(handler, paper)).toContain('已经收下');
  });
});

describe('the file of a matter', () => {
  test('[C20] cover, index with pages, every document and event in order, proof, what was left out; the reading is noted', async () => {
    const id = await accepted();
    await act(id, handler, 'progress', { note: '已经到现场勘察，拍了照。' });
    const paper = await paperOf(handler, id, 'acceptance');
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await act(id, handler, 'serve', { paper: paper.version, way: 'handed', on: today, receiver: NAME });
    await act(id, handler, 'dispose', { disposition: 'solvable', cause: '经勘察，情况属实。' });
    await act(id, handler, 'resolve', ANSWER);
    await sealAll(county.database.pool, county.county);

    const answer = await done(clerk.get(`/api/matters/${id}/dossier`));
    const document = await getDocumentProxy(new Uint8Array(answer.body));
    const { text: pages } = await extractText(document, { mergePages: false });
    const plain = pages.map((page) => page.replace(/\s+/g, ''));
    expect(plain[0]).toContain('一案一卷');
    expect(plain[0]).toContain(`${pages.length}页`);
    // The index names a page for each, and there it stands.
    const at = await indexOf(document, ['受理告知书', '办理进展', '办结，出处理意见书（予以支持）', '完整性证明']);
    expect([...at.keys()].toSorted()).toEqual(
      ['办理进展', '办结，出处理意见书（予以支持）', '受理告知书', '完整性证明'].toSorted(),
    );
    expect(plain[at.get('办理进展')! - 1]).toContain('已经到现场勘察');
    expect(plain[at.get('受理告知书')! - 1]).toContain(paper.number);
    expect(plain[at.get('办结，出处理意见书（予以支持）')! - 1]).toContain('排水沟三处堵塞');
    // In the order of time.
    expect(at.get('受理告知书')!).toBeLessThanOrEqual(at.get('办理进展')!);
    expect(at.get('办理进展')!).toBeLessThanOrEqual(at.get('办结，出处理意见书（予以支持）')!);
    // Every paper of the matter, and how the person got theirs.
    for (const one of await papersOf(clerk, id)) expect(plain.join('')).toContain(one.number);
    holds(plain.join(''), '送达回证（受理告知书）', `签收人${NAME}`, '转送函', '处理意见书');
    // A page's number stands on every page but the cover.
    for (const [i, words] of plain.entries()) if (i > 0) expect(words).toContain(String(i + 1));
    const { rows: seals } = await county.database.pool.query<{ seq: number; hash: string }>(
      `select seq, encode(hash, 'hex') as hash from seal where county = $1 and stream = $2`,
      [county.county, id],
    );
    const whole = plain.join('');
    expect(seals.length).toBeGreaterThan(4);
    for (const { hash } of seals) expect(whole).toContain(hash);
    expect(whole).toContain(NAME);
    const outline = await document.getOutline();
    expect(outline.map((o: { title: string }) => o.title)).toContain('受理告知书');

    const { rows: readings } = await county.database.pool.query<{ reader: string }>(
      `select reader from read_audit where county = $1 and subject = $2 and what = '一案一卷，全卷'`,
      [county.county, id],
    );
    expect(readings.map(({ reader }) => reader)).toEqual([county.id('clerk')]);
  });

  test('[C20] a reader who may not know the reporter gets the file without them, and is told', async () => {
    const id = await matter({ reporter: { name: NAME, phone: PHONE, confidential: true } });
    const answer = await done(handler.get(`/api/matters/${id}/dossier`));
    const text = await textOf(answer.body);
    expect(text).not.toContain(NAME);
    expect(text).not.toContain(PHONE);
    expect(text).toContain('反映人要求保密');
    expect(decodeURIComponent(answer.headers.get('content-disposition')!)).toMatch(/一案一卷-QH\d+\.pdf$/);
    const far = await (await county.as('farclerk')).get(`/api/matters/${id}/dossier`);
    expect([far.status, far.body.refused]).toEqual([404, 'access.denied']);
    expect((await (await county.as('field')).get(`/api/matters/${id}/dossier`)).status).toBe(404);
  });

  test('[L7] issued files stand in the proof of the ledger: a changed one is found', async () => {
    const id = await accepted();
    const paper = await paperOf(handler, id, 'acceptance');
    await pdfOf(handler, paper);
    await sealAll(county.database.pool, county.county);
    expect((await verifyCounty(county.database.pool, county.county)).faults).toEqual([]);
    await county.database.pool.query(
      `update file set box = decode('00', 'hex') || box where county = $1 and stream = $2 and type = 'application/pdf'`,
      [county.county, paper.id],
    );
    const { faults } = await verifyCounty(county.database.pool, county.county);
    expect(faults).toEqual([expect.objectContaining({ what: 'file-changed', stream: paper.id })]);
  });
});

describe('what is erased', () => {
  test('[L7] [L3] when a matter’s words are erased its papers’ text and drawn files go too; number, day and chain stay', async () => {
    const { pool } = county.database;
    const field = await county.as('field');
    const [house, resident] = [newId(), newId()];
    await done(
      field.post(`/api/households/${house}/register`, {
        area: county.places.grid,
        address: '渠东 7 号',
        contact: county.id('field'),
        residents: [{ id: resident, name: '司徒白鹤', relation: '户主', bornYear: 1950 }],
      }),
    );
    const id = await matter({ household: house, resident, reporter: { name: '司徒白鹤', phone: PHONE } });
    await act(id, handler, 'refuse', { ...refusal, reason: '白鹤家的补偿已经由法院立案。' });
    const paper = await paperOf(handler, id, 'refusal');
    expect(await pdfOf(handler, paper)).toContain('司徒白鹤');
    // Not while it is open.
    const permit = () => true;
    const forget = {
      record: 'matter',
      stream: id,
      command: { kind: 'matter.forget' },
      actor: 'system:retention',
      permit,
    };
    const open = await county.ledger.execute({
      ...forget,
      county: county.county,
      id: newId(),
      at: new Date().toISOString(),
    });
    expect(open).toEqual({ refused: 'matter.kept' });
    expect([401, 403, 404]).toContain((await clerk.post(`/api/matters/${id}/forget`)).status);
    await act(id, await county.as('countyclerk'), 'call-back', {
      outcome: 'confirmed',
      words: '听明白了',
    });
    await done(clerk.post(`/api/households/${house}/amend`, { moved: true }));
    const then = new Date(Date.now() + 4 * 366 * 86_400_000).toISOString();
    const policies = await county.system.policies(county.county);
    await sealAll(pool, county.county);
    expect(await forgetHouseholds(county.ledger, policies, county.county, then.slice(0, 10), then)).toBe(1);
    expect(await forgetMatters(county.ledger, county.county, then)).toBe(1);
    expect(await erasePapers(county.ledger.query, county.county)).toBeGreaterThan(2);
    const { rows: tables } = await pool.query<{ name: string }>(
      'select tablename as name from pg_tables where schemaname = current_schema()',
    );
    for (const { name } of tables) {
      const { rows } = await pool.query(`select from "${name}" t where t::text like '%白鹤%' limit 1`);
      expect(rows, name).toEqual([]);
    }
    const { rows: left } = await pool.query(
      `select 1 from vault where county = $1 and stream = any($2) union all select 1 from file where county = $1 and stream = any($2)`,
      [county.county, [id, paper.id]],
    );
    expect(left).toEqual([]);
    const { body } = await done(handler.get(`/api/papers/${paper.id}`));
    expect(body).toMatchObject({ number: paper.number, open: 'gone', svg: [] });
    for (const form of ['pdf', 'docx', 'print'])
      expect((await handler.get(`/api/papers/${paper.id}/${form}`)).body.refused).toBe('paper.gone');
    // A letter that nobody had opened can no longer be drawn.
    const letter = await paperOf(clerk, id, 'forwarding');
    expect((await clerk.get(`/api/papers/${letter.id}/pdf`)).body.refused).toBe('paper.gone');
    const dossier = await textOf((await done(clerk.get(`/api/matters/${id}/dossier`))).body);
    expect(dossier).toContain(`不予受理告知书（${paper.number}）：保管期满`);
    expect(dossier).not.toContain('白鹤');
    await sealAll(pool, county.county);
    const proof = await verifyCounty(pool, county.county);
    // A file was changed by hand in another test; nothing that was erased is a fault.
    expect(proof.faults.filter(({ stream }) => stream === id || stream === paper.id)).toEqual([]);
    expect(proof.erased).toBeGreaterThan(3);
    const live = await fingerprint(pool, county.ledger, county.county);
    await rebuild(pool, county.ledger, county.county, policies);
    expect(await fingerprint(pool, county.ledger, county.county)).toEqual(live);
    expect(await erasePapers(county.ledger.query, county.county)).toBe(0);
  });
});
