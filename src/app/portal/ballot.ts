import { html } from 'hono/html';
import { z } from 'zod';
import { ballotBy, ballotsShown, castBallot, drawBallot, subjectsOf } from '../../ballots/api.ts';
import type { Ballot } from '../../ballots/model.ts';
import { byFours } from '../../ballots/receipt.ts';
import { isOn } from '../../ballots/rules.ts';
import { printOf } from '../../ballots/signing.ts';
import { namesOf, placeOf } from '../../access/directory.ts';
import { dayOf } from '../../calendar/days.ts';
import { sayDay } from '../../calendar/explain.ts';
import { type Desk, type Raw, type Routes, raw, route } from '../../contract/route.ts';
import { built } from '../static.ts';
import { t } from './english.ts';
import { type Html, type Part, page, sorry } from './page.ts';
import { refusalSaid } from './refusal.ts';
import { spaced } from './words.ts';

const Id = z.object({ id: z.uuid().catch('00000000-0000-4000-8000-000000000000') });
/** A whole village may stand behind one address of its telephone company. */
const DRAWS_PER_MINUTE = 60;
/** What a phone may be told by its two requests. */
const REFUSED = [
  'ballot.unknown',
  'ballot.over',
  'ballot.used',
  'ballot.code-wrong',
  'ballot.token-wrong',
  'ballot.choices-wrong',
  'ballot.blank',
  'ballot.cast',
  'ballot.urn-lost',
  'ballot.counting',
  'limit.too-many',
] as const;

const script = (): Html => html`<script type="module" src="/ballot.js"></script>`;
const halfSaid = (half: string): string =>
  half.endsWith('-1')
    ? t('{year} 年上半年', { year: half.slice(0, 4) })
    : t('{year} 年下半年', { year: half.slice(0, 4) });

async function listPage(desk: Desk): Promise<Raw> {
  const shown = await ballotsShown(desk);
  const today = dayOf(desk.now);
  const links = (of: typeof shown, under: (one: (typeof shown)[number]) => string): Part =>
    of.map(
      (one) =>
        html`<a href="/ballot/${one.id}"><strong>${one.place}</strong><span>${halfSaid(one.half)}${t('，')}${under(one)}</span><i aria-hidden="true">›</i></a>`,
    );
  const [on, closed] = [shown.filter((one) => one.on), shown.filter((one) => one.closed)];
  return await page(desk, {
    title: t('评议驻村干部'),
    path: '/ballot',
    body: html`<h1>${t('评议驻村干部')}</h1>
<p class="lead">${t('每半年一次，请各户评一评在村里驻着的干部。谁选了什么，谁也不知道：系统里没有记。')}</p>
${
  on.length === 0
    ? html`<p class="empty">${t('现在没有正在投的。开始的时候，会有人把条子送到家里。')}</p>`
    : html`<h2>${t('正在投的')}</h2><nav class="do">${links(on, (one) => t('投到{day}', { day: spaced(sayDay(one.until, today)) }))}</nav>`
}
${closed.length === 0 ? '' : html`<h2>${t('封箱了的')}</h2><nav class="do">${links(closed, () => t('看自己的票在不在'))}</nav>`}`,
  });
}

async function votePage(desk: Desk, id: string, state: Ballot, place: string): Promise<Raw> {
  const subjects = await subjectsOf(desk, state);
  const print = printOf(state.key);
  const words = JSON.stringify({
    refused: Object.fromEntries(REFUSED.map((code) => [code, refusalSaid(code)])),
    lost: t('网络断了，没有送到。再按一次就行，不会投成两张。'),
    blank: t('请至少评一位。'),
    code: t('请填条子上的投票码。'),
  });
  const grade = (n: number, value: string, title: string): Html =>
    html`<label class="check"><input type="radio" name="of-${n}" value="${value}"><span>${title}</span></label>`;
  return await page(desk, {
    title: t('评议驻村干部'),
    path: `/ballot/${id}`,
    body: html`<p class="no">${place} ${halfSaid(state.half)}</p><h1>${t('评议驻村干部')}</h1>
<p class="lead">${t('投到{day}。一户一张，投了不能改。', { day: spaced(sayDay(state.until, dayOf(desk.now))) })}</p>
<noscript><section class="now seal"><b>${t('这个浏览器投不了')}</b><p>${t('选票要在手机上封好再送出去，要用到脚本。请换一部手机，或者到村里的投票点领一张纸票。')}</p></section></noscript>
<div id="ballot" data-id="${id}" data-key="${state.key}" data-print="${print}" data-rated="${subjects.length}" data-words="${words}">
<p class="faults" id="fault" role="alert" hidden></p>
<section class="now seal" id="no-keys" hidden><b>${t('这个网址投不了')}</b><p>${t('选票要在手机上封好再送出去，只有 https 开头的网址才行。请照条子上的网址打开，或者到村里的投票点领一张纸票。')}</p></section>
<section class="now seal" id="wrong-key" hidden><b>${t('先不要投')}</b><p>${t('这里的核对码和条子上印的不一样。请打县群众工作部的电话问一问，或者领一张纸票。')}</p></section>
<form id="draw" class="form" hidden>
<div class="field"><label for="code">${t('条子上的投票码')}</label><input id="code" class="big" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20"></div>
<button class="main" type="submit">${t('领选票')}</button>
<p class="hint">${t('领票用投票码，投票不用：领了以后，您的手机把选票单独送出去，上面没有您的任何东西。')}</p></form>
<form id="vote" class="form" hidden>
<p class="lead">${t('选票领好了。慢慢想，今天不投也行：过后用这部手机再打开这一页。')}</p>
${subjects.map(
  ({ name, title, unit }, n) =>
    html`<fieldset><legend>${name}<small>${[unit, title].filter((part) => part !== '').join(' ')}</small></legend>${state.grades.map((one, value) => grade(n, String(value), one.title))}${grade(n, '-', t('不了解，不评'))}</fieldset>`,
)}
<button class="main" type="submit">${t('投出去，不能改')}</button></form>
<section id="done" hidden><section class="now"><b>${t('投好了')}</b><p>${t('这是您的回执。封箱以后，在这一页能看到它在不在里面；从它看不出您选了什么。')}</p>
<p class="big words"><code id="receipt" translate="no"></code></p><p>${t('可以抄下来，或者截图。')}</p></section>
<p class="actions"><button type="button" id="forget">${t('抄好了，这部手机上不留')}</button></p></section>
</div>
<h2>${t('为什么谁也不知道')}</h2>
<ul class="plain"><li>${t('领票时记下：这一户领过了。不记领的是哪一张，选票是封着签的字。')}</li>
<li>${t('投票时只认签过字的选票，不认人；不记时间，不记先后，不记从哪里来。')}</li>
<li>${t('被评的干部和他的单位，看不到请了哪些户，也不经手选票。')}</li>
<li>${t('满 {least} 票才公布，不满的一个数也不公布，全部销毁。', { least: state.least })}</li></ul>
<p class="hint">${t('核对码 {print}，和条子上印的一样才投。', { print })}</p>${script()}`,
  });
}

async function closedPage(desk: Desk, id: string, state: Ballot, place: string): Promise<Raw> {
  const { outcome } = state;
  const words = JSON.stringify({
    found: t('在里面，算进去了。'),
    missing: t('没有找到。请核对有没有抄错；没有错的话，请打县群众工作部的电话。'),
  });
  const receipts = outcome?.receipts ?? [];
  return await page(desk, {
    title: t('看自己的票在不在'),
    path: `/ballot/${id}`,
    body: html`<p class="no">${place} ${halfSaid(state.half)}</p><h1>${t('看自己的票在不在')}</h1>
${
  outcome?.enough === true
    ? html`<p class="lead">${t('封箱时一共 {n} 张。每张的回执都列在下面，票数和它们一样多。', { n: receipts.length })}</p>
<form id="check" class="form" hidden><div class="field"><label for="mine">${t('您的回执')}</label>
<p class="hint">${t('手机上投的，这部手机记着；纸票的，印在您留下的那一条上。只在您手机上找，不送出去。')}</p>
<input id="mine" class="big" autocomplete="off" spellcheck="false" maxlength="60"></div><p id="answer" role="status"></p></form>
<ol class="receipts" id="receipts" data-id="${id}" data-words="${words}" translate="no">${receipts.map((one) => html`<li>${byFours(one)}</li>`)}</ol>
${script()}`
    : html`<p class="lead">${
        state.status === 'void'
          ? t('这次评议作废了，投的票都销毁了：{reason}', { reason: state.reason ?? '' })
          : state.status === 'open'
            ? t('投票结束了，正在点票。封箱以后在这里看自己的票在不在。')
            : t('投的不满 {least} 票，按规矩一个数也不公布，投的票都销毁了。', { least: state.least })
      }</p>`
}`,
  });
}

const Text = (most: number) => z.string().min(1).max(most);

/** What a resident sees of a review (row G2): draw, vote, and find one's own afterwards. */
export const ballotPages = {
  'GET /ballot': route({
    action: 'portal.use',
    summary: 'Reviews of stationed officials that are open, and those one can check a receipt in',
    handle: listPage,
  }),
  'GET /ballot.js': route({
    action: 'portal.use',
    summary: 'What blinds, unblinds and casts a ballot on the phone',
    handle: () => {
      const text = built('ballot.js');
      return raw('text/javascript; charset=utf-8', text ?? '', {
        status: text === undefined ? 404 : 200,
        headers: { 'cache-control': 'no-cache' },
      });
    },
  }),
  'GET /ballot/:id': route({
    action: 'portal.use',
    summary: 'Vote while it is open; afterwards the receipts of all that were counted',
    params: Id,
    async handle(desk, { params: { id } }) {
      const state = await ballotBy(desk, id);
      if (state === undefined)
        return await sorry(desk, '/ballot', 404, t('没有这次评议'), t('网址不完整，请照条子上的再打一遍。'));
      const names = await namesOf(desk.query, desk.county, state.chain);
      const place = placeOf(names, state.chain.slice(1));
      return isOn(state, dayOf(desk.now))
        ? await votePage(desk, id, state, place)
        : await closedPage(desk, id, state, place);
    },
  }),
  'POST /ballot/:id/draw': route({
    action: 'portal.use',
    summary: 'Takes one elector’s right to a ballot by the code of the slip, and signs what is blinded',
    params: Id,
    body: z.object({ code: Text(40), blinded: Text(400) }),
    perMinute: DRAWS_PER_MINUTE,
    handle: (desk, { params: { id }, body }) => drawBallot(desk, id, body.code, body.blinded),
  }),
  // No limit by address: it would note down where a ballot came from, and when. Only a signed token is put in.
  'POST /ballot/:id/cast': route({
    action: 'portal.use',
    summary: 'Puts a ballot into the urn: a signed token and the choices, and nothing of who sends it',
    params: Id,
    body: z.object({ token: Text(200), signature: Text(400), choices: Text(200) }),
    handle: (desk, { params: { id }, body }) => castBallot(desk, id, body),
  }),
} satisfies Routes;
