import { html } from 'hono/html';
import { z } from 'zod';
import { may } from '../access/access.ts';
import { type Reading, readingsOf, recordReading } from '../access/readings.ts';
import { askedOf } from '../ballots/api.ts';
import { dayOf } from '../calendar/days.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { sayDate, sheetPage } from '../figures/print.ts';
import { type MatterState, channelNames, statusNames } from '../matters/model.ts';
import { sayNumber } from '../matters/number.ts';
import { type PairState, partnerSortNames } from '../pairs/model.ts';
import type { HouseholdState, RetentionPolicy } from '../residents/model.ts';
import { isHousehold, officialOf, pathOf, reachOf } from '../residents/tables.ts';
import { type VisitState, contactNames } from '../visits/model.ts';

/** How many of the newest looks into the file go onto the sheet. */
const READINGS = 200;
const AT_ONCE = 20;
const consentNames = { needs: '登记需要的服务', sms: '收短信' } as const;
type Sheet = ReturnType<typeof html>;

/**
 * Subject access (row L3; Personal Information Protection Law, Article 45): everything that is held about a household,
 * on paper, for its own people who ask at the counter. It is put together here because it is of every feature.
 */
export const disclosureRoutes = {
  'GET /api/households/:id/held': route({
    action: 'household.disclose',
    summary: 'Everything held about a household, as a sheet to hand to its own people. The reading is recorded',
    params: z.object({ id: z.uuid() }),
    query: z.object({
      /** Who asked and how they showed who they are. */
      why: z.string().trim().max(200).optional(),
    }),
    perMinute: 30,
    async handle(desk, { params: { id }, query: { why } }) {
      if (!(await isHousehold(desk.query, desk.county, id))) return refuse('access.denied');
      const { state } = await desk.ledger.read<HouseholdState>(desk.county, 'household', id);
      if (!may(desk.actor, 'household.disclose', reachOf(state))) return refuse('access.denied');
      await recordReading(desk, id, '全部信息，打印给本人', why);
      const [file, visits, matters, pairs, gifts, asked, readings] = await Promise.all([
        fileOf(desk, state),
        visitsOf(desk, id),
        mattersOf(desk, id),
        pairsOf(desk, id),
        giftsOf(desk, id),
        askedOf(desk, id),
        readingsOf(desk, [id], READINGS),
      ]);
      const { householdYears } = desk.policies.get<RetentionPolicy>('retention');
      return sheetPage(
        '本户信息',
        false,
        html`<h1>本户信息</h1>
<p class="under"><span>这里是系统里有的、关于这一户的全部内容</span><span>${sayDate(dayOf(desk.now))}打印</span></p>
${file}${visits}${matters}${pairs}${gifts}${reviewsOf(asked)}${lookedAt(readings)}
<h2>哪里不对、不想留</h2>
<p>写得不对的，当场告诉窗口，马上改，改以前是什么也留着可查；走访记录不认可的，可以写下哪里不对。同意登记的服务和短信，随时可以说不要了，说了就停。全家搬走满 ${householdYears} 年，住户档案自动删除；办事的记录按档案的规定保管。</p>
<div class="seal"><span>本人签字：</span><span>经办人签字：</span></div>`,
      );
    },
  }),
} satisfies Routes;

const none = html`<p class="lead">没有。</p>`;
const day = (instant: string): string => sayDate(dayOf(instant));

async function fileOf(desk: Desk, state: HouseholdState): Promise<Sheet> {
  const [path, contact] = await Promise.all([
    pathOf(desk.query, desk.county, state.chain),
    officialOf(desk.query, desk.county, state.contact),
  ]);
  const consents = state.residents.flatMap((r) => r.consents.map((c) => ({ ...c, name: r.name })));
  return html`<h2>住户档案</h2>
<p>${path.map(({ name }) => name).join(' ')} ${state.address}${state.moved ? '（已迁出）' : ''}；联系干部：${contact === undefined ? '没有' : `${contact.name} ${contact.phone}`}</p>
<table><thead><tr><th>姓名</th><th>与户主关系</th><th>出生年份</th><th>电话</th><th></th></tr></thead><tbody>
${state.residents.map((r) => html`<tr><td>${r.name}</td><td>${r.relation}</td><td class="middle">${r.bornYear ?? '没有'}</td><td>${r.phone ?? '没有'}</td><td>${r.left ? '已不在这一户' : ''}</td></tr>`)}
</tbody></table>
<h2>同意过的事</h2>
${
  consents.length === 0
    ? none
    : html`<table><thead><tr><th>谁</th><th>同意什么</th><th>到哪天</th></tr></thead><tbody>${consents.map(
        ({ name, what, needs, until }) =>
          html`<tr><td>${name}</td><td>${consentNames[what]}${needs.length === 0 ? '' : `：${needs.join('、')}`}</td><td>${sayDate(until)}</td></tr>`,
      )}</tbody></table>`
}`;
}

/** What was chosen is written down for nobody; that a household was asked is, until the close. */
const reviewsOf = (asked: Awaited<ReturnType<typeof askedOf>>): Sheet | string =>
  asked.length === 0
    ? ''
    : html`<h2>正在投票的群众评议</h2>
${asked.map(({ until, used }) => html`<p>抽到了这一户，投到${sayDate(until)}；选票${used ? '领过了' : '还没有领'}。领的是哪一张、选了什么，系统里没有记；封箱以后，抽到过这一户也不再留。</p>`)}`;

/** Reads records of one kind, some at a time. */
async function readAll<S>(desk: Desk, record: string, ids: readonly string[]): Promise<{ id: string; state: S }[]> {
  const all: { id: string; state: S }[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const read = some.map(async (id) => ({ id, state: (await desk.ledger.read<S>(desk.county, record, id)).state }));
    all.push(...(await Promise.all(read)));
  }
  return all;
}

async function visitsOf(desk: Desk, household: string): Promise<Sheet> {
  const rows = await desk.query<{ id: string; name: string | null }>(
    'disclosure.visits',
    `select v.id, o.name from visit v left join official o on o.county = v.county and o.id = v.official
      where v.county = $1 and v.household = $2 order by v.met_at, v.id`,
    [desk.county, household],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const visits = await readAll<VisitState>(
    desk,
    'visit',
    rows.map(({ id }) => id),
  );
  return html`<h2>走访记录</h2>
${
  visits.length === 0
    ? none
    : html`<table><thead><tr><th>哪天</th><th>谁来的</th><th>记了什么</th><th>答应的事</th><th>本户的话</th></tr></thead><tbody>${visits.map(
        ({ id, state }) =>
          state.status === 'none'
            ? ''
            : html`<tr><td class="number">${day(state.metAt)}</td><td>${names.get(id) ?? ''}（${contactNames[state.contact]}${state.withdrawn === undefined ? '' : '，后来撤回'}）</td><td>${[state.note, ...state.needs.map(({ words }) => `要办：${words}`)].filter((words) => words !== '').join('；')}</td><td>${state.promises.map(({ what, by }) => `${what}（${sayDate(by)}前）`).join('；')}</td><td>${said(state.answer)}</td></tr>`,
      )}</tbody></table>`
}`;
}

function said(answer: Extract<VisitState, { status: 'recorded' }>['answer']): string {
  if (answer.said === 'nothing') return '还没有说';
  return answer.said === 'signed'
    ? `认可${answer.comment === undefined ? '' : `：${answer.comment}`}`
    : `不认可：${answer.reason}`;
}

async function mattersOf(desk: Desk, household: string): Promise<Sheet> {
  const rows = await desk.query<{ id: string }>(
    'disclosure.matters',
    'select id from matter where county = $1 and household = $2 order by registered_at, id',
    [desk.county, household],
  );
  const matters = await readAll<MatterState>(
    desk,
    'matter',
    rows.map(({ id }) => id),
  );
  return html`<h2>说过的事</h2>
${
  matters.length === 0
    ? none
    : html`<table><thead><tr><th>编号</th><th>哪天</th><th>说了什么</th><th>留的称呼、电话</th><th>办到哪一步</th></tr></thead><tbody>${matters.map(
        ({ state }) =>
          state.status === 'none'
            ? ''
            : html`<tr><td class="number">${sayNumber(state.number)}</td><td class="number">${day(state.receivedAt)}</td><td>${[state.told?.subject, state.told?.body, state.told?.spot].filter((words) => words !== undefined).join('；')}${state.files === undefined ? '' : `（照片 ${state.files.length} 张）`}</td><td>${[state.told?.name, state.told?.phone].filter((words) => words !== undefined).join(' ')}</td><td>${channelNames[state.channel]}，${statusNames[state.status]}${state.answer === undefined ? '' : `；答复：${state.answer}`}</td></tr>`,
      )}</tbody></table>`
}`;
}

async function pairsOf(desk: Desk, household: string): Promise<Sheet> {
  const rows = await desk.query<{ id: string; name: string | null }>(
    'disclosure.pairs',
    `select p.id, o.name from pair p left join official o on o.county = p.county and o.id = p.official
      where p.county = $1 and p.household = $2 order by p.since, p.id`,
    [desk.county, household],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const pairs = await readAll<PairState>(
    desk,
    'pair',
    rows.map(({ id }) => id),
  );
  return html`<h2>结对帮扶</h2>
${
  pairs.length === 0
    ? none
    : pairs.map(({ id, state }) =>
        state.status === 'none'
          ? ''
          : html`<p>${names.get(id) ?? ''}，${sayDate(state.since)}起，同意到${sayDate(state.until)}${state.ended === undefined ? '' : `，${sayDate(state.ended.on)}结束`}${state.partners.map((p) => `；${partnerSortNames[p.sort]}${p.name}：${p.does}${p.left === undefined ? '' : '（不再参加）'}`)}</p>
<table><thead><tr><th>帮什么</th><th>做什么</th><th>哪天前</th><th>办了没有</th><th>本户的话</th></tr></thead><tbody>${state.measures.map(
              ({ give, what, by, done, said: words }) =>
                html`<tr><td>${give}</td><td>${what}</td><td class="number">${sayDate(by)}</td><td>${done === undefined ? '还没有' : `${sayDate(done.on)}：${done.how}`}</td><td>${words?.words ?? ''}</td></tr>`,
            )}</tbody></table>
${state.reviews.map(({ on, note }) => html`<p>${sayDate(on)}有人来看过：${note}</p>`)}`,
      )
}`;
}

const giftNames = {
  proposed: '报了，等批准',
  approved: '批准了，还没送到',
  refused: '没有批准',
  given: '送到了',
  declined: '本户不要',
};

async function giftsOf(desk: Desk, household: string): Promise<Sheet> {
  const rows = await desk.query<{
    name: string;
    day: string;
    source: string;
    cents: number;
    goods: string;
    status: keyof typeof giftNames;
    given_at: string | null;
  }>(
    'disclosure.gifts',
    `select f.name, f.day, g.source, g.cents::int as cents, g.goods, g.status, g.given_at
       from gift g join festival f on f.county = g.county and f.id = g.festival
      where g.county = $1 and g.household = $2 order by f.day, g.id`,
    [desk.county, household],
  );
  return html`<h2>节前慰问</h2>
${
  rows.length === 0
    ? none
    : html`<table><thead><tr><th>哪一次</th><th>什么</th><th>从哪里出</th><th>办到哪一步</th></tr></thead><tbody>${rows.map(
        ({ name, day: of, source, cents, goods, status, given_at: at }) =>
          html`<tr><td>${name} ${sayDate(of)}</td><td>${[cents === 0 ? '' : `${cents / 100} 元`, goods].filter((part) => part !== '').join('，')}</td><td>${source}</td><td>${giftNames[status]}${at === null ? '' : `（${day(at)}）`}</td></tr>`,
      )}</tbody></table>`
}`;
}

const lookedAt = (readings: readonly Reading[]): Sheet =>
  html`<h2>谁看过${readings.length < READINGS ? '' : `（最近 ${READINGS} 次）`}</h2>
<table><thead><tr><th>哪天</th><th>谁</th><th>看了什么</th><th>为什么</th></tr></thead><tbody>${readings.map(
    ({ at, name, unit, reader, what, why }) =>
      html`<tr><td class="number">${day(at)}</td><td>${name === null ? (reader.startsWith('resident:') ? '本户' : '管服务器的人') : `${unit ?? ''} ${name}`}</td><td>${what}</td><td>${why ?? ''}</td></tr>`,
  )}</tbody></table>`;
