import { html } from 'hono/html';
import { z } from 'zod';
import { sayDay } from '../../calendar/explain.ts';
import { dayOf } from '../../calendar/days.ts';
import { type AnswerOf, type Desk, type Raw, type Routes, route } from '../../contract/route.ts';
import { partyRoutes } from '../../disputes/api.ts';
import { isRefusal } from '../../ledger/decider.ts';
import { idOf, newId } from '../../ledger/ids.ts';
import { Fields, type Faults, enterButton, faultList, text, uuid } from './form.ts';
import { withinMinute } from './keys.ts';
import { type Html, goTo, page, sorry, tooMany } from './page.ts';
import { t } from './english.ts';
import { refusalSaid } from './refusal.ts';

const PER_MINUTE = 20;
type Shown = AnswerOf<(typeof partyRoutes)['GET /api/mediation/:id']>;
type Term = NonNullable<Shown['agreement']>['terms'][number];

/** A mediation as one party reads it on its own phone: what it said itself, the agreement, and its own yes or no. */
async function mediationPage(desk: Desk, id: string, key: string, faults: Faults = {}): Promise<Raw> {
  if (!(await withinMinute(desk, '/mediation', PER_MINUTE))) return await tooMany(desk, '/');
  const shown = await partyRoutes['GET /api/mediation/:id'].handle(desk, {
    params: { id },
    query: { k: key },
    body: undefined,
  });
  if (isRefusal(shown) || 'raw' in shown)
    return await sorry(
      desk,
      '/',
      404,
      t('这个链接打不开'),
      t('链接不完整，或者这次调解已经结束。请联系调解员再要一个。'),
    );
  const today = dayOf(desk.now);
  const { agreement } = shown;
  return await page(desk, {
    title: t('调解'),
    path: `/mediation/${id}?${new URLSearchParams({ k: key })}`,
    status: Object.keys(faults).length > 0 ? 422 : 200,
    body: html`<p class="no">${t('{type}，您和{others}；调解员 {mediator}', { type: shown.type, others: shown.others.map((name) => name ?? t('另一方')).join(t('、')), mediator: shown.mediator })}</p>
<h1>${heading(shown)}</h1>
${faultList(faults)}
<p class="lead">${t('调解要双方都愿意，随时可以说不调了。您说的话只有调解的单位看得到，对方看不到。')}</p>
${shown.status === 'asking' && !shown.consented ? consentForm(id, key) : ''}
${agreement === null ? '' : agreementPart(shown, agreement, id, key, today)}
${shown.ways.length === 0 ? '' : html`<h2>${t('还有这些途径')}</h2><ul class="plain">${shown.ways.map(({ name, how }) => html`<li><b>${name}</b> ${how}</li>`)}</ul>`}
${
  shown.sessions.length === 0
    ? ''
    : html`<h2>${t('谈过的')}</h2><ul class="plain">${shown.sessions.map((s) => html`<li>${sayDay(s.day, today)}${s.where === null ? '' : `${t('，')}${s.where}`}${s.said.map((words) => html`<br>${t('您说：')}${words}`)}</li>`)}</ul>`
}
${shown.status === 'mediating' ? stopForm(id, key) : ''}
<p class="hint">${t('现在由{unit}{person}负责。', { unit: shown.unit, person: shown.person })}</p>`,
  });
}

const heading = ({ status, consented, signed, agreement }: Shown): string => {
  if (status === 'asking') return consented ? t('您同意了，在等另一方') : t('您愿意调解吗');
  if (status === 'mediating')
    return agreement === null ? t('正在调解') : signed ? t('您签了，在等另一方') : t('协议写好了，请您看');
  if (status === 'agreed') return t('协议生效了，看办得怎么样');
  return status === 'failed' ? t('没有调成') : t('这件事已经有了结果');
};

const hidden = (key: string): Html =>
  html`<input type="hidden" name="k" value="${key}"><input type="hidden" name="once" value="${newId()}">`;

const consentForm = (id: string, key: string): Html =>
  html`<form method="post" action="/mediation/${id}" class="form">${enterButton('nothing')}${hidden(key)}
<div class="two"><button class="yes" type="submit" name="act" value="agree">${t('愿意调解')}</button>
<button type="submit" name="act" value="refuse">${t('不愿意')}</button></div>
<p class="hint">${t('不愿意也没关系，不用说理由，会告诉您还有哪些办法。')}</p></form>`;

const stopForm = (id: string, key: string): Html =>
  html`<h2>${t('不想再调了')}</h2><form method="post" action="/mediation/${id}" class="form">${enterButton('nothing')}${hidden(key)}
<button class="small" type="submit" name="act" value="refuse">${t('不调了')}</button></form>`;

function agreementPart(
  shown: Shown,
  { facts, terms, bound, court }: NonNullable<Shown['agreement']>,
  id: string,
  key: string,
  today: string,
): Html {
  return html`<h2>${bound === null ? t('协议（还没有生效）') : t('协议，{day}生效', { day: sayDay(bound, today) })}</h2>
<p class="words">${facts}</p>
${terms.map((term) => termOf(shown, term, id, key, today))}
${court?.confirmed === true ? html`<p class="hint">${t('{court}已经确认：{document}', { court: court.court, document: court.document })}</p>` : ''}
${
  bound === null && shown.status === 'mediating' && !shown.signed
    ? html`<form method="post" action="/mediation/${id}" class="form">${enterButton('nothing')}${hidden(key)}
<p class="hint">${t('上面写的都对，您再签。签了要照着办。')}</p><button class="main" type="submit" name="act" value="sign">${t('都对，我签')}</button></form>`
    : ''
}`;
}

function termOf(shown: Shown, term: Term, id: string, key: string, today: string): Html {
  const mine = term.by === shown.party;
  const open = shown.status === 'agreed' && (term.state === 'owed' || term.state === 'performed');
  return html`<section class="said"><p class="words">${mine ? t('您') : (term.byName ?? t('对方'))}${t('：')}${term.what}</p>
<p class="${term.late ? 'late' : 'hint'}">${t('{day}前，{state}', { day: sayDay(term.due, today), state: term.stateName })}</p>
${
  open && !mine
    ? html`<form method="post" action="/mediation/${id}" class="form">${enterButton('nothing')}${hidden(key)}
<input type="hidden" name="term" value="${term.place}">
<div class="two"><button class="yes" type="submit" name="act" value="done">${t('办到了')}</button>
<button type="submit" name="act" value="undone">${t('没有办到')}</button></div></form>`
    : ''
}</section>`;
}

async function answer(desk: Desk, id: string, fields: Fields): Promise<Raw> {
  const k = text(fields, 'k').slice(0, 64);
  const act = text(fields, 'act');
  const term = Number(text(fields, 'term'));
  const command = idOf('portal mediation', uuid(fields, 'once') ?? newId(), act);
  const sent = { params: { id }, query: undefined };
  const verdict =
    act === 'agree' || act === 'refuse'
      ? await partyRoutes['POST /api/mediation/:id/consent'].handle(desk, {
          ...sent,
          body: { k, agrees: act === 'agree', command },
        })
      : act === 'sign'
        ? await partyRoutes['POST /api/mediation/:id/sign'].handle(desk, { ...sent, body: { k, command } })
        : (act === 'done' || act === 'undone') && Number.isInteger(term) && term >= 0 && term <= 19
          ? await partyRoutes['POST /api/mediation/:id/term'].handle(desk, {
              ...sent,
              body: { k, term, done: act === 'done', words: '', command },
            })
          : undefined;
  if (verdict !== undefined && isRefusal(verdict))
    return await mediationPage(desk, id, k, { '': refusalSaid(verdict.refused) ?? t('没有存上，请再试一次。') });
  return goTo(`/mediation/${id}?${new URLSearchParams({ k })}`);
}

const Id = z.object({ id: z.uuid().catch('00000000-0000-4000-8000-000000000000') });

export const mediationPageRoutes = {
  'GET /mediation/:id': route({
    action: 'portal.use',
    summary: 'A mediation as one party reads it on its own phone',
    params: Id,
    query: Fields,
    handle: (desk, { params, query }) => mediationPage(desk, params.id, text(query, 'k').slice(0, 64)),
  }),
  'POST /mediation/:id': route({
    action: 'portal.use',
    summary: 'A party consents, refuses, signs, or says whether the other side kept a term',
    params: Id,
    body: Fields,
    handle: (desk, { params, body }) => answer(desk, params.id, body),
  }),
} satisfies Routes;
