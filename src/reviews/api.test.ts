import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hidden, phone, wordsOf } from '../app/portal/testing.ts';
import { type TestCounty, startCounty } from '../app/testing.ts';
import { accepted, letter, ok, opinion, paperOf, today } from './testing.ts';

let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
});
afterAll(() => county.stop());

let houses = 0;
async function opened({ number, code }: { number: string; code: string }) {
  const at = phone(county, `10.9.0.${++houses}`);
  const page = await at.form('/progress', { number, code });
  return { at, page, path: `/progress/${number}` };
}
const page = async (id: string, who = 'clerk') => (await (await county.as(who)).get(`/api/matters/${id}`)).body;

describe('the petition procedure', () => {
  test('[C5] from receipt to the written opinion: each document has its number, its text and its proof', async () => {
    const received = new Date(Date.now() - 5 * 86_400_000).toISOString();
    const told = await letter(county, { receivedAt: received });
    const [clerk, handler] = await Promise.all([county.as('clerk'), county.as('handler')]);
    // The first limit runs from receipt, not from when somebody wrote it down; and so does the whole.
    expect((await page(told.id)).clock).toMatchObject({ name: '登记、转送交办并告知去向', startedAt: received });
    expect((await page(told.id)).overall).toMatchObject({ name: '全程：从收到到处理意见', startedAt: received });

    await ok(clerk.post(`/api/matters/${told.id}/dispatch`, { unit: county.units.water }));
    const sent = await page(told.id);
    expect(sent.papers).toMatchObject([
      {
        name: '转送函',
        number: expect.stringMatching(/^柳河镇人民政府转〔\d{4}〕\d+号$/),
        toUnit: '水利局',
        receivedOn: null,
      },
    ]);
    // Where it went has to be told within the same fifteen days: that clock stands beside the unit's.
    expect(sent.toTell).toEqual(['whereabouts']);
    expect(sent.owed).toMatchObject([{ name: '告知去向', startedAt: received }]);
    expect(sent.clock.name).toBe('书面告知是否受理');
    await ok(clerk.post(`/api/matters/${told.id}/tell`, { what: 'whereabouts', means: 'phone' }));
    expect((await page(told.id)).owed).toEqual([]);

    await ok(
      handler.post(`/api/matters/${told.id}/acknowledge`, {
        leader: county.id('waterhead'),
        handler: county.id('handler'),
        measures: '到现场量地，查补偿台账',
      }),
    );
    // Signing for it is the proof of the letter, and does not yet accept it.
    expect((await page(told.id)).papers[0]).toMatchObject({ receivedOn: today() });
    const early = await handler.post(`/api/matters/${told.id}/dispose`, { disposition: 'solvable', cause: '渠道能改' });
    expect(early.body.refused).toBe('petition.not-accepted');
    await ok(handler.post(`/api/matters/${told.id}/accept`, { note: '按补偿纠纷受理' }));
    const taken = await page(told.id);
    expect(taken.clock).toMatchObject({ name: '办结并出具处理意见', remaining: { late: false } });
    expect(taken.papers[1]).toMatchObject({
      name: '受理告知书',
      number: expect.stringMatching(/^水利局受告〔\d{4}〕\d+号$/),
      text: { to: '陈秀英', note: '按补偿纠纷受理' },
      fields: { until: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    });
    expect(taken.owed).toMatchObject([{ name: '受理告知书送达' }]);
    const paper = taken.papers[1].version;

    // Posting is no proof; what came back has to be brought another way; a witness or a signature is.
    const serve = (body: object) => handler.post(`/api/matters/${told.id}/serve`, { paper, on: today(), ...body });
    expect((await serve({ way: 'delivered' })).body.refused).toBe('served.not-posted');
    expect((await serve({ way: 'posted' })).body.refused).toBe('served.tracking-missing');
    await ok(serve({ way: 'posted', tracking: 'EX123456789CN' }));
    expect((await page(told.id)).owed).toHaveLength(1);
    await ok(serve({ way: 'returned', note: '搬家，原址查无此人' }));
    expect((await serve({ way: 'left' })).body.refused).toBe('served.witness-missing');
    expect((await serve({ way: 'handed', receiver: '陈秀英', on: '2020-01-01' })).body.refused).toBe('served.before');
    await ok(serve({ way: 'left', witness: '村委会 王会计' }));
    expect((await serve({ way: 'handed', receiver: '陈秀英' })).body.refused).toBe('served.served');
    const served = await page(told.id);
    expect(served.owed).toEqual([]);
    expect(served.papers[1]).toMatchObject({
      receivedOn: today(),
      tries: [{ way: '邮寄出去了' }, { way: '邮件退回来了' }, { way: '本人拒收，留置送达', witness: '村委会 王会计' }],
    });
    // Every clock that ended is still there, with its why.
    expect(served.past.map((c: { name: string }) => c.name)).toEqual([
      '登记、转送交办并告知去向',
      '登记、转送交办并告知去向',
      '书面告知是否受理',
      '书面告知是否受理',
    ]);
    for (const clock of [served.clock, served.overall, ...served.past]) expect(clock.why.length).toBeGreaterThan(0);
  });

  test('[C13] [C19] nobody reviews a petition that complains of them: they see no review of it, do nothing in it, and are not chosen for it', async () => {
    const told = await letter(county, { about: [county.id('inspector')] });
    await accepted(county, told);
    await opinion(county, told);
    const { at, page: shown, path } = await opened(told);
    await at.form(path, { ...hidden(shown), act: 'ask-review', appeal: '台账上的签名不是我签的' });
    const review = (await page(told.id)).review as string;
    const { rows } = await county.database.pool.query<{ keeper: string }>('select keeper from review where id = $1', [
      review,
    ]);
    // Of the very unit that reviews, with the post for it.
    for (const key of ['inspector', 'auditor'])
      await county.give('official', county.id(key), {
        kind: 'official.give-post',
        role: 'handler',
        unit: rows[0]!.keeper,
        area: null,
        title: '',
        since: '2025-01-01',
      });
    const [theirs, other, countyclerk] = await Promise.all([
      county.as('inspector', { anew: true }),
      county.as('auditor', { anew: true }),
      county.as('countyclerk'),
    ]);
    expect((await other.get(`/api/reviews/${review}`)).status).toBe(200);
    expect((await theirs.get(`/api/reviews/${review}`)).status).toBe(404);
    expect(JSON.stringify((await theirs.get('/api/reviews?show=all')).body)).not.toContain(review);
    for (const [act, body] of [
      ['accept', { reviewer: county.id('inspector') }],
      ['refuse', { ground: 'late', reason: '过了期限，没有理由' }],
      [
        'answer',
        {
          outcome: 'upheld',
          findings: '笔迹经当事人当面核对。',
          basis: '县水利工程占地补偿办法第六条',
          text: '补偿款已经领走，维持原处理意见。',
        },
      ],
    ] as const)
      expect((await theirs.post(`/api/reviews/${review}/${act}`, body)).status, act).toBe(404);
    const chosen = await countyclerk.post(`/api/reviews/${review}/accept`, { reviewer: county.id('inspector') });
    expect(chosen.body).toMatchObject({ refused: 'review.not-of-unit', field: 'reviewer' });
    await ok(countyclerk.post(`/api/reviews/${review}/accept`, { reviewer: county.id('auditor') }));
  });

  test('[C5] thirty days at most, by the head, and the person is told why in writing', async () => {
    const told = await letter(county);
    await accepted(county, told);
    const [clerk, handler, leader] = await Promise.all([county.as('clerk'), county.as('handler'), county.as('leader')]);
    const ask = (days: number) => handler.post(`/api/matters/${told.id}/ask-extension`, { days, reason: '等测绘结果' });
    expect((await ask(31)).body.refused).toBe('matter.extension-too-long');
    await ok(ask(30));
    const before = (await page(told.id)).clock.due;
    // Nobody is offered what only the head decides, nor may they say no in the head's place.
    const offered = async (client: typeof clerk): Promise<string[]> =>
      (await client.get(`/api/matters/${told.id}`)).body.can;
    expect(await offered(clerk)).not.toContain('matter.decide-extension');
    expect(await offered(leader)).toContain('matter.decide-extension');
    const no = { grant: false, reason: '再想办法' };
    expect((await clerk.post(`/api/matters/${told.id}/decide-extension`, no)).body.refused).toBe('petition.not-head');
    expect((await clerk.post(`/api/matters/${told.id}/decide-extension`, { grant: true })).body.refused).toBe(
      'petition.not-head',
    );
    await ok(leader.post(`/api/matters/${told.id}/decide-extension`, { grant: true, reason: '测绘要排队，同意' }));
    const after = await page(told.id);
    const days = (Date.parse(after.clock.due) - Date.parse(before)) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(28);
    expect(after.papers.at(-1)).toMatchObject({
      name: '延期告知书',
      fields: { days: '30', before: expect.any(String), until: expect.any(String) },
      text: { reason: '测绘要排队，同意' },
    });
    expect(after.owed).toMatchObject([{ name: '延期告知书送达', due: before }]);
    // The clock of the whole was lengthened with the stage.
    expect(after.overall.why.join('')).toContain('同意延期 30 天');
    expect((await ask(1)).body.refused).toBe('matter.extension-too-long');
  });

  test('[C5] a refusal needs a lawful ground, never closes against the person’s word, and is ruled on when they object', async () => {
    const told = await letter(county);
    const [clerk, handler] = await Promise.all([county.as('clerk'), county.as('handler')]);
    await ok(clerk.post(`/api/matters/${told.id}/dispatch`, { unit: county.units.water }));
    const refuse = (body: object) =>
      handler.post(`/api/matters/${told.id}/refuse`, { reason: '这是民事补偿纠纷', ...body });
    expect((await refuse({ ground: 'too-busy' })).body.refused).toBe('petition.ground-unknown');
    expect((await refuse({ ground: 'court' })).body.refused).toBe('petition.where-missing');
    expect((await refuse({ ground: 'final' })).body.refused).toBe('petition.review-missing');
    await ok(refuse({ ground: 'court', where: '县人民法院立案庭' }));
    const refused = await page(told.id);
    expect(refused).toMatchObject({ status: 'resolved', refusal: { ground: 'court', where: '县人民法院立案庭' } });
    expect(refused.papers.at(-1)).toMatchObject({ name: '不予受理告知书', receivedOn: null });

    const { at, path } = await opened(told);
    const seen = await at.get(path);
    expect(wordsOf(seen)).toMatch(/水利局不受理，请您看看/);
    await at.form(path, { ...hidden(seen), act: 'deny', words: '我没有打官司，也不想打' });
    expect(await page(told.id)).toMatchObject({ status: 'dispatched', objected: true });
    expect((await refuse({ ground: 'court', where: '法院' })).body.refused).toBe('petition.objected');
    expect(
      (await handler.post(`/api/matters/${told.id}/return`, { betterUnit: county.units.works, reason: '不归我们管' }))
        .body.refused,
    ).toBe('petition.objected');
    await ok(clerk.post(`/api/matters/${told.id}/uphold-refusal`, { reason: '补偿协议约定了仲裁，仲裁前不能受理' }));
    expect(await page(told.id)).toMatchObject({ status: 'resolved', objected: false });
    await at.form(path, { ...hidden(await at.get(path)), act: 'deny', words: '没有签过什么仲裁协议' });
    await ok(
      clerk.post(`/api/matters/${told.id}/adjudicate`, {
        unit: county.units.water,
        ground: '查无仲裁协议，由水利局受理',
      }),
    );
    expect(await page(told.id)).toMatchObject({ status: 'dispatched', mustAccept: true, refusal: null });
    expect((await refuse({ ground: 'court', where: '法院' })).body.refused).toBe('petition.must-accept');
    expect((await page(told.id, 'handler')).can).toContain('matter.acknowledge');
  });

  test('[C5] what an anonymous letter is owed lies ready behind its number and code', async () => {
    const told = await letter(county, { reporter: undefined });
    const [clerk, handler] = await Promise.all([county.as('clerk'), county.as('handler')]);
    await ok(clerk.post(`/api/matters/${told.id}/dispatch`, { unit: county.units.water }));
    expect((await page(told.id)).owed).toEqual([]);
    await ok(
      handler.post(`/api/matters/${told.id}/acknowledge`, {
        leader: county.id('waterhead'),
        handler: county.id('handler'),
        measures: '到现场看看',
      }),
    );
    await ok(handler.post(`/api/matters/${told.id}/accept`, {}));
    const { at, path } = await opened(told);
    expect(wordsOf(await at.get(path))).toContain('受理告知书');
  });
});

describe('review and re-review', () => {
  test('[C13] one level up and two, by others, with hearing and service, to the lawful end that a new fact opens again', async () => {
    const told = await letter(county);
    await accepted(county, told);
    await opinion(county, told);
    const answered = await page(told.id);
    expect(answered).toMatchObject({ status: 'resolved', remedy: { level: 'review' }, opinion: '不予支持' });

    // Asked for on the portal, with the number and code alone.
    const { at, path } = await opened(told);
    const seen = await at.get(path);
    expect(wordsOf(seen)).toContain('不服这个意见，请上一级复查');
    const short = await at.form(path, { ...hidden(seen), act: 'ask-review', appeal: '不' });
    expect(short.status).toBe(422);
    await at.form(path, { ...hidden(seen), act: 'ask-review', appeal: '台账上的签名不是我签的' });
    const under = await page(told.id);
    expect(under).toMatchObject({ status: 'reviewing', statusName: '复查复核中', reviews: [{ level: '复查' }] });
    const first = under.review as string;

    // Who handled it reads nothing of it, and cannot review it; who reviews it finds it in the list.
    const [handler, countyclerk, leader, inspector] = (await Promise.all(
      ['handler', 'countyclerk', 'leader', 'inspector'].map((who) => county.as(who)),
    )) as [
      Awaited<ReturnType<typeof county.as>>,
      Awaited<ReturnType<typeof county.as>>,
      Awaited<ReturnType<typeof county.as>>,
      Awaited<ReturnType<typeof county.as>>,
    ];
    expect((await handler.get(`/api/reviews/${first}`)).status).toBe(404);
    expect(JSON.stringify((await handler.get('/api/reviews?show=all')).body)).not.toContain(first);
    const { reviews } = (await countyclerk.get('/api/reviews')).body as { reviews: { id: string }[] };
    expect(reviews.find(({ id }) => id === first)).toMatchObject({
      level: '复查',
      statusName: '待受理',
      body: '县人民政府信访事项复查复核委员会',
    });
    const wrong = await countyclerk.post(`/api/reviews/${first}/accept`, { reviewer: county.id('handler') });
    expect(wrong.body.refused).toBe('review.not-independent');
    await ok(countyclerk.post(`/api/reviews/${first}/accept`, { reviewer: county.id('countyclerk') }));
    expect(wordsOf(await at.get(path))).toContain('正在复查，由没有经办过的人看');
    await ok(
      countyclerk.post(`/api/reviews/${first}/answer`, {
        outcome: 'upheld',
        findings: '笔迹经当事人当面核对，为其丈夫代签。',
        basis: '县水利工程占地补偿办法第六条',
        text: '补偿款确已由您丈夫代领，维持原处理意见。',
      }),
    );
    // The next limit does not run before the person has it in hand.
    expect((await page(told.id)).status).toBe('reviewing');
    const waiting = await at.get(path);
    expect(wordsOf(waiting)).toContain('补偿款确已由您丈夫代领');
    await at.form(path, { ...hidden(waiting), act: 'receive' });
    const back = await page(told.id);
    expect(back).toMatchObject({ status: 'resolved', remedy: { level: 're-review' } });
    expect((await countyclerk.get(`/api/reviews/${first}`)).body.papers[0]).toMatchObject({
      name: '复查意见书',
      number: expect.stringMatching(/^群众工作部信查〔\d{4}〕\d+号$/),
      receivedOn: today(),
      tries: [{ way: '本人在网上收下' }],
    });

    // The re-review is asked for at the hall; its hearing stops the clock.
    const second = county.newId();
    const clerk = await county.as('clerk');
    await ok(clerk.post(`/api/reviews/${second}/ask`, { matter: told.id, words: '我丈夫当时在外地，有车票' }));
    const own = await countyclerk.post(`/api/reviews/${second}/accept`, { reviewer: county.id('leader') });
    expect(own.body.refused).toBe('review.not-independent');
    expect(
      (await leader.post(`/api/reviews/${second}/accept`, { reviewer: county.id('countyclerk') })).body.refused,
    ).toBe('review.not-independent');
    await ok(leader.post(`/api/reviews/${second}/accept`, { reviewer: county.id('leader') }));
    const tomorrow = new Date(Date.now() + 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);
    await ok(
      leader.post(`/api/reviews/${second}/arrange-hearing`, {
        day: tomorrow,
        from: '09:00',
        to: '11:00',
        place: '县信访局二楼',
        chair: '何书记',
        persons: '陈秀英，水利局，村委会',
      }),
    );
    const heard = (await leader.get(`/api/reviews/${second}`)).body;
    expect(heard.clock).toMatchObject({ due: null, remaining: { text: '已暂停' } });
    expect((await page(told.id)).clock).toMatchObject({ due: null });
    expect(wordsOf(await at.get(path))).toContain('县信访局二楼');
    expect(
      (
        await leader.post(`/api/reviews/${second}/hold-hearing`, {
          present: '陈秀英',
          minutes: '双方当面说了一遍经过。',
        })
      ).body.refused,
    ).toBe('review.hearing-early');
    await ok(leader.post(`/api/reviews/${second}/cancel-hearing`, { reason: '双方同意书面审理' }));
    expect((await leader.get(`/api/reviews/${second}`)).body.clock.due).not.toBeNull();
    await ok(
      leader.post(`/api/reviews/${second}/answer`, {
        outcome: 'upheld',
        findings: '车票日期与领款日期不是同一天。',
        basis: '县水利工程占地补偿办法第六条',
        text: '领款当天您丈夫在村里，维持复查意见。这是最后一级。',
      }),
    );
    const paper = await paperOf(leader, `/api/reviews/${second}`, 're-review');
    await ok(
      leader.post(`/api/reviews/${second}/serve`, { paper, way: 'household', on: today(), receiver: '丈夫 刘大勇' }),
    );
    const ended = await page(told.id);
    expect(ended).toMatchObject({ status: 'closed', ended: true, remedy: null });
    expect(ended.story.at(-1).what).toBe('复核终结：同样的事实和理由不再受理，有新的事实可以另外提出');
    expect((await inspector.get(`/api/reviews/${second}`)).body).toMatchObject({ final: true, statusName: '已送达' });

    // It is over, and says so; the person cannot reopen it, but a new fact opens a new matter that is linked.
    const last = await at.get(path);
    expect(wordsOf(last)).toContain('复核以后信访程序终结了');
    expect(last.text).not.toContain('value="reopen"');
    const filed = await at.form(path, { ...hidden(last), act: 'new-fact', fact: '找到了银行流水，那个月没有进账' });
    expect(wordsOf(filed)).toContain('收到了，请记下编号');
    const { rows } = await county.database.pool.query('select id, after from petition where after = $1', [told.id]);
    expect(rows).toHaveLength(1);
    expect(await page(rows[0].id)).toMatchObject({ after: told.id, status: 'registered' });

    // The same facts and reasons again: refused on the re-review, closed by the lawful end, with its own document.
    const same = await letter(county);
    const final = await clerk.post(`/api/matters/${same.id}/refuse`, {
      ground: 'final',
      reason: '与已经复核的是同一件事、同样的理由',
      earlier: told.number,
    });
    expect(final.body).toMatchObject({ accepted: true });
    expect(await page(same.id)).toMatchObject({ status: 'closed', ended: true, refusal: { review: second } });
    const unserved = await clerk.post(`/api/matters/${(await letter(county)).id}/refuse`, {
      ground: 'final',
      reason: '与已经复查的是同一件事',
      earlier: same.number,
    });
    expect(unserved.body.refused).toBe('petition.review-missing');
  });

  test('[C13] set aside and sent back it is handled anew with a full clock, and earlier clocks stay on record', async () => {
    const told = await letter(county);
    await accepted(county, told);
    await opinion(county, told);
    const [clerk, countyclerk] = await Promise.all([county.as('clerk'), county.as('countyclerk')]);
    const review = county.newId();
    await ok(clerk.post(`/api/reviews/${review}/ask`, { matter: told.id, words: '面积量错了，请重新量' }));
    await ok(countyclerk.post(`/api/reviews/${review}/accept`, { reviewer: county.id('countyclerk') }));
    await ok(
      countyclerk.post(`/api/reviews/${review}/answer`, {
        outcome: 'sent-back',
        findings: '没有实地测量记录。',
        basis: '县水利工程占地补偿办法第四条',
        text: '事实没有查清，撤销原处理意见，重新办理。',
      }),
    );
    const paper = await paperOf(countyclerk, `/api/reviews/${review}`, 'review');
    await ok(
      countyclerk.post(`/api/reviews/${review}/serve`, { paper, way: 'handed', on: today(), receiver: '陈秀英' }),
    );
    const again = await page(told.id);
    expect(again).toMatchObject({ status: 'handling', reopenings: 1, clock: { name: '办结并出具处理意见' } });
    expect(again.past.filter((c: { name: string }) => c.name === '办结并出具处理意见').length).toBeGreaterThan(0);
    // A second opinion opens the way up again.
    await opinion(county, told, 'supported');
    expect(await page(told.id)).toMatchObject({ status: 'resolved', remedy: { level: 'review' } });
  });

  test('[C13] refused or withdrawn, the matter waits for the person’s own word again', async () => {
    const told = await letter(county);
    await accepted(county, told);
    await opinion(county, told);
    const { at, path } = await opened(told);
    const ask = async () => at.form(path, { ...hidden(await at.get(path)), act: 'ask-review', appeal: '面积量错了' });
    await ask();
    await at.form(path, { ...hidden(await at.get(path)), act: 'withdraw-review' });
    expect(await page(told.id)).toMatchObject({ status: 'resolved', review: null, remedy: { level: 'review' } });
    await ask();
    const { review } = await page(told.id);
    const countyclerk = await county.as('countyclerk');
    expect(
      (await countyclerk.post(`/api/reviews/${review}/refuse`, { ground: 'x', reason: '不是这件事' })).body.refused,
    ).toBe('review.ground-unknown');
    await ok(
      countyclerk.post(`/api/reviews/${review}/refuse`, { ground: 'not-opinion', reason: '说的不是这份意见里的事' }),
    );
    expect(await page(told.id)).toMatchObject({ status: 'resolved', review: null });
    await at.form(path, { ...hidden(await at.get(path)), act: 'confirm' });
    expect(await page(told.id)).toMatchObject({ status: 'closed', ended: false, remedy: null });
  });
});
