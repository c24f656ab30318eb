import { html } from 'hono/html';
import { give } from '../../contract/commands.ts';
import { type Desk, type Raw, type Routes, route } from '../../contract/route.ts';
import { isRefusal } from '../../ledger/decider.ts';
import { idOf, newId } from '../../ledger/ids.ts';
import { sayNumber } from '../../matters/number.ts';
import { fileTipOff, tipOffByNumber } from '../../tip-offs/api.ts';
import { type TipOffsPolicy, type TipStatus, tipClasses } from '../../tip-offs/model.ts';
import { t } from './english.ts';
import {
  type Faults,
  Fields,
  enterButton,
  faultAt,
  faultList,
  option,
  text,
  tied,
  uuid,
  phoneFault,
  trapField,
  trapped,
} from './form.ts';
import { Named, isLetIn, leave, letIn, withinMinute } from './keys.ts';
import { goTo, page, tooMany } from './page.ts';
import { refusalSaid } from './refusal.ts';
import { keyTicket } from './ticket.ts';
import { dayAlone, phoneOf } from './words.ts';

const PER_MINUTE = 10;

interface Typed {
  readonly once: string;
  readonly about: string;
  readonly class: string;
  readonly words: string;
  readonly name: string;
  readonly phone: string;
}
const typedOf = (fields: Fields): Typed => ({
  once: uuid(fields, 'once') ?? newId(),
  about: text(fields, 'about'),
  class: text(fields, 'class') || 'other',
  words: text(fields, 'words'),
  name: text(fields, 'name'),
  phone: phoneOf(text(fields, 'phone')),
});

const classes = (): Readonly<Record<(typeof tipClasses)[number], string>> => ({
  dereliction: t('失职渎职造成重大损失'),
  'public-interest': t('侵占、损害公共利益'),
  'benefit-funds': t('贪污、克扣、挪用惠民资金'),
  rough: t('态度粗暴、打骂欺压群众'),
  discipline: t('其他违反纪律的事'),
  other: t('说不清是哪一类'),
});

const form = (desk: Desk, typed: Typed, faults: Faults = {}): Promise<Raw> =>
  page(desk, {
    title: t('举报'),
    path: '/tip-off',
    status: Object.keys(faults).length > 0 ? 422 : 200,
    body: html`<h1>${t('举报')}</h1>
<p class="lead">${t('干部、单位做了不该做的事，在这里说。只有指定的几个人看得到；被举报的人、他们的单位、管系统的人都看不到。')}</p>
${faultList(faults)}
<form method="post" action="/tip-off" class="form" autocomplete="off">${enterButton()}
<input type="hidden" name="once" value="${typed.once}">
<div class="field"><label for="about">${t('说的是谁、哪个单位')}</label>
<p class="hint" id="about-hint">${t('写清姓名和单位，好让有牵连的人回避。')}</p>
<input id="about" name="about" maxlength="200" required value="${typed.about}"${tied(faults, 'about', true)}>${faultAt(faults, 'about')}</div>
<div class="field"><label for="class">${t('是哪一类')}</label>
<select id="class" name="class">${tipClasses.map((one) => option(one, classes()[one], typed.class))}</select></div>
<div class="field"><label for="words">${t('什么事')}</label>
<p class="hint" id="words-hint">${t('时间、地点、经过，怎么知道的。这里不要写您自己的名字和住处。')}</p>
<textarea id="words" name="words" rows="7" maxlength="5000" required${tied(faults, 'words', true)}>${typed.words}</textarea>
${faultAt(faults, 'words')}</div>
<fieldset><legend>${t('怎么找您')} <small>${t('可以不填')}</small></legend>
<p class="hint">${t('不留也照样核实。留了的，另外锁起来：要看，得有两个人同意并写明原因，每次都记下。')}</p>
<div class="pair"><div class="field"><label for="name">${t('怎么称呼')}</label>
<input id="name" name="name" maxlength="40" autocomplete="off" value="${typed.name}"></div>
<div class="field"><label for="phone">${t('电话')}</label>
<input id="phone" name="phone" type="tel" inputmode="tel" maxlength="20" autocomplete="off" value="${typed.phone}"${tied(faults, 'phone')}>
${faultAt(faults, 'phone')}</div></div></fieldset>
${trapField()}
<button class="main" type="submit">${t('交上去')}</button>
<p class="hint">${t('也可以直接找上一级：')}${desk.policies.get<TipOffsPolicy>('tip-offs').above}</p></form>`,
  });

function faultsOf(typed: Typed): Faults {
  const faults: Record<string, string> = {};
  if ([...typed.about].length < 2) faults['about'] = t('请写是谁或者哪个单位，说不清的写个大概。');
  if ([...typed.words].length < 10) faults['words'] = t('请写下是什么事，至少 10 个字。');
  else if (typed.words.length > 5_000) faults['words'] = t('太长了，请写在 5000 字以内。');
  const phone = phoneFault(typed.phone);
  if (phone !== undefined) faults['phone'] = phone;
  return faults;
}

async function file(desk: Desk, fields: Fields): Promise<Raw> {
  const typed = typedOf(fields);
  const trap: Faults = trapped(fields) ? { '': t('没有收下，请稍后再试。') } : {};
  const faults = { ...trap, ...faultsOf(typed) };
  if (Object.keys(faults).length > 0) return await form(desk, typed, faults);
  if (!(await withinMinute(desk, '/tip-off', PER_MINUTE))) return await tooMany(desk, '/tip-off');
  const { once, class: sort, name, phone, about, words } = typed;
  const content = JSON.stringify(typed);
  // Also for an official at work: this is anybody's way in, and nobody's account is kept with it.
  const verdict = await fileTipOff({ ...desk, actor: { kind: 'anyone' } }, idOf('portal tip-off', once, content), {
    channel: 'portal',
    about,
    words,
    class: tipClasses.find((one) => one === sort) ?? 'other',
    ...(name === '' ? {} : { name: name.slice(0, 40) }),
    ...(phone === '' ? {} : { phone }),
    command: idOf('portal tip-off command', once, content),
  });
  if (isRefusal(verdict))
    return await form(desk, typed, { '': refusalSaid(verdict.refused) ?? t('没有收下，请稍后再试。') });
  const [number, code] = [String(verdict.told['number']), String(verdict.told['code'])];
  letIn(desk, number);
  const { answerDays, above } = desk.policies.get<TipOffsPolicy>('tip-offs');
  return await page(desk, {
    title: t('收到了'),
    path: '/tip-off',
    body: html`<h1>${t('收到了，请记下编号')}</h1>
${keyTicket(number, code, html`<p><b>${t('只有这一次能看到，请抄下来。')}</b>${t('在“查进度”里填编号和查询码，看核实得怎样，也能补充。')}</p>`)}
${verdict.told['upward'] === true ? html`<section class="now seal"><b>${t('本县能回避的人不够两个')}</b><p>${t('请同时向上一级反映：')}${above}</p></section>` : ''}
<h2>${t('接下来')}</h2>
<ol class="steps"><li>${t('先核实，没有核实以前，不对任何人作记录。')}</li>
<li>${t('有了结论，要另一个人核过。{days} 天内在这里告诉您。', { days: answerDays })}</li>
<li>${t('没有查实也不要紧，不会因此记您什么。')}</li></ol>
<p class="actions"><a class="button" href="/tip-off/${number}/leave">${t('看完了，这部手机上不留')}</a></p>`,
  });
}

const standing = (status: TipStatus): string => {
  switch (status) {
    case 'received':
      return t('已收到，等开始核实');
    case 'substantiated':
      return t('查实了');
    case 'partly':
      return t('一部分查实了');
    case 'not':
      return t('没有查实');
    case 'elsewhere':
      return t('已经转给有权处理的机关');
    default:
      return t('正在核实');
  }
};

async function progress(desk: Desk, number: string, faults: Faults = {}): Promise<Raw> {
  const found = isLetIn(desk, number) ? await tipOffByNumber(desk, number) : undefined;
  if (found === undefined) return goTo('/progress');
  const over = found.answer !== null;
  return await page(desk, {
    title: t('查进度'),
    path: '/progress',
    status: Object.keys(faults).length > 0 ? 422 : 200,
    body: html`<p class="no" translate="no">${sayNumber(number)}</p><h1>${standing(found.status)}</h1>
${faultList(faults)}
${over ? html`<section class="now"><p>${found.answer}</p></section>` : html`<p class="lead">${t('{day}前告诉您核实的结果。', { day: dayAlone(found.due, desk.now) })}</p>`}
${found.upward ? html`<p>${t('请同时向上一级反映：')}${found.above}</p>` : ''}
<div class="said"><p class="words">${found.words}</p>${found.added.map((words) => html`<p class="words">${words}</p>`)}</div>
${
  over
    ? html`<p>${t('觉得不对，可以向上一级反映：')}${found.above}</p>`
    : html`<form method="post" action="/tip-off/${number}" class="form"><input type="hidden" name="once" value="${newId()}">
<div class="field"><label for="words">${t('补充')}</label><textarea id="words" name="words" rows="3" maxlength="2000"${tied(faults, 'words')}></textarea>${faultAt(faults, 'words')}</div>
<button type="submit">${t('补上')}</button></form>`
}
<p class="actions"><a class="button" href="/tip-off/${number}/leave">${t('看完了，这部手机上不留')}</a></p>`,
  });
}

export const tipOffPageRoutes = {
  'GET /tip-off': route({
    action: 'portal.use',
    summary: 'The form to report what an official or a unit did',
    handle: (desk) => form(desk, typedOf({})),
  }),
  'POST /tip-off': route({
    action: 'portal.use',
    summary: 'Report it: answers with a number and a query code',
    body: Fields,
    handle: (desk, { body }) => file(desk, body),
  }),
  'GET /tip-off/:number': route({
    action: 'portal.use',
    summary: 'Where it stands and what was found, for whoever holds its key',
    params: Named,
    handle: (desk, { params }) => progress(desk, params.number),
  }),
  'POST /tip-off/:number': route({
    action: 'portal.use',
    summary: 'Add something to it',
    params: Named,
    body: Fields,
    async handle(desk, { params: { number }, body }) {
      const found = isLetIn(desk, number) ? await tipOffByNumber(desk, number) : undefined;
      if (found === undefined) return goTo('/progress');
      if (!(await withinMinute(desk, '/tip-off/add', PER_MINUTE))) return await tooMany(desk, '/progress');
      const words = text(body, 'words');
      if ([...words].length < 4 || words.length > 2_000)
        return await progress(desk, number, { words: t('请写 4 到 2000 个字。') });
      const verdict = await give(
        found.theirs,
        'tip-off',
        found.id,
        { kind: 'tip-off.add', words } as { kind: string },
        { command: idOf('portal tip-off more', uuid(body, 'once') ?? newId(), words) },
      );
      return isRefusal(verdict)
        ? await progress(desk, number, { '': refusalSaid(verdict.refused) ?? t('没有存上，请刷新以后再试。') })
        : goTo(`/tip-off/${number}`);
    },
  }),
  'GET /tip-off/:number/leave': route({
    action: 'portal.use',
    summary: 'Forget on this phone that the code was shown',
    params: Named,
    handle(desk, { params: { number } }) {
      if (number !== '') leave(desk, number);
      return goTo('/');
    },
  }),
} satisfies Routes;
