import { html } from 'hono/html';
import { z } from 'zod';
import { sayDay } from '../../calendar/explain.ts';
import { dayOf } from '../../calendar/days.ts';
import { type AnswerOf, type Desk, type Raw, type Routes, route } from '../../contract/route.ts';
import { isRefusal } from '../../ledger/decider.ts';
import { idOf, newId } from '../../ledger/ids.ts';
import { pairKeyRoutes } from '../../pairs/api.ts';
import { endReasonName, partnerSortName } from '../../pairs/model.ts';
import { Fields, type Faults, enterButton, faultAt, faultList, text, uuid } from './form.ts';
import { withinMinute } from './keys.ts';
import { type Html, goTo, page, sorry, tooMany } from './page.ts';
import { t } from './english.ts';
import { refusalSaid } from './refusal.ts';
import { spaced } from './words.ts';

const PER_MINUTE = 20;
type Shown = AnswerOf<(typeof pairKeyRoutes)['GET /api/pair/:id']>;

const closed = (desk: Desk): Promise<Raw> =>
  sorry(desk, '/', 404, t('这个链接打不开'), t('链接不完整。请和您家结对的干部再要一个。'));

/** The plan of help as the household itself reads it: what was promised, what was done, and a place for its own words. */
async function planPage(desk: Desk, id: string, key: string, faults: Faults = {}): Promise<Raw> {
  if (!(await withinMinute(desk, '/pair', PER_MINUTE))) return await tooMany(desk, '/');
  const plan = await pairKeyRoutes['GET /api/pair/:id'].handle(desk, {
    params: { id },
    query: { k: key },
    body: undefined,
  });
  if (isRefusal(plan) || 'raw' in plan) return await closed(desk);
  const today = dayOf(desk.now);
  return await page(desk, {
    title: t('结对帮扶'),
    path: `/pair/${id}?${new URLSearchParams({ k: key })}`,
    status: Object.keys(faults).length > 0 ? 422 : 200,
    body: html`<p class="no">${t('{name}和您家结对，您家同意到 {day}', { name: plan.official.name, day: sayDay(plan.until, today) })}</p>
<h1>${plan.ended === null ? t('说好的事办得怎么样') : t('结对已经结束')}</h1>
${faultList(faults)}
${plan.ended === null ? '' : html`<section class="now"><b>${t('{day}结束：{reason}', { day: sayDay(plan.ended.on, today), reason: endReasonName(plan.ended.reason) })}</b></section>`}
${plan.partners.map((partner, place) => partnerOf(partner, place, plan.ended === null, id, key, today))}
${plan.measures.length === 0 ? html`<p class="lead">${t('还没有写计划。写了以后，这里每一条都看得到。')}</p>` : ''}
${plan.measures.map((measure, place) => measureOf(plan, measure, place, id, key, faults, today))}
${
  plan.reviews.length === 0
    ? ''
    : html`<h2>${t('别人来看过')}</h2><ul class="plain">${plan.reviews.map((r) => html`<li>${r.note} <span class="hint">${r.name}${t('，')}${sayDay(r.on, today)}</span></li>`)}</ul>`
}
${plan.ended === null ? endForm(id, key) : ''}`,
  });
}

/** A firm, a base or an association that helps along: what it does, and a way to do without it. */
const partnerOf = (
  { sort, name, does, since, left }: Shown['partners'][number],
  place: number,
  lasts: boolean,
  id: string,
  key: string,
  today: string,
): Html =>
  html`<h2>${t('一起帮的{sort}：{name}', { sort: partnerSortName(sort), name })}</h2><p>${does}</p>
${
  left === null
    ? html`<p class="hint">${t('{day}您家签字同意的', { day: sayDay(since, today) })}</p>`
    : html`<p class="hint">${t('{day}起不参加了', { day: sayDay(left.on, today) })}</p>`
}
${
  left !== null || !lasts
    ? ''
    : html`<form method="post" action="/pair/${id}" class="form">${enterButton('nothing')}
<input type="hidden" name="k" value="${key}"><input type="hidden" name="once" value="${newId()}">
<input type="hidden" name="partner" value="${place}">
<button type="submit" name="act" value="leave" class="plain">${t('不要它参加了')}</button></form>`
}`;

function measureOf(
  plan: Shown,
  { partner, give, what, by, done, said, overdue }: Shown['measures'][number],
  place: number,
  id: string,
  key: string,
  faults: Faults,
  today: string,
): Html {
  const stands =
    done === null
      ? html`<p class="${overdue ? 'late' : 'hint'}">${overdue ? t('说好{day}前办，还没有办', { day: spaced(sayDay(by, today)) }) : t('{day}前办', { day: sayDay(by, today) })}</p>`
      : html`<p class="hint">${t('{day}办了：', { day: sayDay(done.on, today) })}${done.how}</p>`;
  return html`<h2>${give}${t('：')}${what}</h2>${partner === null ? '' : html`<p class="hint">${t('由{name}来办', { name: partner })}</p>`}${stands}
${said === null ? '' : html`<div class="said"><p class="words">${said.words}</p><p class="hint">${said.name ?? t('家里')}${t('，')}${sayDay(said.on, today)}</p></div>`}
${done === null || !plan.consented ? '' : sayForm(plan, place, said !== null, id, key, faults)}`;
}

function sayForm(plan: Shown, place: number, again: boolean, id: string, key: string, faults: Faults): Html {
  const field = `words${place}`;
  return html`<form method="post" action="/pair/${id}" class="form">${enterButton('say')}
<input type="hidden" name="k" value="${key}"><input type="hidden" name="once" value="${newId()}">
<input type="hidden" name="measure" value="${place}">
<fieldset class="who"><legend>${t('您是')}</legend>${plan.signers.map(
    (s, i) => html`<label class="check"><input type="radio" name="by" value="${s.id}"${i === 0 ? html` checked` : ''}>
<span>${s.name}</span></label>`,
  )}</fieldset>
<div class="field"><label for="${field}">${again ? t('想改的话，再说一次') : t('有没有用，您照实说')}</label>
<textarea id="${field}" name="words" rows="3" maxlength="500"></textarea>${faultAt(faults, field)}</div>
<button type="submit" name="act" value="say">${t('说好了')}</button></form>`;
}

const endForm = (id: string, key: string): Html =>
  html`<h2>${t('不想再结对了')}</h2><form method="post" action="/pair/${id}" class="form">${enterButton('nothing')}
<input type="hidden" name="k" value="${key}"><input type="hidden" name="once" value="${newId()}">
<p class="hint">${t('什么时候都可以结束，不用说理由，也不影响您家别的事。')}</p>
<div class="field"><label for="why">${t('想说的话')} <small>${t('可以不写')}</small></label>
<textarea id="why" name="words" rows="2" maxlength="500"></textarea></div>
<button type="submit" name="act" value="end">${t('结束结对')}</button></form>`;

async function answer(desk: Desk, id: string, fields: Fields): Promise<Raw> {
  const key = text(fields, 'k').slice(0, 64);
  const act = text(fields, 'act');
  const words = text(fields, 'words').trim().slice(0, 500);
  const command = idOf('portal pair', uuid(fields, 'once') ?? newId(), act, words);
  const sent = { params: { id }, query: undefined };
  if (act === 'leave') {
    const partner = Number(text(fields, 'partner'));
    if (!Number.isInteger(partner) || partner < 0 || partner > 19) return await planPage(desk, id, key);
    const verdict = await pairKeyRoutes['POST /api/pair/:id/leave'].handle(desk, {
      ...sent,
      body: { k: key, partner, command: idOf('portal pair', command, String(partner)) },
    });
    return isRefusal(verdict)
      ? await planPage(desk, id, key, { '': refusalSaid(verdict.refused) ?? t('没有存上，请再试一次。') })
      : back(id, key);
  }
  if (act === 'end') {
    const verdict = await pairKeyRoutes['POST /api/pair/:id/end'].handle(desk, {
      ...sent,
      body: { k: key, words, command },
    });
    return isRefusal(verdict)
      ? await planPage(desk, id, key, { '': refusalSaid(verdict.refused) ?? t('没有存上，请再试一次。') })
      : back(id, key);
  }
  const measure = Number(text(fields, 'measure'));
  const by = uuid(fields, 'by');
  if (act !== 'say' || by === undefined || !Number.isInteger(measure) || measure < 0 || measure > 59)
    return await planPage(desk, id, key);
  if (words.length < 2) return await planPage(desk, id, key, { [`words${measure}`]: t('请写一句，两个字也行。') });
  const verdict = await pairKeyRoutes['POST /api/pair/:id/say'].handle(desk, {
    ...sent,
    body: { k: key, measure, words, by, command },
  });
  return isRefusal(verdict)
    ? await planPage(desk, id, key, { '': refusalSaid(verdict.refused) ?? t('没有存上，请再试一次。') })
    : back(id, key);
}

const back = (id: string, key: string): Raw => goTo(`/pair/${id}?${new URLSearchParams({ k: key })}`);
const Pair = z.object({ id: z.uuid().catch('00000000-0000-4000-8000-000000000000') });

export const pairPageRoutes = {
  'GET /pair/:id': route({
    action: 'portal.use',
    summary: 'The plan of help as the household reads it on its own phone',
    params: Pair,
    query: Fields,
    handle: (desk, { params, query }) => planPage(desk, params.id, text(query, 'k').slice(0, 64)),
  }),
  'POST /pair/:id': route({
    action: 'portal.use',
    summary: 'The household says what came of a measure, does without a partner, or ends the pair',
    params: Pair,
    body: Fields,
    handle: (desk, { params, body }) => answer(desk, params.id, body),
  }),
} satisfies Routes;
