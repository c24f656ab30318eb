import { html } from 'hono/html';
import { z } from 'zod';
import { sayDay, sayInstant } from '../../calendar/explain.ts';
import { dayOf } from '../../calendar/days.ts';
import { type Desk, type Raw, type Routes, route } from '../../contract/route.ts';
import { type Refusal, isRefusal } from '../../ledger/decider.ts';
import { idOf, newId } from '../../ledger/ids.ts';
import { signRoutes } from '../../visits/sign.ts';
import { Fields, type Faults, enterButton, faultAt, faultList, text, tied, uuid } from './form.ts';
import { withinMinute } from './keys.ts';
import { type Html, goTo, page, sorry, tooMany } from './page.ts';
import { t } from './english.ts';
import { refusalSaid } from './refusal.ts';

const PER_MINUTE = 20;
/** Answers a link that opens nothing, whatever is wrong with it. */
const closed = (desk: Desk, refusal?: Refusal): Promise<Raw> =>
  sorry(
    desk,
    '/',
    404,
    t('这个链接打不开'),
    refusal?.refused === 'visit.link-ended'
      ? refusalSaid('visit.link-ended')!
      : t('链接不完整，或者已经过期。请找来走访的干部再要一个。'),
  );

type Answer = 'agree' | 'decline';

/** The note of a visit on the household's own phone, with their yes or no. */
async function notePage(
  desk: Desk,
  id: string,
  key: string,
  typed: { by: string; comment: string } = { by: '', comment: '' },
  faults: Faults = {},
): Promise<Raw> {
  if (!(await withinMinute(desk, '/sign', PER_MINUTE))) return await tooMany(desk, '/');
  const note = await signRoutes['GET /api/sign/:id'].handle(desk, {
    params: { id },
    query: { k: key },
    body: undefined,
  });
  if (isRefusal(note) || 'raw' in note) return await closed(desk, isRefusal(note) ? note : undefined);
  const needs = note.needs.map((need) => html`${need}`);
  const by = (day: string): string => t('{day}前', { day: sayDay(day, dayOf(desk.now)) });
  const promises = note.promises.map(
    ({ what, by: day, kept, told }) =>
      html`${what} <span class="hint">${by(day)}${kept ? t('，已经办了') : told === null || told === '' ? '' : t('，还没办成：{told}', { told })}</span>`,
  );
  return await page(desk, {
    title: t('走访记录'),
    path: `/sign/${id}?${new URLSearchParams({ k: key })}`,
    status: Object.keys(faults).length > 0 ? 422 : 200,
    body: html`<p class="no">${t('{when}，{name}来过', { when: sayInstant(note.metAt, desk.now), name: note.official?.name ?? t('干部') })}</p>
<h1>${note.withdrawn !== null ? t('这份记录撤回了，不算数') : note.answer.said === 'nothing' ? t('记得对不对，请您看看') : note.answer.said === 'signed' ? t('谢谢，记下了') : t('您的话记下了')}</h1>
${faultList(faults)}
${note.withdrawn === null ? '' : html`<p class="hint">${t('干部写的原因：{reason}', { reason: note.withdrawn.reason })}</p>`}
${answered(note)}
<div class="said"><p class="words">${note.note}</p></div>
${list(t('您提的事'), needs)}
${list(t('答应您的'), promises)}
${note.signers.length === 0 || note.answer.said === 'signed' ? '' : answerForm(id, key, note, typed, faults)}
<p class="hint"><a href="/sign/${id}/readers?${new URLSearchParams({ k: key })}">${t('谁看过我家的信息')}</a></p>`,
  });
}

const list = (heading: string, items: readonly Html[]): Html | string =>
  items.length === 0
    ? ''
    : html`<h2>${heading}</h2><ul class="plain">${items.map((item) => html`<li>${item}</li>`)}</ul>`;

type Note = {
  answer: { said: string; name?: string | null; comment?: string; reason?: string };
  signers: readonly { id: string; name: string }[];
  code: string | null;
};

const answered = ({ answer }: Note): Html | string => {
  if (answer.said === 'nothing') return '';
  const yes = answer.said === 'signed';
  const words = (yes ? answer.comment : answer.reason) ?? '';
  return html`<section class="now ${yes ? 'yes' : 'seal'}"><b>${answer.name ?? t('您家')}${yes ? t('认可了') : t('没有认可')}</b>
${words === '' ? '' : html`<p class="words">${words}</p>`}</section>`;
};

const answerForm = (
  id: string,
  key: string,
  note: Note,
  typed: { by: string; comment: string },
  faults: Faults,
): Html => {
  const [only, ...more] = note.signers;
  const chosen = typed.by === '' && more.length === 0 ? only?.id : typed.by;
  const signer = (s: { id: string; name: string }): Html =>
    html`<label class="check"><input type="radio" name="by" value="${s.id}"${s.id === chosen ? html` checked` : ''}>
<span>${s.name}</span></label>`;
  const aloud = html`<b translate="no">${note.code?.slice(0, 3) ?? ''} ${note.code?.slice(3) ?? ''}</b>`;
  return html`<form method="post" action="/sign/${id}" class="form">${enterButton('nothing')}
<input type="hidden" name="k" value="${key}"><input type="hidden" name="once" value="${newId()}">
<fieldset class="who" id="by"><legend>${t('您是')}</legend>${note.signers.map(signer)}${faultAt(faults, 'by')}</fieldset>
<div class="field"><label for="comment">${t('想说的话')} <small>${t('可以不写；不认可的，请写哪里不对')}</small></label>
<textarea id="comment" name="comment" rows="3" maxlength="500"${tied(faults, 'comment')}>${typed.comment}</textarea>
${faultAt(faults, 'comment')}</div>
<div class="two"><button class="yes" type="submit" name="act" value="agree">${t('认可')}</button>
<button type="submit" name="act" value="decline">${t('不认可')}</button></div></form>
${note.code === null ? '' : html`<p class="hint">${t('干部就在跟前的话，也可以把这个数念给他：')}${aloud}</p>`}`;
};

async function answer(desk: Desk, id: string, fields: Fields): Promise<Raw> {
  const key = text(fields, 'k').slice(0, 64);
  const by = uuid(fields, 'by');
  const comment = text(fields, 'comment');
  const act = text(fields, 'act');
  const said: Answer | undefined = act === 'agree' || act === 'decline' ? act : undefined;
  const typed = { by: by ?? '', comment };
  const faults: Faults = {
    ...(by === undefined ? { by: t('请先点您是哪一位。') } : {}),
    ...(comment.length > 500 ? { comment: t('太长了，请写在 500 字以内。') } : {}),
  };
  if (said === undefined) return await notePage(desk, id, key, typed);
  if (by === undefined || Object.keys(faults).length > 0) return await notePage(desk, id, key, typed, faults);
  const command = idOf('portal sign', uuid(fields, 'once') ?? newId(), said, by, comment);
  const verdict = (
    said === 'agree'
      ? await signRoutes['POST /api/sign/:id'].handle(desk, {
          params: { id },
          query: undefined,
          body: { k: key, by, command, ...(comment === '' ? {} : { comment }) },
        })
      : await signRoutes['POST /api/sign/:id/decline'].handle(desk, {
          params: { id },
          query: undefined,
          body: { k: key, by, reason: comment, command },
        })
  ) as object;
  if (!isRefusal(verdict)) return goTo(`/sign/${id}?${new URLSearchParams({ k: key })}`);
  return await notePage(desk, id, key, typed, { '': refusalSaid(verdict.refused) ?? t('没有存上，请再试一次。') });
}

const Visit = z.object({ visit: z.uuid().catch('00000000-0000-4000-8000-000000000000') });

export const signPageRoutes = {
  'GET /sign/:visit': route({
    action: 'portal.use',
    summary: 'The note of a visit as the household reads it on its own phone',
    params: Visit,
    query: Fields,
    handle: (desk, { params, query }) => notePage(desk, params.visit, text(query, 'k').slice(0, 64)),
  }),
  'POST /sign/:visit': route({
    action: 'portal.use',
    summary: 'The household agrees with the note or does not',
    params: Visit,
    body: Fields,
    handle: (desk, { params, body }) => answer(desk, params.visit, body),
  }),
} satisfies Routes;
