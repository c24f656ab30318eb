import { html } from 'hono/html';
import { dayOf } from '../../calendar/days.ts';
import { give } from '../../contract/commands.ts';
import { type Desk, type Raw, type Routes, route } from '../../contract/route.ts';
import { isRefusal } from '../../ledger/decider.ts';
import { idOf, newId } from '../../ledger/ids.ts';
import { sayNumber } from '../../matters/number.ts';
import { listedSuggestions, suggestionByNumber } from '../../suggestions/api.ts';
import { type Outcome, type Suggestion, SuggestionCommand } from '../../suggestions/model.ts';
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
import { Named, isLetIn, letIn, withinMinute } from './keys.ts';
import { type Html, goTo, page, tooMany } from './page.ts';
import { townships } from './places.ts';
import { refusalSaid } from './refusal.ts';
import { keyTicket } from './ticket.ts';
import { dayAlone, phoneOf } from './words.ts';

const PER_MINUTE = 20;

interface Typed {
  readonly once: string;
  readonly title: string;
  readonly words: string;
  readonly area: string;
  readonly name: string;
  readonly phone: string;
  readonly share: boolean;
}
const typedOf = (fields: Fields): Typed => ({
  once: uuid(fields, 'once') ?? newId(),
  title: text(fields, 'title'),
  words: text(fields, 'words'),
  area: text(fields, 'area'),
  name: text(fields, 'name'),
  phone: phoneOf(text(fields, 'phone')),
  share: text(fields, 'share') !== '',
});

const countyArea = async (desk: Desk): Promise<string> =>
  (
    await desk.query<{ id: string }>(
      'portal.county-area',
      `select id from area where county = $1 and level = 'county' and not closed`,
      [desk.county],
    )
  )[0]?.id ?? '';

async function form(desk: Desk, typed: Typed, faults: Faults = {}): Promise<Raw> {
  const [towns, county] = [await townships(desk), await countyArea(desk)];
  return await page(desk, {
    title: t('献计献策'),
    path: '/suggest',
    status: Object.keys(faults).length > 0 ? 422 : 200,
    body: html`<h1>${t('献计献策')}</h1>
<p class="lead">${t('怎么能办得更好，您来说。有人看，有单位答复，采不采纳都说明为什么。')}</p>
${faultList(faults)}
<form method="post" action="/suggest" class="form">${enterButton()}
<input type="hidden" name="once" value="${typed.once}">
<div class="field"><label for="title">${t('一句话说是什么')}</label>
<input id="title" name="title" maxlength="60" required value="${typed.title}"${tied(faults, 'title')}>${faultAt(faults, 'title')}</div>
<div class="field"><label for="words">${t('怎么做更好')}</label>
<p class="hint" id="words-hint">${t('现在怎么样，改成怎样，有什么好处。')}</p>
<textarea id="words" name="words" rows="6" maxlength="5000" required${tied(faults, 'words', true)}>${typed.words}</textarea>
${faultAt(faults, 'words')}</div>
<div class="field"><label for="area">${t('为哪儿提的')}</label>
<select id="area" name="area"${tied(faults, 'area')}>${option(county, t('全县'), typed.area)}${towns.map(({ id, name }) => option(id, name, typed.area))}</select>
${faultAt(faults, 'area')}</div>
<fieldset><legend>${t('怎么找您')} <small>${t('可以不填')}</small></legend>
<p class="hint">${t('留了电话，单位想细问时能找到您。不留也照样研究。')}</p>
<div class="pair"><div class="field"><label for="name">${t('怎么称呼')}</label>
<input id="name" name="name" maxlength="40" autocomplete="name" value="${typed.name}"></div>
<div class="field"><label for="phone">${t('电话')}</label>
<input id="phone" name="phone" type="tel" inputmode="tel" maxlength="20" autocomplete="tel" value="${typed.phone}"${tied(faults, 'phone')}>
${faultAt(faults, 'phone')}</div></div>
<label class="check"><input type="checkbox" name="share" value="yes"${typed.share ? html` checked` : ''}>
<span>${t('让研究的单位知道我是谁')}<small>${t('不勾的话，只有受理的人知道')}</small></span></label></fieldset>
${trapField()}
<button class="main" type="submit">${t('提出来')}</button>
<p class="hint"><a href="/suggestions">${t('看看采纳了哪些')}</a></p></form>`,
  });
}

function faultsOf(typed: Typed): Faults {
  const faults: Record<string, string> = {};
  const length = [...typed.title].length;
  if (length < 4 || length > 60) faults['title'] = t('请用一句话写是什么建议，4 到 60 个字。');
  if ([...typed.words].length < 10) faults['words'] = t('请写下怎么做更好，至少 10 个字。');
  else if (typed.words.length > 5_000) faults['words'] = t('太长了，请写在 5000 字以内。');
  if (uuid({ area: typed.area }, 'area') === undefined) faults['area'] = t('请选这个建议是为哪个乡镇、街道提的。');
  const phone = phoneFault(typed.phone);
  if (phone !== undefined) faults['phone'] = phone;
  return faults;
}

async function file(desk: Desk, fields: Fields): Promise<Raw> {
  const typed = typedOf(fields);
  const trap: Faults = trapped(fields) ? { '': t('没有收下，请稍后再试。') } : {};
  const faults = { ...trap, ...faultsOf(typed) };
  if (Object.keys(faults).length > 0) return await form(desk, typed, faults);
  if (!(await withinMinute(desk, '/suggest', PER_MINUTE))) return await tooMany(desk, '/suggest');
  const { once, name, phone, ...words } = typed;
  const content = JSON.stringify(typed);
  const command = SuggestionCommand.parse({
    kind: 'suggestion.file',
    channel: 'portal',
    ...words,
    ...(name === '' ? {} : { name: name.slice(0, 40) }),
    ...(phone === '' ? {} : { phone }),
  });
  const verdict = await give(
    { ...desk, actor: { kind: 'anyone' } },
    'suggestion',
    idOf('portal suggestion', once, content),
    command,
    { command: idOf('portal suggestion command', once, content) },
  );
  if (isRefusal(verdict))
    return await form(desk, typed, {
      [verdict.field ?? '']: refusalSaid(verdict.refused) ?? t('没有收下，请稍后再试。'),
    });
  const [number, code] = [String(verdict.told['number']), String(verdict.told['code'])];
  letIn(desk, number);
  const found = await suggestionByNumber(desk, number);
  return await page(desk, {
    title: t('收到了，谢谢您'),
    path: '/suggest',
    body: html`<h1>${t('收到了，谢谢您')}</h1>
${keyTicket(number, code, html`<p><b>${t('把这一页截图保存。')}</b></p>`)}
<h2>${t('接下来')}</h2>
<ol class="steps"><li>${t('{day}前看完转给单位，', { day: dayAlone(found?.state.screenBy ?? dayOf(desk.now), desk.now) })}${t('单位说清楚采纳还是不采纳、为什么。')}</li>
<li>${t('采纳的，后来办得怎样也写给您看。')}</li></ol>
<p class="actions"><a class="button main" href="/suggestions/${number}">${t('看进度')}</a></p>`,
  });
}

const outcomes: Readonly<Record<Outcome, () => string>> = {
  adopted: () => t('采纳'),
  partly: () => t('部分采纳'),
  not: () => t('没有采纳'),
};

/** Where it stands, in a sentence. */
function standing(state: Suggestion, unit: string | null, now: string): string {
  switch (state.status) {
    case 'filed':
      return t('{day}前转给单位', { day: dayAlone(state.screenBy, now) });
    case 'sent':
      return t('{unit}在研究，{day}前答复', { unit: unit ?? '', day: dayAlone(state.answerBy ?? dayOf(now), now) });
    case 'set-aside':
      return t('没有往下转');
    case 'matter':
      return t('这是一件要办的事，已经上台账');
    case 'done':
      return t('办成了');
    case 'answered':
      return state.answer === undefined ? '' : outcomes[state.answer.outcome]();
  }
}

async function progress(desk: Desk, number: string, faults: Faults = {}): Promise<Raw> {
  const found = isLetIn(desk, number) ? await suggestionByNumber(desk, number) : undefined;
  if (found === undefined) return goTo(`/progress?${new URLSearchParams({ number })}`);
  const { state, unit, matter } = found;
  const { told, answer } = state;
  const choice = state.listed ? (state.named ? 'named' : 'listed') : 'none';
  const radio = (value: string, label: string): Html =>
    html`<label class="check"><input type="radio" name="list" value="${value}"${value === choice ? html` checked` : ''}><span>${label}</span></label>`;
  return await page(desk, {
    title: t('我的建议'),
    path: `/suggestions/${number}`,
    status: Object.keys(faults).length > 0 ? 422 : 200,
    body: html`<p class="no" translate="no">${sayNumber(number)}</p><h1>${told?.title ?? t('我的建议')}</h1>
${faultList(faults)}
<section class="now"><b>${standing(state, unit, desk.now)}</b>${state.aside === undefined ? '' : html`<p>${state.aside}</p>`}
${matter === null ? '' : html`<p>${t('编号')} <b translate="no">${sayNumber(matter)}</b></p>`}</section>
${answer === undefined ? '' : html`<h2>${unit} ${outcomes[answer.outcome]()}</h2><div class="said"><p class="words">${answer.words}</p></div>`}
${state.followed.length === 0 ? '' : html`<h2>${t('后来')}</h2><ul>${state.followed.map(({ words, on }) => html`<li>${dayAlone(on, desk.now)} ${words}</li>`)}</ul>`}
${state.thanks === undefined ? '' : html`<h2>${t('谢谢您')}</h2><div class="said"><p class="words">${state.thanks.words}</p></div>`}
<div class="said"><p class="words">${told?.words ?? ''}</p></div>
${
  state.status === 'set-aside' || state.status === 'matter'
    ? ''
    : html`<form method="post" action="/suggestions/${number}" class="form"><p class="hint">${t('采纳了的建议会列出来给大家看。您的要不要列，由您定，随时能改。')}</p>
<fieldset>${radio('none', t('不列出来'))}${radio('listed', t('列出来，不写我的名字'))}${told?.name === undefined ? '' : radio('named', t('列出来，写我的名字'))}</fieldset>
<button type="submit">${t('就这样')}</button></form>`
}`,
  });
}

export const suggestRoutes = {
  'GET /suggest': route({
    action: 'portal.use',
    summary: 'The form for a suggestion',
    handle: (desk) => form(desk, typedOf({})),
  }),
  'POST /suggest': route({
    action: 'portal.use',
    summary: 'Make a suggestion: answers with a number and a query code',
    body: Fields,
    handle: (desk, { body }) => file(desk, body),
  }),
  'GET /suggestions': route({
    action: 'portal.use',
    summary: 'Adopted suggestions whose makers agreed to be shown',
    async handle(desk) {
      const list = await listedSuggestions(desk);
      return await page(desk, {
        title: t('采纳了的建议'),
        path: '/suggestions',
        open: true,
        body: html`<h1>${t('采纳了的建议')}</h1><p class="lead">${t('提的人同意，才列在这里。')}</p>
${
  list.length === 0
    ? html`<p>${t('还没有可以列出来的。')}</p>`
    : html`<ul class="late receptions">${list.map(
        (one) =>
          html`<li><div class="head"><b>${one.title}</b><em class="left">${one.done ? t('办成了') : outcomes[one.outcome]()}</em></div>
<p>${one.words}</p>${one.became === null ? '' : html`<p>${t('后来')}：${one.became}</p>`}
<p class="hint">${[one.unit, one.name === null ? '' : t('{name} 提的', { name: one.name })].filter((part) => part !== null && part !== '').join(' · ')}</p></li>`,
      )}</ul>`
}
<p class="actions"><a class="button main" href="/suggest">${t('我也提一条')}</a></p>`,
      });
    },
  }),
  'GET /suggestions/:number': route({
    action: 'portal.use',
    summary: 'What became of a suggestion, for whoever holds its key',
    params: Named,
    handle: (desk, { params }) => progress(desk, params.number),
  }),
  'POST /suggestions/:number': route({
    action: 'portal.use',
    summary: 'Whether the public list may show it, said by whoever made it',
    params: Named,
    body: Fields,
    async handle(desk, { params: { number }, body }) {
      const found = isLetIn(desk, number) ? await suggestionByNumber(desk, number) : undefined;
      if (found === undefined) return goTo(`/progress?${new URLSearchParams({ number })}`);
      if (!(await withinMinute(desk, '/suggestions/act', PER_MINUTE))) return await tooMany(desk, '/suggestions');
      const list = text(body, 'list');
      const verdict = await give(found.theirs, 'suggestion', found.id, {
        kind: 'suggestion.agree',
        listed: list !== 'none',
        named: list === 'named',
      } as { kind: string });
      return isRefusal(verdict)
        ? await progress(desk, number, { '': refusalSaid(verdict.refused) ?? t('没有存上，请刷新以后再试。') })
        : goTo(`/suggestions/${number}`);
    },
  }),
} satisfies Routes;
