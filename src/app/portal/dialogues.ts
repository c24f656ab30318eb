import { html } from 'hono/html';
import { z } from 'zod';
import { give } from '../../contract/commands.ts';
import { type Desk, type Raw, type Routes, route } from '../../contract/route.ts';
import { openDialogue, openDialogues } from '../../dialogues/api.ts';
import { DialogueCommand, type Hidden } from '../../dialogues/model.ts';
import { isRefusal } from '../../ledger/decider.ts';
import { idOf, newId } from '../../ledger/ids.ts';
import { t } from './english.ts';
import { type Faults, Fields, enterButton, faultAt, faultList, text, tied, uuid } from './form.ts';
import { withinMinute } from './keys.ts';
import { type Html, page, sorry, tooMany } from './page.ts';
import { when } from './receptions.ts';
import { byDay, phoneOf } from './words.ts';

/** A village may sit behind one address. */
const PER_MINUTE = 20;

type Listed = Awaited<ReturnType<typeof openDialogues>>[number];
type Whole = NonNullable<Awaited<ReturnType<typeof openDialogue>>>;
type Shown = Whole['questions'][number];

const formOf = (form: Listed['form']): string => (form === 'hotline' ? t('阳光热线') : t('网上对话'));
const reasonOf = (reason: Hidden): string =>
  ({
    personal: t('有个人信息，不公开，转给单位办'),
    duplicate: t('和另一个问题一样，答复看那一个'),
    names: t('说到具体的人做了什么，不公开，转给单位办'),
    insult: t('有骂人的话，请换个说法再问'),
    empty: t('没有写清问的什么'),
  })[reason];
const statusOf = ({ status, open }: Pick<Listed, 'status' | 'open'>): Html =>
  status === 'cancelled'
    ? html`<em class="gone">${t('已取消')}</em>`
    : html`<em class="left">${status === 'live' ? t('正在答') : open ? t('可以提问') : t('答完了')}</em>`;

/** How much was answered, always with how much was asked. */
const rates = (one: { asked: number; answered: number; handedOn: number }): Html | string =>
  one.asked === 0
    ? ''
    : html`<p class="hint">${t('问了 {asked} 个，当场答了 {answered} 个，转给单位办 {handedOn} 个。', one)}</p>`;

const item = (
  desk: Desk,
  one: Listed,
): Html => html`<li><div class="head"><b>${when(one, desk.now)}</b>${statusOf(one)}</div>
<p><a href="/dialogues/${one.id}">${one.title}</a></p><p>${formOf(one.form)}：${one.guests.join('、')}（${one.units.join('、')}）</p>
${one.reason === null ? '' : html`<p class="none">${one.reason}</p>`}${rates({ asked: one.asked, answered: one.live, handedOn: one.handedOn })}</li>`;

const promiseOf = (desk: Desk, { answer }: Shown): Html | string => {
  const promised = answer?.promised;
  if (promised == null) return '';
  const state = promised.kept === true ? t('兑现了') : promised.late ? t('到了日子，还没有兑现') : t('还没到日子');
  return html`<p class="hint">${t('答应的：')}${promised.what}（${byDay(promised.by, desk.now)}）。${state}${promised.words === null ? '' : html`：${promised.words}`}</p>`;
};

const answerOf = (desk: Desk, q: Shown): Html =>
  q.answer === null
    ? html`<p class="hint">${q.handedOn ? (q.heard === null ? t('当场没有答，转给单位办，有编号、有时限。') : t('当场没有答，单位后来已经答复提问的人。')) : t('还没有答。')}</p>`
    : html`<p><b>${q.answer.unit} ${q.answer.official}：</b>${q.answer.words}</p>${promiseOf(desk, q)}`;

interface Typed {
  readonly once: string;
  readonly words: string;
  readonly name: string;
  readonly phone: string;
}
const typedOf = (fields: Fields): Typed => ({
  once: uuid(fields, 'once') ?? newId(),
  words: text(fields, 'words'),
  name: text(fields, 'name'),
  phone: phoneOf(text(fields, 'phone')),
});

const askForm = (one: Whole, typed: Typed, faults: Faults): Html => html`<h2>${t('我要问')}</h2>${faultList(faults)}
<form method="post" action="/dialogues/${one.id}" class="form">${enterButton('ask')}
<input type="hidden" name="once" value="${typed.once}">
<div class="field"><label for="words">${t('问什么')}</label><p class="hint" id="words-hint">${t('一次问一件。不要写身份证号、电话这些，会公开。')}</p>
<textarea id="words" name="words" rows="3" maxlength="1000"${tied(faults, 'words', true)}>${typed.words}</textarea>${faultAt(faults, 'words')}</div>
<div class="pair"><div class="field"><label for="name">${t('怎么称呼')} <small>${t('可以不填')}</small></label>
<input id="name" name="name" maxlength="40" value="${typed.name}"></div>
<div class="field"><label for="phone">${t('电话')} <small>${t('可以不填')}</small></label>
<input id="phone" name="phone" type="tel" maxlength="20" value="${typed.phone}"${tied(faults, 'phone')}>${faultAt(faults, 'phone')}</div></div>
<p class="hint">${t('称呼和电话不公开。当场没答上的，转给单位办的时候用得着。')}</p>
<button class="main" type="submit" name="act" value="ask">${t('提问')}</button></form>`;

const lookForm = (one: Whole): Html => html`<details class="form"><summary>${t('看我问的那一个')}</summary>
<form method="post" action="/dialogues/${one.id}"><div class="pair">
<div class="field"><label for="question">${t('第几个问题')}</label><input id="question" name="question" inputmode="numeric" maxlength="4"></div>
<div class="field"><label for="code">${t('查询码')}</label><input id="code" name="code" autocomplete="off" maxlength="20"></div></div>
<button class="small" type="submit" name="act" value="look">${t('看')}</button></form></details>`;

async function sessionPage(desk: Desk, one: Whole, typed: Typed, faults: Faults = {}): Promise<Raw> {
  return await page(desk, {
    title: one.title,
    path: `/dialogues/${one.id}`,
    open: Object.keys(faults).length === 0,
    status: Object.keys(faults).length > 0 ? 422 : 200,
    body: html`<h1>${one.title}</h1>
<section class="now"><b>${when(one, desk.now)}</b><p>${formOf(one.form)}${one.phone === null ? '' : html` <a href="tel:${one.phone}">${one.phone}</a>`}</p>
<p>${one.guests.map((g) => `${g.unit} ${g.name}`).join('、')}</p><p>${one.about}</p>
${one.reason === null ? '' : html`<p class="${one.status === 'cancelled' ? 'none' : 'hint'}">${one.status === 'cancelled' ? t('取消的原因：') : t('时间或地点改过：')}${one.reason}</p>`}</section>
${one.words === null ? '' : html`<p class="lead">${one.words}</p>`}
${one.open ? askForm(one, typed, faults) : ''}
<h2>${t('问和答')}</h2>${rates(one)}
${
  one.hidden.length + one.waiting === 0
    ? ''
    : html`<p class="hint">${one.waiting === 0 ? '' : t('还有 {n} 个没有看过。', { n: one.waiting })}${one.hidden.map(({ reason, n }) => t('{n} 个没有公开：{why}。', { n, why: reasonOf(reason) }))}</p>`
}
${
  one.questions.length === 0
    ? html`<p class="empty">${t('还没有公开的问题。')}</p>`
    : html`<ul class="late receptions">${one.questions.map(
        (q) =>
          html`<li><div class="head"><b>${t('{n}. {words}', { n: q.question, words: q.words })}</b></div>${answerOf(desk, q)}</li>`,
      )}</ul>`
}
${one.asked === 0 ? '' : lookForm(one)}`,
  });
}

async function ask(desk: Desk, one: Whole, fields: Fields): Promise<Raw> {
  const typed = typedOf(fields);
  const { once, ...given } = typed;
  const command = DialogueCommand.safeParse({
    kind: 'dialogue.ask',
    via: 'portal',
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')),
  });
  if (!command.success) {
    const wrong = String(command.error.issues[0]?.path[0] ?? '');
    return await sessionPage(desk, one, typed, {
      [wrong]: wrong === 'phone' ? t('电话要写全：手机号，或区号加座机号。') : t('请写清问什么。'),
    });
  }
  const path = `/dialogues/${one.id}`;
  if (!(await withinMinute(desk, '/dialogues', PER_MINUTE))) return await tooMany(desk, path);
  const verdict = await give({ ...desk, actor: { kind: 'anyone' } }, 'dialogue', one.id, command.data, {
    command: idOf('portal question', once, JSON.stringify(given)),
  });
  if (isRefusal(verdict))
    return await sessionPage(desk, one, typed, {
      '':
        verdict.refused === 'dialogue.full'
          ? t('这一场的问题已经收满了。有事可以在网上说，一样有编号、有答复。')
          : t('这一场已经不收问题了。有事可以在网上说，一样有编号、有答复。'),
    });
  return await page(desk, {
    title: t('问上了'),
    path,
    body: html`<h1>${t('问上了，请记下')}</h1>
<section class="ticket"><dl><dt>${t('第几个问题')}</dt><dd class="number"><span>${String(verdict.told['question'])}</span></dd>
<dt>${t('查询码')}</dt><dd class="number" translate="no"><span>${String(verdict.told['code'])}</span></dd></dl>
<p>${t('主持人看过以后公开。不公开的会写明为什么；当场没答上的，转给单位办。')}</p></section>
<p class="actions"><a class="button" href="${path}">${t('回到这一场')}</a></p>`,
  });
}

async function look(desk: Desk, one: Whole, fields: Fields): Promise<Raw> {
  const path = `/dialogues/${one.id}`;
  if (!(await withinMinute(desk, '/dialogues', PER_MINUTE))) return await tooMany(desk, path);
  const q = one.own(Number(text(fields, 'question')), text(fields, 'code'));
  if (q === undefined)
    return await sorry(desk, path, 422, t('没有找到'), t('第几个问题或者查询码不对，请对一下再试。'));
  return await page(desk, {
    title: t('我问的'),
    path,
    body: html`<h1>${t('我问的')}</h1><p class="lead">${q.words}</p>
${q.state === 'new' ? html`<p>${t('主持人还没有看到这里。')}</p>` : ''}
${q.hidden === null ? '' : html`<p><b>${t('没有公开：')}</b>${reasonOf(q.hidden.reason)}${q.hidden.same === undefined ? '' : t('（第 {n} 个）', { n: q.hidden.same })}</p>`}
${answerOf(desk, q)}${q.said === null ? '' : html`<h2>${t('单位的答复')}</h2><p>${q.said}</p>`}
<p class="actions"><a class="button" href="${path}">${t('回到这一场')}</a></p>`,
  });
}

const Id = z.object({ id: z.uuid().catch('00000000-0000-4000-8000-000000000000') });
const gone = (desk: Desk): Promise<Raw> =>
  sorry(desk, '/dialogues', 404, t('没有这一场'), t('这一场已经过了，或者地址不对。请看现在有哪些场次。'));

/** Live sessions for residents: ask before and during, read the answers and what became of them (row D6). */
export const dialoguePages = {
  'GET /dialogues': route({
    action: 'portal.use',
    summary: 'Live sessions to come and past: who answers, how much was asked and answered',
    async handle(desk) {
      const all = await openDialogues(desk);
      return await page(desk, {
        title: t('热线和网上对话'),
        path: '/dialogues',
        open: true,
        body: html`<h1>${t('热线和网上对话')}</h1>
<p class="lead">${t('各单位的负责人当场回答。可以先提问，也可以当天再问；没答上的转给单位办。')}</p>
${all.length === 0 ? html`<p class="empty">${t('近期没有排。有事随时可以在网上说。')}</p><p class="actions"><a class="button main" href="/say">${t('说件事')}</a></p>` : html`<ul class="late receptions">${all.map((one) => item(desk, one))}</ul>`}`,
      });
    },
  }),
  'GET /dialogues/:id': route({
    action: 'portal.use',
    summary: 'One live session: questions and answers as they are shown, and the form to ask',
    params: Id,
    async handle(desk, { params }) {
      const one = await openDialogue(desk, params.id);
      return one === undefined ? await gone(desk) : await sessionPage(desk, one, typedOf({}));
    },
  }),
  'POST /dialogues/:id': route({
    action: 'portal.use',
    summary: 'Asks a question, or shows what became of one’s own by its code',
    params: Id,
    body: Fields,
    async handle(desk, { params, body }) {
      const one = await openDialogue(desk, params.id);
      if (one === undefined) return await gone(desk);
      return text(body, 'act') === 'look' ? await look(desk, one, body) : await ask(desk, one, body);
    },
  }),
} satisfies Routes;
