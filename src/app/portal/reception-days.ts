import { html } from 'hono/html';
import { give } from '../../contract/commands.ts';
import { type Desk, type Raw, type Routes, route } from '../../contract/route.ts';
import { isRefusal } from '../../ledger/decider.ts';
import { idOf } from '../../ledger/ids.ts';
import { type OpenReception, openReceptions } from '../../reception/api.ts';
import { ReceptionCommand } from '../../reception/model.ts';
import { BookingId, backForm, bookedPage, gonePage, listPage, takenBackPage } from './booking.ts';
import { t } from './english.ts';
import { type Faults, Fields, enterButton, faultAt, faultList, option, text, tied } from './form.ts';
import { withinMinute } from './keys.ts';
import { type Html, page, tooMany } from './page.ts';
import { PER_MINUTE, type Typed, field, typedOf, when } from './receptions.ts';
import { joined } from './words.ts';

const who = ({ official }: OpenReception): string =>
  joined(' ', joined('', official.unit, official.title), official.name);

const state = (one: OpenReception): Html =>
  one.status === 'cancelled'
    ? html`<em class="gone">${t('已取消')}</em>`
    : html`<em class="left">${one.free.length > 0 ? t('剩 {left} 个', { left: one.free.length }) : t('约满了')}</em>`;

const facts = (one: OpenReception): Html => html`<p>${who(one)}</p><p>${one.spot}</p>
${one.instead === null ? '' : html`<p class="hint">${t('代{name}：{why}', { name: one.instead, why: one.why })}</p>`}
${one.reason === null ? '' : html`<p class="${one.status === 'cancelled' ? 'none' : 'hint'}">${one.status === 'cancelled' ? t('取消的原因：') : t('时间或地点改过：')}${one.reason}</p>`}`;

const item = (desk: Desk, one: OpenReception): Html =>
  html`<li><div class="head"><b>${when(one, desk.now)}</b>${state(one)}</div>${facts(one)}
${one.free.length > 0 ? html`<p><a class="button small" href="/reception-days/${one.id}">${t('约一个时间')}</a></p>` : ''}</li>`;

/** What a refused booking says here; anything else is a trouble of ours. */
const say = (): Record<string, string> => ({
  'reception-day.reach-missing': t('请留一个电话，或者写以前那件事的编号，好通知您变动。'),
  'reception-day.number-unknown': t('没有这个编号，请对一下再写，或者留电话。'),
  'reception-day.booked-already': t('这个电话或编号已经约过这一次了。'),
  'reception-day.slot-taken': t('这个时间刚被别人约走了，请换一个。'),
  'reception-day.slot-unknown': t('请从列出的时间里选一个。'),
  'reception-day.full': t('这一场的号已经约满了。可以约下一场，或者直接在网上说事。'),
  'reception-day.booking-closed': t('这一场不能约了，请看下一场。'),
});

async function bookPage(
  desk: Desk,
  one: OpenReception,
  typed: Typed,
  slot: string | undefined,
  faults: Faults = {},
): Promise<Raw> {
  const path = `/reception-days/${one.id}`;
  return await page(desk, {
    title: t('约领导接访'),
    path,
    status: Object.keys(faults).length > 0 ? 422 : 200,
    body: html`<h1>${t('约领导接访')}</h1>
<section class="now"><b>${when(one, desk.now)}</b>${facts(one)}</section>
${
  one.free.length > 0
    ? html`${faultList(faults)}
<form method="post" action="${path}" class="form">${enterButton('book')}
<input type="hidden" name="once" value="${typed.once}">
<div class="field"><label for="slot">${t('什么时候来')}</label><select id="slot" name="slot"${tied(faults, 'slot')}>
${one.free.map((free) => option(free, free, slot))}</select>${faultAt(faults, 'slot')}</div>
<fieldset><legend>${t('怎么找您')}</legend>
<p class="hint">${t('电话和编号写一个就行。时间地点有变，好告诉您。')}</p>
<div class="pair">${field('phone', t('电话'), 'tel', 20, typed, faults)}
${field('number', t('以前说过的事的编号'), 'text', 30, typed, faults)}</div></fieldset>
${field('name', t('怎么称呼'), 'text', 40, typed, faults)}
<div class="field"><label for="about">${t('想说什么')} <small>${t('可以不填')}</small></label>
<textarea id="about" name="about" rows="3" maxlength="500"${tied(faults, 'about')}>${typed.about}</textarea>
${faultAt(faults, 'about')}</div>
<button class="main" type="submit" name="act" value="book">${t('约上')}</button>
<p class="hint">${t('只有接访的领导和接待的工作人员能看到您写的。')}</p></form>`
    : html`<p class="empty">${t('这一次不能约了。可以看别的场次，或者直接在网上说事。')}</p>
<p class="actions"><a class="button" href="/reception-days">${t('看别的场次')}</a><a class="button" href="/say">${t('说件事')}</a></p>`
}${one.status === 'announced' ? backForm(path) : ''}`,
  });
}

async function book(desk: Desk, one: OpenReception, fields: Fields): Promise<Raw> {
  const typed = typedOf(fields);
  const slot = text(fields, 'slot');
  const { once: _, ...given } = typed;
  const command = ReceptionCommand.safeParse({
    kind: 'reception-day.book',
    ...Object.fromEntries(Object.entries({ ...given, slot }).filter(([, value]) => value !== '')),
  });
  if (!command.success) {
    const wrong = String(command.error.issues[0]?.path[0] ?? '');
    return await bookPage(desk, one, typed, slot, {
      [wrong]:
        wrong === 'phone'
          ? t('电话要写全：手机号，或区号加座机号。')
          : wrong === 'slot'
            ? t('请从列出的时间里选一个。')
            : t('这一格写得不对，请改一下。'),
    });
  }
  const path = `/reception-days/${one.id}`;
  if (!(await withinMinute(desk, '/reception-days', PER_MINUTE))) return await tooMany(desk, path);
  const verdict = await give({ ...desk, actor: { kind: 'anyone' } }, 'reception-day', one.id, command.data, {
    command: idOf('portal reception', typed.once, JSON.stringify({ ...given, slot })),
  });
  if (isRefusal(verdict)) {
    // Whoever came too late for a time is shown those that are left.
    const [fresh = one] = await openReceptions(desk, one.id);
    return await bookPage(desk, fresh, typed, slot, {
      [verdict.field ?? '']: say()[verdict.refused] ?? t('没有约上，请稍后再试。'),
    });
  }
  return await bookedPage(
    desk,
    path,
    verdict.told,
    html`<p><b>${when(one, desk.now)}</b></p><p>${one.spot}</p><p>${who(one)}</p>`,
  );
}

async function unbook(desk: Desk, one: OpenReception, fields: Fields): Promise<Raw> {
  const path = `/reception-days/${one.id}`;
  if (!(await withinMinute(desk, '/reception-days', PER_MINUTE))) return await tooMany(desk, path);
  const command = ReceptionCommand.safeParse({
    kind: 'reception-day.unbook',
    turn: Number(text(fields, 'turn')),
    code: text(fields, 'code'),
  });
  const verdict = command.success
    ? await give({ ...desk, actor: { kind: 'anyone' } }, 'reception-day', one.id, command.data)
    : undefined;
  return await takenBackPage(desk, '/reception-days', path, verdict !== undefined && !isRefusal(verdict));
}

/** Leaders' reception days for residents: who sits where on which day, and a time to come (row D1). */
export const receptionDayPages = {
  'GET /reception-days': route({
    action: 'portal.use',
    summary: 'Leaders’ reception days to come: when, where, who, and times left',
    async handle(desk) {
      const all = await openReceptions(desk);
      return await listPage(
        desk,
        {
          path: '/reception-days',
          title: t('领导接访'),
          lead: t('领导在这些日子坐下来当面听您说。可以先约一个时间，也可以当天直接去。'),
          empty: t('近期没有排领导接访。有事随时可以在网上说。'),
        },
        all.map((one) => item(desk, one)),
      );
    },
  }),
  'GET /reception-days/:id': route({
    action: 'portal.use',
    summary: 'One reception day and the form to book a time of it',
    params: BookingId,
    async handle(desk, { params }) {
      const [one] = await openReceptions(desk, params.id);
      return one === undefined
        ? await gonePage(desk, '/reception-days')
        : await bookPage(desk, one, typedOf({}), undefined);
    },
  }),
  'POST /reception-days/:id': route({
    action: 'portal.use',
    summary: 'Books a time of a reception day, or takes a booking back by its code',
    params: BookingId,
    body: Fields,
    async handle(desk, { params, body }) {
      const [one] = await openReceptions(desk, params.id);
      if (one === undefined) return await gonePage(desk, '/reception-days');
      return text(body, 'act') === 'unbook' ? await unbook(desk, one, body) : await book(desk, one, body);
    },
  }),
} satisfies Routes;
