import { html } from 'hono/html';
import { z } from 'zod';
import { dayOf } from '../../calendar/days.ts';
import { sayDay, sayInstant } from '../../calendar/explain.ts';
import { give } from '../../contract/commands.ts';
import { type Desk, type Raw, type Routes, route } from '../../contract/route.ts';
import { doubtsOf } from '../../informants/advice.ts';
import { informantBy, reportBy, takeBack } from '../../informants/api.ts';
import { NeedReportCommand, doubtSaid } from '../../informants/model.ts';
import { isRefusal } from '../../ledger/decider.ts';
import { idOf, newId } from '../../ledger/ids.ts';
import { sayNumber } from '../../matters/number.ts';
import { type Faults, Fields, enterButton, faultAt, faultList, option, text, tied, uuid } from './form.ts';
import { withinMinute } from './keys.ts';
import { type Html, page, sorry, tooMany } from './page.ts';
import { t } from './english.ts';
import { refusalSaid } from './refusal.ts';
import { phoneOf, spaced } from './words.ts';

const PER_MINUTE = 20;
const closed = (desk: Desk): Promise<Raw> =>
  sorry(desk, '/', 404, t('这个链接打不开'), t('链接不完整，或者约定已经到期、结束。请找联系您的干部。'));

type Informant = NonNullable<Awaited<ReturnType<typeof informantBy>>>;
interface Typed {
  readonly once: string;
  readonly about: string;
  readonly area: string;
  readonly spot: string;
  readonly words: string;
}
const typedOf = (fields: Fields): Typed => ({
  once: uuid(fields, 'once') ?? newId(),
  about: text(fields, 'about') === 'household' ? 'household' : 'place',
  area: text(fields, 'area'),
  spot: text(fields, 'spot'),
  words: text(fields, 'words'),
});

const radio = (value: string, label: string, hint: string, typed: Typed): Html =>
  html`<label class="check"><input type="radio" name="about" value="${value}"${value === typed.about ? html` checked` : ''}>
<span>${label}<small>${hint}</small></span></label>`;

/** The form has a place, a spot and a need. There is nowhere to write whom it is about. */
async function reportPage(
  desk: Desk,
  of: Informant,
  key: string,
  typed: Typed,
  faults: Faults = {},
  advice: readonly string[] = [],
): Promise<Raw> {
  return await page(desk, {
    title: t('报一个需要'),
    path: `/informant/${of.id}?${new URLSearchParams({ k: key })}`,
    status: Object.keys(faults).length > 0 ? 422 : 200,
    body: html`<h1>${t('报一个需要')}</h1>
<p class="lead">${t('{name}，谢谢您帮着留意。只报缺什么、要修什么、要帮什么；不报人，不报谁做了什么、说了什么、去了哪里。', { name: of.name })}</p>
${faultList(faults)}
${advice.length === 0 ? '' : html`<section class="now seal"><b>${t('这段话请再看看')}</b>${advice.map((line) => html`<p>${line}</p>`)}</section>`}
<form method="post" action="/informant/${of.id}" class="form">${enterButton('file')}
<input type="hidden" name="k" value="${key}"><input type="hidden" name="once" value="${typed.once}">
<fieldset><legend>${t('是哪一种')}</legend>${radio('place', t('一个地方'), t('路、桥、灯、水、广场这些'), typed)}${radio('household', t('一户人家自己的需要'), t('他们自己要的；他们同意了才有人看得到'), typed)}</fieldset>
<div class="field"><label for="area">${t('在哪个村、组')}</label><select id="area" name="area"${tied(faults, 'area')}>${of.places.map(({ id, name }) => option(id, name, typed.area))}</select>${faultAt(faults, 'area')}</div>
<div class="field"><label for="spot">${t('在哪里')} <small>${t('哪座桥、哪盏灯、哪段路，或者门牌；不写名字')}</small></label>
<input id="spot" name="spot" maxlength="80" value="${typed.spot}"${tied(faults, 'spot')}>${faultAt(faults, 'spot')}</div>
<div class="field"><label for="words">${t('缺什么、要修什么、要帮什么')}</label>
<textarea id="words" name="words" rows="4" maxlength="500"${tied(faults, 'words')}>${typed.words}</textarea>${faultAt(faults, 'words')}</div>
${advice.length === 0 ? '' : html`<label class="check"><input type="checkbox" name="sure" value="yes"><span>${t('就是需要，没有说人')}<small>${t('镇里的人先看一眼，再决定收不收')}</small></span></label>`}
<button class="main" type="submit" name="act" value="file">${t('报上去')}</button></form>
<p class="hint">${t('约定到{day}为止，随时可以不做。', { day: spaced(sayDay(of.until, dayOf(desk.now))) })}</p>
<form method="post" action="/informant/${of.id}"><input type="hidden" name="k" value="${key}">
<button class="small" type="submit" name="act" value="leave">${t('我不做了')}</button></form>`,
  });
}

/** Before anything is reported in somebody's name they are asked themselves, on their own phone. */
const askPage = async (desk: Desk, of: Informant, key: string): Promise<Raw> =>
  await page(desk, {
    title: t('愿意当信息员吗'),
    path: `/informant/${of.id}?${new URLSearchParams({ k: key })}`,
    body: html`<h1>${t('愿意当信息员吗')}</h1>
<p class="lead">${t('{name}，村里想请您帮着留意：路、桥、灯、水这些缺什么、要修什么。', { name: of.name })}</p>
<ul class="plain"><li>${t('只报地方的需要，或者一户人家自己要的；不报人，不报谁做了什么、说了什么、去了哪里。')}</li>
<li>${t('地方：{place}', { place: of.places[0]?.name ?? '' })}</li>
<li>${t('约定到{day}为止，随时可以不做。', { day: spaced(sayDay(of.until, dayOf(desk.now))) })}</li>
</ul>
<p class="hint">${t('您的名字和电话只有村里、镇里的干部看得到；不做了就删掉。')}</p>
<form method="post" action="/informant/${of.id}" class="form"><input type="hidden" name="k" value="${key}">
<button class="main" type="submit" name="act" value="agree">${t('我愿意')}</button>
<button class="small" type="submit" name="act" value="leave">${t('我不愿意')}</button></form>`,
  });

async function file(desk: Desk, of: Informant, key: string, fields: Fields): Promise<Raw> {
  const typed = typedOf(fields);
  const sure = text(fields, 'sure') === 'yes';
  const command = NeedReportCommand.safeParse({
    kind: 'need-report.file',
    informant: of.id,
    about: typed.about,
    area: typed.area,
    words: typed.words,
    ...(typed.spot === '' ? {} : { spot: typed.spot }),
    ...(sure ? { sure } : {}),
  });
  if (!command.success) {
    const wrong = String(command.error.issues[0]?.path[0] ?? '');
    return await reportPage(desk, of, key, typed, { [wrong]: t('这一格还没有写好。') });
  }
  const content = JSON.stringify([typed, sure]);
  const report = idOf('portal need', typed.once, content);
  const verdict = await give(of.theirs, 'need-report', report, command.data, {
    command: idOf('portal need command', typed.once, content),
  });
  if (isRefusal(verdict)) {
    const about = verdict.refused === 'need-report.about-people';
    const found = doubtsOf(`${typed.words} ${typed.spot}`, false);
    // What the words themselves do not show is a name the register knows.
    const doubts = about ? (found.length === 0 ? (['name'] as const) : found) : [];
    return await reportPage(
      desk,
      of,
      key,
      typed,
      { [verdict.field ?? '']: refusalSaid(verdict.refused) ?? t('没有报上，请稍后再试。') },
      doubts.map((doubt) => doubtSaid(doubt)),
    );
  }
  const { state } = await desk.ledger.read<{ key?: string; status: string }>(desk.county, 'need-report', report);
  const link = `${desk.publicUrl}/need-report/${report}?k=${state.key ?? ''}`;
  return await page(desk, {
    title: t('报上了'),
    path: `/informant/${of.id}?${new URLSearchParams({ k: key })}`,
    body: html`<h1>${state.status === 'passed' ? t('报上了，已经上台账') : typed.about === 'household' ? t('还要那一户同意') : t('收到了，镇里的人先看一眼')}</h1>
${
  typed.about === 'household'
    ? html`<p class="lead">${t('请让那一户用自己的手机打开这个链接，看看写得对不对，同意了才有人看得到：')}</p><p class="words"><a href="${link}">${link}</a></p>`
    : ''
}
<p class="actions"><a class="button" href="/informant/${of.id}?${new URLSearchParams({ k: key })}">${t('再报一个')}</a></p>`,
  });
}

type Report = NonNullable<Awaited<ReturnType<typeof reportBy>>>;

async function householdPage(desk: Desk, of: Report, key: string, faults: Faults = {}): Promise<Raw> {
  const form = (inside: Html): Html =>
    html`<form method="post" action="/need-report/${of.id}" class="form"><input type="hidden" name="k" value="${key}">${inside}</form>`;
  const back = form(
    html`<button class="small" type="submit" name="act" value="withdraw">${t('撤回，删掉这些话')}</button>`,
  );
  const asking =
    form(html`<p class="hint">${t('您同意了，这件事才上台账，才有人看得到。留不留名字和电话都行，留了好找您。')}</p>
<div class="pair"><div class="field"><label for="name">${t('怎么称呼')} <small>${t('可以不填')}</small></label><input id="name" name="name" maxlength="40"></div>
<div class="field"><label for="phone">${t('电话')} <small>${t('可以不填')}</small></label><input id="phone" name="phone" type="tel" maxlength="20"${tied(faults, 'phone')}>${faultAt(faults, 'phone')}</div></div>
<div class="two"><button class="yes" type="submit" name="act" value="consent">${t('同意')}</button>
<button type="submit" name="act" value="withdraw">${t('不同意，删掉')}</button></div>`);
  const gone = of.status === 'withdrawn' || of.status === 'returned';
  return await page(desk, {
    title: t('替您家报的需要'),
    path: `/need-report/${of.id}?${new URLSearchParams({ k: key })}`,
    status: Object.keys(faults).length > 0 ? 422 : 200,
    body: html`<p class="no">${t('{when}报的', { when: sayInstant(of.filedAt, desk.now) })}</p>
<h1>${gone ? t('这里没有您家的话了') : of.status === 'asking' ? t('这是您家自己的需要吗') : t('您同意了')}</h1>
${faultList(faults)}
${
  gone
    ? html`<p class="lead">${of.status === 'withdrawn' ? t('您已经撤回，这些话已经删掉。') : t('这一条没有收，这些话没有留。')}</p>`
    : html`<div class="said"><p class="words">${of.words}</p>${of.spot === null ? '' : html`<p>${of.spot}</p>`}</div>`
}
${
  of.matter === null
    ? ''
    : html`<p>${t('已经上台账，编号 ')}<b translate="no">${sayNumber(of.matter.number)}</b>${t('，查询码 ')}<b translate="no">${of.matter.code}</b>${t('。')}
<a href="/progress">${t('查进度')}</a>${of.status === 'withdrawn' ? t('；不想再办，凭编号和查询码在进度里说一声。') : ''}</p>`
}
${of.status === 'asking' ? asking : gone ? '' : back}`,
  });
}

const Id = z.object({ id: z.uuid().catch('00000000-0000-4000-8000-000000000000') });
const keyOf = (fields: Fields): string => text(fields, 'k').slice(0, 64);

export const informantPageRoutes = {
  'GET /informant/:id': route({
    action: 'portal.use',
    summary: 'An informant’s own page: report what a place needs',
    params: Id,
    query: Fields,
    async handle(desk, { params, query }) {
      if (!(await withinMinute(desk, '/informant', PER_MINUTE))) return await tooMany(desk, '/');
      const of = await informantBy(desk, params.id, keyOf(query));
      if (of === undefined) return await closed(desk);
      return of.agreed ? await reportPage(desk, of, keyOf(query), typedOf({})) : await askPage(desk, of, keyOf(query));
    },
  }),
  'POST /informant/:id': route({
    action: 'portal.use',
    summary: 'Reports a need, or ends being an informant',
    params: Id,
    body: Fields,
    async handle(desk, { params, body }) {
      if (!(await withinMinute(desk, '/informant', PER_MINUTE))) return await tooMany(desk, '/');
      const of = await informantBy(desk, params.id, keyOf(body));
      if (of === undefined) return await closed(desk);
      if (text(body, 'act') === 'agree') {
        const verdict = of.agreed ? undefined : await give(of.theirs, 'informant', of.id, { kind: 'informant.agree' });
        if (verdict !== undefined && isRefusal(verdict)) return await closed(desk);
        return await reportPage(desk, { ...of, agreed: true }, keyOf(body), typedOf({}));
      }
      if (text(body, 'act') !== 'leave' && !of.agreed) return await askPage(desk, of, keyOf(body));
      if (text(body, 'act') !== 'leave') return await file(desk, of, keyOf(body), body);
      await give(of.theirs, 'informant', of.id, { kind: 'informant.leave' });
      return await page(desk, {
        title: t('不做了'),
        path: '/',
        body: html`<h1>${t('好的，谢谢您')}</h1><p class="lead">${t('从现在起您不再是信息员，名字和电话不再列在名单里。有事照样可以在网上说。')}</p>`,
      });
    },
  }),
  'GET /need-report/:id': route({
    action: 'portal.use',
    summary: 'A household reads what was reported as its need',
    params: Id,
    query: Fields,
    async handle(desk, { params, query }) {
      if (!(await withinMinute(desk, '/need-report', PER_MINUTE))) return await tooMany(desk, '/');
      const of = await reportBy(desk, params.id, keyOf(query));
      return of === undefined ? await closed(desk) : await householdPage(desk, of, keyOf(query));
    },
  }),
  'POST /need-report/:id': route({
    action: 'portal.use',
    summary: 'The household agrees, or takes it back',
    params: Id,
    body: Fields,
    async handle(desk, { params, body }) {
      if (!(await withinMinute(desk, '/need-report', PER_MINUTE))) return await tooMany(desk, '/');
      const key = keyOf(body);
      const of = await reportBy(desk, params.id, key);
      if (of === undefined) return await closed(desk);
      const act = text(body, 'act');
      const [name, phone] = [text(body, 'name').slice(0, 40), phoneOf(text(body, 'phone'))];
      if (act === 'consent' && phone !== '' && !/^[0-9+\- ]{5,20}$/.test(phone))
        return await householdPage(desk, of, key, { phone: t('电话要写全：手机号，或区号加座机号。') });
      const verdict =
        act === 'withdraw'
          ? await takeBack(of.theirs, of.id)
          : act === 'consent'
            ? await give(of.theirs, 'need-report', of.id, {
                kind: 'need-report.consent',
                ...(name === '' ? {} : { name }),
                ...(phone === '' ? {} : { phone }),
              } as { kind: string })
            : undefined;
      if (verdict !== undefined && isRefusal(verdict))
        return await householdPage(desk, of, key, { '': refusalSaid(verdict.refused) ?? t('没有存上，请再试一次。') });
      const now =
        act === 'withdraw' ? { ...of, status: 'withdrawn' as const, words: '' } : await reportBy(desk, of.id, key);
      return now === undefined ? await closed(desk) : await householdPage(desk, now, key);
    },
  }),
} satisfies Routes;
