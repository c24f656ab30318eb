import { html } from 'hono/html';
import { dayOf, weekday } from '../../calendar/days.ts';
import { sayDay } from '../../calendar/explain.ts';
import { give } from '../../contract/commands.ts';
import { language } from '../../language/saying.ts';
import { type Desk, type Raw, type Routes, route } from '../../contract/route.ts';
import { isRefusal } from '../../ledger/decider.ts';
import { idOf, newId } from '../../ledger/ids.ts';
import { type Reception, receptions } from '../../outreach/api.ts';
import { OutreachCommand } from '../../outreach/model.ts';
import { BookingId, backForm, bookedPage, gonePage, listPage, takenBackPage } from './booking.ts';
import { t } from './english.ts';
import { type Faults, Fields, enterButton, faultAt, faultList, text, tied, uuid } from './form.ts';
import { withinMinute } from './keys.ts';
import { type Html, page, tooMany } from './page.ts';
import { dayInEnglish, joined, phoneOf } from './words.ts';

/** A village may sit behind one address; nobody books more than a few places a minute. */
export const PER_MINUTE = 20;

/** 12 月 3 日（周四） 09:00–11:30 */
export const when = (reception: Pick<Reception, 'day' | 'from' | 'to'>, now: string): string => {
  const { day, from, to } = reception;
  const said =
    language() === 'en'
      ? dayInEnglish.format(new Date(`${day}T12:00:00+08:00`))
      : `${sayDay(day, dayOf(now))}（周${'一二三四五六日'[weekday(day) - 1]}）`;
  return `${said} ${from}–${to}`;
};

const peopleOf = (reception: Reception): string =>
  reception.people.map(({ name, title }) => joined(' ', title, name)).join(language() === 'en' ? ', ' : '、');

const places = (reception: Reception): Html =>
  reception.status === 'cancelled'
    ? html`<em class="gone">${t('已取消')}</em>`
    : html`<em class="left">${reception.open ? t('还有 {left} 个号', { left: reception.left }) : t('约满了')}</em>`;

const facts = (one: Reception): Html => html`<p>${one.place} ${one.spot}</p>
<p>${peopleOf(one)}</p><p>${one.about}</p>
${one.reason === null ? '' : html`<p class="${one.status === 'cancelled' ? 'none' : 'hint'}">${one.status === 'cancelled' ? t('取消的原因：') : t('时间或地点改过：')}${one.reason}</p>`}`;

const item = (desk: Desk, one: Reception): Html =>
  html`<li><div class="head"><b>${when(one, desk.now)}</b>${places(one)}</div>${facts(one)}
${one.open ? html`<p><a class="button small" href="/receptions/${one.id}">${t('约一个号')}</a></p>` : ''}</li>`;

/** What a booking form holds. */
export interface Typed {
  readonly once: string;
  readonly phone: string;
  readonly number: string;
  readonly name: string;
  readonly about: string;
}
export const typedOf = (fields: Fields): Typed => ({
  once: uuid(fields, 'once') ?? newId(),
  phone: phoneOf(text(fields, 'phone')),
  number: text(fields, 'number').normalize('NFKC').slice(0, 30),
  name: text(fields, 'name'),
  about: text(fields, 'about'),
});

export const field = (
  name: keyof Typed,
  label: string,
  type: string,
  most: number,
  typed: Typed,
  faults: Faults,
): Html =>
  html`<div class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" maxlength="${most}" value="${typed[name]}"${tied(faults, name)}>
${faultAt(faults, name)}</div>`;

/** What a refused booking says here; anything else is a trouble of ours. */
const say = (): Record<string, string> => ({
  'outreach.reach-missing': t('请留一个电话，或者写以前那件事的编号，好通知您变动。'),
  'outreach.number-unknown': t('没有这个编号，请对一下再写，或者留电话。'),
  'outreach.booked-already': t('这个电话或编号已经约过这一次了。'),
  'outreach.full': t('这次的号已经约满了。可以约下一次，或者直接在网上说事。'),
  'outreach.booking-closed': t('这次接访的日子已经过了，请看下一次。'),
});

async function bookPage(desk: Desk, one: Reception, typed: Typed, faults: Faults = {}): Promise<Raw> {
  return await page(desk, {
    title: t('约现场接访'),
    path: `/receptions/${one.id}`,
    status: Object.keys(faults).length > 0 ? 422 : 200,
    body: html`<h1>${t('约现场接访')}</h1>
<section class="now"><b>${when(one, desk.now)}</b>${facts(one)}</section>
${
  one.open
    ? html`${faultList(faults)}
<form method="post" action="/receptions/${one.id}" class="form">${enterButton('book')}
<input type="hidden" name="once" value="${typed.once}">
<fieldset><legend>${t('怎么找您')}</legend>
<p class="hint">${t('电话和编号写一个就行。时间地点有变，好告诉您。')}</p>
<div class="pair">${field('phone', t('电话'), 'tel', 20, typed, faults)}
${field('number', t('以前说过的事的编号'), 'text', 30, typed, faults)}</div></fieldset>
${field('name', t('怎么称呼'), 'text', 40, typed, faults)}
<div class="field"><label for="about">${t('想说什么')} <small>${t('可以不填')}</small></label>
<textarea id="about" name="about" rows="3" maxlength="500"${tied(faults, 'about')}>${typed.about}</textarea>
${faultAt(faults, 'about')}</div>
<button class="main" type="submit" name="act" value="book">${t('约上')}</button>
<p class="hint">${t('只有来接访的干部能看到您写的。')}</p></form>`
    : html`<p class="empty">${t('这一次不能约了。可以看别的场次，或者直接在网上说事。')}</p>
<p class="actions"><a class="button" href="/receptions">${t('看别的场次')}</a><a class="button" href="/say">${t('说件事')}</a></p>`
}${one.status === 'arranged' ? backForm(`/receptions/${one.id}`) : ''}`,
  });
}

async function book(desk: Desk, one: Reception, fields: Fields): Promise<Raw> {
  const typed = typedOf(fields);
  const { once: _, ...given } = typed;
  const command = OutreachCommand.safeParse({
    kind: 'outreach.book',
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')),
  });
  if (!command.success) {
    const wrong = String(command.error.issues[0]?.path[0] ?? '');
    return await bookPage(desk, one, typed, {
      [wrong]: wrong === 'phone' ? t('电话要写全：手机号，或区号加座机号。') : t('这一格写得不对，请改一下。'),
    });
  }
  if (!(await withinMinute(desk, '/receptions', PER_MINUTE))) return await tooMany(desk, `/receptions/${one.id}`);
  const verdict = await give({ ...desk, actor: { kind: 'anyone' } }, 'outreach', one.id, command.data, {
    command: idOf('portal booking', typed.once, JSON.stringify(given)),
  });
  if (isRefusal(verdict))
    return await bookPage(desk, one, typed, {
      [verdict.field ?? '']: say()[verdict.refused] ?? t('没有约上，请稍后再试。'),
    });
  return await bookedPage(
    desk,
    `/receptions/${one.id}`,
    verdict.told,
    html`<p><b>${when(one, desk.now)}</b></p><p>${one.place} ${one.spot}</p><p>${peopleOf(one)}</p>`,
  );
}

async function unbook(desk: Desk, one: Reception, fields: Fields): Promise<Raw> {
  if (!(await withinMinute(desk, '/receptions', PER_MINUTE))) return await tooMany(desk, `/receptions/${one.id}`);
  const command = OutreachCommand.safeParse({
    kind: 'outreach.unbook',
    turn: Number(text(fields, 'turn')),
    code: text(fields, 'code'),
  });
  const verdict = command.success
    ? await give({ ...desk, actor: { kind: 'anyone' } }, 'outreach', one.id, command.data)
    : undefined;
  return await takenBackPage(
    desk,
    '/receptions',
    `/receptions/${one.id}`,
    verdict !== undefined && !isRefusal(verdict),
  );
}

export const receptionRoutes = {
  'GET /receptions': route({
    action: 'portal.use',
    summary: 'Receptions on site to come: when, where, who, and places left',
    async handle(desk) {
      const all = await receptions(desk);
      return await listPage(
        desk,
        {
          path: '/receptions',
          title: t('现场接访'),
          lead: t('干部到这些地方当面听您说。可以先约一个号，也可以到时候直接去。'),
          empty: t('近期没有排现场接访。有事随时可以在网上说。'),
        },
        all.map((one) => item(desk, one)),
      );
    },
  }),
  'GET /receptions/:id': route({
    action: 'portal.use',
    summary: 'One reception and the form to book a place of it',
    params: BookingId,
    async handle(desk, { params }) {
      const [one] = await receptions(desk, params.id);
      return one === undefined ? await gonePage(desk, '/receptions') : await bookPage(desk, one, typedOf({}));
    },
  }),
  'POST /receptions/:id': route({
    action: 'portal.use',
    summary: 'Books a place of a reception, or takes a booking back by its code',
    params: BookingId,
    body: Fields,
    async handle(desk, { params, body }) {
      const [one] = await receptions(desk, params.id);
      if (one === undefined) return await gonePage(desk, '/receptions');
      return text(body, 'act') === 'unbook' ? await unbook(desk, one, body) : await book(desk, one, body);
    },
  }),
} satisfies Routes;
