import { unzipSync, strFromU8 } from 'fflate';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { newId } from '../ledger/ids.ts';
import { sealAll, verifyCounty } from '../ledger/seal.ts';
import { sha256 } from '../ledger/vault.ts';

// Fonts are unpacked with the first paper, on a busy machine slowly.
vi.setConfig({ testTimeout: 90_000 });

const NAME = '欧阳丽';
const PHONE = '13987651234';
const declined = { fields: { 不予受理理由: '属于已经进入诉讼程序的事项。', 建议途径: '请按诉讼程序向人民法院提出。' } };

let county: TestCounty;
let clerk: Client;
let desk: Client;
let handler: Client;
let head: Client;
beforeAll(async () => {
  county = await startCounty();
  [clerk, desk, handler, head] = await Promise.all([
    county.as('clerk'),
    county.as('countyclerk'),
    county.as('handler'),
    county.as('head'),
  ]);
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

/** Taken on by the unit, so that it is accepted. */
async function accepted(more: Record<string, unknown> = {}): Promise<string> {
  const id = await matter(more);
  const people = { leader: county.id('waterhead'), handler: county.id('handler') };
  await done(handler.post(`/api/matters/${id}/acknowledge`, { ...people, measures: '勘察以后修路疏沟' }));
  return id;
}

const about = (id: string, paperKind: string, more: object = {}) => ({
  paperKind,
  subject: { kind: 'matter', id },
  ...more,
});
async function issued(client: Client, body: object): Promise<{ id: string; number: string; serial: number }> {
  const id = newId();
  await done(client.post(`/api/papers/${id}/issue`, body));
  const { body: paper } = await done(client.get(`/api/papers/${id}`));
  return { id, number: paper.number, serial: paper.serial };
}

describe('papers of a matter', () => {
  test('[L7] from the matter: what fits, the form, the preview, both files, and the register', async () => {
    const id = await accepted();
    const offered = await done(handler.get(`/api/matters/${id}/papers`));
    expect(offered.body.fitting.map((f: { name: string }) => f.name)).toContain('受理告知书');
    expect(offered.body.fitting.map((f: { kind: string }) => f.kind)).not.toContain('assign');
    const fresh = await done(clerk.get(`/api/matters/${await matter()}/papers`));
    expect(fresh.body.fitting[0].kind).toBe('forward');

    const form = (await done(handler.post('/api/papers/draft', about(id, 'accepted')))).body;
    expect(form.open).toEqual([]);
    expect(form.addressee).toBe(NAME);
    expect(form.body).toContain('一下雨农机就进不去');
    const preview = (await done(handler.post('/api/papers/preview', about(id, 'accepted')))).body;
    expect(preview.number).toMatch(/^水利局受告〔\d{4}〕1号$/);
    expect(preview.svg).toHaveLength(preview.pages);
    expect(preview.svg.join('')).toContain('盖章处');
    expect(preview.lacking).toEqual([]);

    const paper = await issued(handler, about(id, 'accepted'));
    expect(paper.number).toBe(preview.number);
    const pdf = await done(handler.get(`/api/papers/${paper.id}/pdf`));
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    const text = await textOf(pdf.body);
    for (const words of ['信访事项受理告知书', paper.number, `${NAME}：`, '一下雨农机就进不去', '水利局'])
      expect(text).toContain(words.replaceAll(' ', ''));
    const docx = await done(handler.get(`/api/papers/${paper.id}/docx`));
    expect(wordsOf(docx.body)).toContain(paper.number);
    // What is handed out is what was recorded.
    const { body: listed } = await done(handler.get('/api/papers'));
    const row = listed.papers.find((p: { id: string }) => p.id === paper.id);
    expect(row.pdfHash).toBe(sha256(Buffer.from(pdf.body)).toString('hex'));
    expect(row.docxHash).toBe(sha256(Buffer.from(docx.body)).toString('hex'));
    expect(row.issuedBy).toBe('李强');
    const print = await done(handler.get(`/api/papers/${paper.id}/print`));
    expect(print.body).toContain('<svg');
  });

  test('[L7] every paper of a matter as it comes: letter, extension, opinion', async () => {
    const id = await matter();
    const letter = await issued(clerk, about(id, 'assign', { copies: ['县委办公室'], attachments: ['来信复印件'] }));
    const letterText = await textOf((await done(clerk.get(`/api/papers/${letter.id}/pdf`))).body);
    expect(letterText).toContain('附件：来信复印件');
    expect(letterText).toContain('抄送：县委办公室。');
    expect(letterText).not.toContain(NAME);

    const post = (act: string, body: object, client = handler) => done(client.post(`/api/matters/${id}/${act}`, body));
    const people = { leader: county.id('waterhead'), handler: county.id('handler') };
    await post('acknowledge', { ...people, measures: '勘察以后修路疏沟' });
    await post('accept', {});
    await post('ask-extension', { days: 10, reason: '要等雨季过去才能施工' });
    await post('decide-extension', { grant: true }, await county.as('leader'));
    const extension = await issued(handler, about(id, 'extension'));
    const extensionText = await textOf((await done(handler.get(`/api/papers/${extension.id}/pdf`))).body);
    expect(extensionText).toContain('延长10日');
    expect(extensionText).toContain('要等雨季过去才能施工');
    await post('dispose', { disposition: 'solvable', cause: '经勘察，排水沟堵塞三处，情况属实。' });
    await post('resolve', {
      answer: '路面已经铺砂石，排水沟三处堵塞全部疏通。',
      outcome: 'supported',
      findings: '排水沟堵塞三处，情况属实。',
      basis: '《农村公路养护管理办法》',
    });
    const open = await handler.post(`/api/papers/${newId()}/issue`, about(id, 'opinion'));
    expect(open.body.refused).toBe('paper.open-fields');
    expect(open.body.field).toBe('政策依据');
    const opinion = await issued(handler, about(id, 'opinion', { fields: { 政策依据: '《农村公路养护管理办法》' } }));
    const text = await textOf((await done(handler.get(`/api/papers/${opinion.id}/pdf`))).body);
    expect(text).toContain('排水沟堵塞三处');
    expect(text).toContain('清河县人民政府书面提出复查申请');
  });

  test('[L7] numbers have no gaps and no twins, however many write at once and whatever is refused or void', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => matter()));
    const { body: before } = await done(handler.get('/api/papers?kind=not-accepted'));
    expect(before.papers).toEqual([]);
    const [one, two] = [handler, await county.as('waterhead')];
    await Promise.all(
      ids.flatMap((id, i) => [
        issued(i % 2 === 0 ? one : two, about(id, 'not-accepted', declined)),
        // Refused: places are open.
        one.post(`/api/papers/${newId()}/issue`, about(id, 'not-accepted')),
      ]),
    );
    const { body } = await done(handler.get('/api/papers?kind=not-accepted'));
    expect(body.papers.map((p: { serial: number }) => p.serial).toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
    const last = body.papers.find((p: { serial: number }) => p.serial === 6);
    await done(one.post(`/api/papers/${last.id}/void`, { reason: '写错了单位名称' }));
    const again = await one.post(`/api/papers/${last.id}/void`, { reason: '写错了单位名称' });
    expect(again.body.refused).toBe('paper.already-void');
    const next = await issued(one, about(ids[0]!, 'not-accepted', declined));
    expect(next.serial).toBe(7);
    const { body: voided } = await done(one.get(`/api/papers/${last.id}`));
    expect(voided.voided.reason).toBe('写错了单位名称');
    // Kept as it was.
    expect((await one.get(`/api/papers/${last.id}/pdf`)).status).toBe(200);
  });

  test('[L7] the same command twice is one paper; another unit cannot issue in its name', async () => {
    const id = await accepted();
    const command = newId();
    const paper = newId();
    const [first, second] = [
      await done(handler.post(`/api/papers/${paper}/issue`, { ...about(id, 'accepted'), command })),
      await done(handler.post(`/api/papers/${paper}/issue`, { ...about(id, 'accepted'), command })),
    ];
    expect(second.body.told).toEqual(first.body.told);
    for (const client of [
      clerk,
      head,
      await county.as('leader'),
      await county.as('inspector'),
      await county.as('otherhandler'),
    ]) {
      const answer = await client.post(`/api/papers/${newId()}/issue`, about(id, 'accepted'));
      expect([answer.status, answer.body.refused]).toEqual([404, 'access.denied']);
    }
  });

  test('[L7] who spoke in confidence stands on no letter to a unit, in no file name, and opens to no handler', async () => {
    const id = await accepted({ reporter: { name: NAME, phone: PHONE, confidential: true } });
    // Even drawn by the desk, which knows the name.
    const letter = await issued(clerk, about(id, 'forward'));
    const file = await done(handler.get(`/api/papers/${letter.id}/pdf`));
    expect(await textOf(file.body)).not.toContain(NAME);
    expect(decodeURIComponent(file.headers.get('content-disposition')!)).not.toContain(NAME);
    // The handler's own paper leaves the name open.
    const form = (await done(handler.post('/api/papers/draft', about(id, 'accepted')))).body;
    expect(form.open).toContain('反映人');
    expect(JSON.stringify(form)).not.toContain(NAME);
    expect(JSON.stringify(form)).not.toContain(PHONE);
    const preview = await handler.post('/api/papers/preview', about(id, 'accepted'));
    expect(JSON.stringify(preview.body)).not.toContain(NAME);

    // A matter the township handles itself: its clerk may know the name, its paper opens only to who may.
    const own = newId();
    await done(
      clerk.post(`/api/matters/${own}/register`, {
        channel: 'letter',
        subject: '反映村务公开的问题',
        area: county.places.grid,
        reporter: { name: NAME, confidential: true },
      }),
    );
    await done(clerk.post(`/api/matters/${own}/dispatch`, { unit: county.units.liuhe }));
    const named = await issued(
      clerk,
      about(own, 'not-accepted', { fields: { ...declined.fields, 联系人: '李芳', 联系电话: '0999-1234567' } }),
    );
    expect(await textOf((await done(clerk.get(`/api/papers/${named.id}/pdf`))).body)).toContain(NAME);
    // The head of the township sees that there is a paper, not what stands on it.
    const shown = await done(head.get(`/api/papers/${named.id}`));
    expect(shown.body.open).toBe(false);
    expect(JSON.stringify(shown.body)).not.toContain(NAME);
    for (const path of [`/api/papers/${named.id}/pdf`, `/api/papers/${named.id}/docx`, `/api/papers/${named.id}/print`])
      expect((await head.get(path)).status).toBe(404);
    const dossier = await done(head.get(`/api/matters/${own}/dossier`));
    const text = await textOf(dossier.body);
    expect(text).not.toContain(NAME);
    expect(text).toContain('写有要求保密的反映人');
  });

  test('[L7] a character no font has is told, and stands as the printers’ sign', async () => {
    const id = await accepted();
    const preview = (await done(handler.post('/api/papers/preview', about(id, 'accepted', { addressee: '𠮷䶮' }))))
      .body;
    expect(preview.lacking.toSorted()).toEqual(['䶮', '𠮷'].toSorted());
    const answer = await done(
      handler.post(`/api/papers/${newId()}/issue`, about(id, 'accepted', { addressee: '𠮷䶮' })),
    );
    expect(answer.body.lacking).toHaveLength(2);
  });

  test('[L7] the monthly ledger as a numbered paper, and a paper filled in by hand', async () => {
    const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
    const ledger = await issued(clerk, {
      paperKind: 'ledger',
      subject: { kind: 'ledger', id: `${month}_township_${county.places.liuhe}` },
    });
    const text = await textOf((await done(clerk.get(`/api/papers/${ledger.id}/pdf`))).body);
    expect(text).toContain('柳河镇民情台账');
    expect(text).toContain('村东头机耕路积水');
    expect(text).toContain('（保密）');
    const order = await issued(desk, {
      paperKind: 'supervision',
      urgency: '特急',
      fields: {
        承办单位: '水利局',
        督办事项: '村东头机耕路积水，群众反映三次。',
        督办要求: '查明原因，一次修好。',
        完成期限: '2026年12月20日',
        联系人: '吴静',
        联系电话: '0999-7654321',
      },
    });
    expect(order.number).toMatch(/^群众工作部督〔\d{4}〕1号$/);
    expect(await textOf((await done(desk.get(`/api/papers/${order.id}/pdf`))).body)).toContain('一次修好');
  });

  test('[L7] a meeting’s minutes with its decisions as a table, by somebody of the unit that held it', async () => {
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
    const asked = { paperKind: 'minutes', subject: { kind: 'meeting', id: meeting } };
    expect((await clerk.post('/api/papers/draft', asked)).body.refused).toBe('paper.no-draft');
    await done(
      clerk.post(`/api/meetings/${meeting}/hold`, {
        present: ['head', 'clerk', 'field'].map((key) => county.id(key)),
        absent: [],
        items: [{ words: '冬灌准备' }],
        decisions: [{ words: '修好北渠分水闸', unit: county.units.water, official: county.id('handler'), due: later }],
      }),
    );
    const paper = await issued(clerk, asked);
    const text = await textOf((await done(clerk.get(`/api/papers/${paper.id}/pdf`))).body);
    for (const words of ['一、冬灌准备', '修好北渠分水闸', '出席：张敏、李芳、王建军', '请假：无', paper.number])
      expect(text).toContain(words);
    // The unit that got a task may read them; whoever is not of the unit that met issues none.
    expect((await handler.get(`/api/papers/${paper.id}/pdf`)).status).toBe(200);
    expect((await handler.post(`/api/papers/${newId()}/issue`, asked)).status).toBe(404);
  });

  test('[L7] a county changes how a paper reads; a field it does not have is named', async () => {
    const administrator = await county.as('administrator');
    const { body: policy } = await done(administrator.get('/api/policies/papers'));
    const changed = structuredClone(policy.document);
    changed.kinds.accepted.body = '{反映人}您好：您说的“{事由}”已由{办事员}收下。';
    const publish = (document: unknown) =>
      administrator.post('/api/policies/papers/publish', {
        document,
        validFrom: '2026-01-01',
        source: '县里的决定',
        reason: '改得更好懂',
      });
    const refused = await publish(changed);
    expect(refused.body.refused).toBe('policy.malformed');
    expect(refused.body.field).toBe('document.kinds.accepted.body.{办事员}');
    changed.kinds.accepted.body = '您说的“{事由}”已经收下。';
    changed.words = { 水利局: '清水' };
    await county.publish('papers', changed);
    const id = await accepted();
    const paper = await issued(handler, about(id, 'accepted'));
    expect(paper.number).toMatch(/^清水受告〔/);
    expect(await textOf((await done(handler.get(`/api/papers/${paper.id}/pdf`))).body)).toContain('已经收下');
    await county.publish('papers', policy.document);
  });
});

describe('the file of a matter', () => {
  test('[C20] cover, index with pages, every document and event in order, proof, what was left out; the reading is noted', async () => {
    const id = await matter();
    const post = (act: string, body: object, client = handler) => done(client.post(`/api/matters/${id}/${act}`, body));
    const people = { leader: county.id('waterhead'), handler: county.id('handler') };
    await post('acknowledge', { ...people, measures: '勘察以后修路疏沟' });
    await post('accept', {});
    await post('progress', { note: '已经到现场勘察，拍了照。' });
    const paper = await issued(handler, about(id, 'accepted'));
    await post('dispose', { disposition: 'solvable', cause: '经勘察，情况属实。' });
    await post('resolve', {
      answer: '路面已经铺砂石，排水沟三处堵塞全部疏通。',
      outcome: 'supported',
      findings: '排水沟堵塞三处，情况属实。',
      basis: '《农村公路养护管理办法》',
    });
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
    expect(at.get('办理进展')!).toBeLessThanOrEqual(at.get('受理告知书')!);
    expect(at.get('受理告知书')!).toBeLessThanOrEqual(at.get('办结，出处理意见书（予以支持）')!);
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
    const paper = await issued(handler, about(id, 'accepted'));
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
