import { html } from 'hono/html';
import { give } from '../../contract/commands.ts';
import { type Desk, type Routes, route } from '../../contract/route.ts';
import { idOf, newId } from '../../ledger/ids.ts';
import type { NoticeSettings, TextingState } from '../../notices/model.ts';
import { mayText } from '../../notices/rules.ts';
import { textingStream } from '../../notices/tables.ts';
import { t } from './english.ts';
import { Fields, text, uuid } from './form.ts';
import { Named, type Opened, isLetIn, openMatter, withinMinute } from './keys.ts';
import { type Html, goTo, tooMany } from './page.ts';

const PER_MINUTE = 20;

/** Whether text messages are sent from here at all. */
export const sendsTexts = (): boolean => process.env['SMS_FOLDER'] === 'yes';

/** Whether text messages about this matter go to the telephone left with it, and the button that changes it. */
export async function textsPart(desk: Desk, { id, state }: Opened): Promise<Html | string> {
  const phone = state.told?.phone;
  const { textResidents } = desk.policies.get<NoticeSettings>('notices');
  if (phone === undefined || !textResidents || !sendsTexts()) return '';
  const said = await desk.ledger.read<TextingState>(desk.county, 'texting', textingStream(id));
  const on = mayText(textResidents, state.confidential, said.state.allowed);
  const last = phone.replace(/\D/g, '').slice(-4);
  return html`<section id="texts"><h2>${t('短信')}</h2>
<p>${
    on
      ? t('有进展会发短信到尾号 {last} 的电话，只写编号和办到哪一步。这个电话只用在这件事上。', { last })
      : t('这件事不发短信。进展在这一页看。')
  }</p>
<form method="post" action="/progress/${state.number}/texts"><input type="hidden" name="once" value="${newId()}">
<button class="small" type="submit" name="act" value="${on ? 'stop' : 'allow'}">${on ? t('不要短信') : t('有进展发短信给我')}</button></form></section>`;
}

export const textsRoutes = {
  'POST /progress/:number/texts': route({
    action: 'portal.use',
    summary: 'The resident’s word on text messages about this matter',
    params: Named,
    body: Fields,
    async handle(desk, { params: { number }, body }) {
      const opened = isLetIn(desk, number) ? await openMatter(desk, number) : undefined;
      if (opened === undefined) return goTo(`/progress?${new URLSearchParams({ number })}`);
      if (!(await withinMinute(desk, '/progress/texts', PER_MINUTE))) return await tooMany(desk, `/progress/${number}`);
      const act = text(body, 'act');
      if (act === 'allow' || act === 'stop') {
        // Said twice it is said once: what is so already needs no word about it.
        await give(
          opened.theirs,
          'texting',
          textingStream(opened.id),
          { kind: `texting.${act}`, matter: opened.id } as { kind: string },
          { command: idOf('portal texts', uuid(body, 'once') ?? newId(), act) },
        );
      }
      return goTo(`/progress/${number}#texts`);
    },
  }),
} satisfies Routes;
