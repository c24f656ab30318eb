import { html } from 'hono/html';
import type { Desk, Raw } from '../../contract/route.ts';
import { MOST_PHOTOS } from '../../matters/model.ts';
import { t } from './english.ts';
import { type Faults, enterButton, faultAt, faultList, option, tied, trapField } from './form.ts';
import { type Html, page } from './page.ts';
import { sendsTexts } from './texts.ts';
import { type Named, townships, villagesOf } from './places.ts';

/** What stands in the form, as typed. */
export interface Said {
  /** Made when the form is first shown: the same words sent twice are one matter. */
  readonly once: string;
  readonly what: string;
  readonly township: string;
  readonly village: string;
  readonly spot: string;
  readonly name: string;
  readonly phone: string;
  readonly confidential: boolean;
  readonly official: string;
  /** Pictures that are here already, by id. */
  readonly photos: readonly string[];
}

export interface Addressee extends Named {
  readonly title: string;
  readonly unit: string;
}

/** The form to say something, empty or with everything that was typed and what is still wrong with it. */
export async function sayPage(desk: Desk, said: Said, to: Addressee | undefined, faults: Faults = {}): Promise<Raw> {
  const towns = await townships(desk);
  const villages = said.township === '' ? [] : await villagesOf(desk, said.township);
  const wrong = Object.keys(faults).length > 0;
  return await page(desk, {
    title: t('说件事'),
    path: to === undefined ? '/say' : `/say?official=${to.id}`,
    status: wrong ? 422 : 200,
    body: html`<h1>${t('说件事')}</h1>
${
  to === undefined
    ? html`<p class="lead">${t('要办的、要问的、要投诉的都行。写完给您一个编号，随时能查。')}</p>`
    : html`<p class="to">${t('写给')} <b>${to.name}</b><span>${[to.unit, to.title].filter((part) => part !== '').join(' ')}</span></p>`
}
${faultList(faults)}
<form method="post" action="/say" class="form" enctype="multipart/form-data">
${enterButton()}
<input type="hidden" name="once" value="${said.once}">
<input type="hidden" name="official" value="${said.official}">
<div class="field">
<label for="what">${t('什么事')}</label>
<p class="hint" id="what-hint">${t('像平常说话那样写：出了什么事，多久了，想怎么解决。')}</p>
<textarea id="what" name="what" rows="6" required minlength="4" maxlength="5000"
${tied(faults, 'what', true)}>${said.what}</textarea>
${faultAt(faults, 'what')}
<p class="alike" id="alike" role="status" hidden></p>
</div>
${photos(said, faults)}
${place(said, towns, villages, faults)}
<fieldset>
<legend>${t('怎么找您')} <small>${t('可以不填')}</small></legend>
<p class="hint">${
      sendsTexts()
        ? t('留了电话，办的人能问清楚，有进展发短信告诉您。只用在这件事上，随时可以不要。不留也照样办，凭编号查。')
        : t('留了电话，办的人能问清楚、给您回话。不留也照样办，凭编号查。')
    }</p>
<div class="pair">
<div class="field"><label for="name">${t('怎么称呼')}</label>
<input id="name" name="name" maxlength="40" autocomplete="name" value="${said.name}"${tied(faults, 'name')}>
${faultAt(faults, 'name')}</div>
<div class="field"><label for="phone">${t('电话')}</label>
<input id="phone" name="phone" type="tel" inputmode="tel" maxlength="20" autocomplete="tel"
 value="${said.phone}"${tied(faults, 'phone')}>
${faultAt(faults, 'phone')}</div>
</div>
<label class="check"><input type="checkbox" name="confidential" value="yes"${said.confidential ? html` checked` : ''}>
<span>${t('替我保密')}<small>${t('办事的单位看不到您是谁，只有受理和回访的人知道')}</small></span></label>
</fieldset>
${trapField()}
<button class="main" type="submit" name="act" value="say">${t('说出来')}</button>
<p class="hint">${t('办事的人能看到您写的内容。')}<a href="/help#kept">${t('信息怎么保管')}</a></p>
</form>`,
  });
}

/** A few pictures. Those that came with an earlier try are kept, since a browser does not send a file twice by itself. */
const photos = ({ photos: here }: Said, faults: Faults): Html => html`<div class="field" id="photo-field">
<label for="photos">${t('照片')} <small>${t('可以不传，最多 {most} 张', { most: MOST_PHOTOS })}</small></label>
<p class="hint" id="photos-hint">${t('拍清楚是什么、在哪儿就行，别拍到人脸和证件。照片里藏着的位置信息会去掉。')}</p>
${here.map(
  (id, i) => html`<label class="check"><input type="checkbox" name="photo" value="${id}" checked>
<span>${t('第 {n} 张已经收到', { n: i + 1 })}<small>${t('不要了就去掉勾')}</small></span></label>`,
)}
${
  here.length >= MOST_PHOTOS
    ? ''
    : html`<input id="photos" name="photos" type="file" accept="image/jpeg,image/png,image/webp" multiple
 data-most="${MOST_PHOTOS - here.length}"${tied(faults, 'photos', true)}>`
}
${faultAt(faults, 'photos')}</div>`;

/** Township, then village: two plain selects and a round trip; with a script, a name or its pinyin is enough. */
const place = (said: Said, towns: readonly Named[], villages: readonly Named[], faults: Faults): Html =>
  html`<fieldset id="place">
<legend>${t('在哪儿')}</legend>
<div class="pair">
<div class="field"><label for="township">${t('乡镇、街道')}</label>
<select id="township" name="township" required${tied(faults, 'township')}>
${option('', t('请选择'), said.township)}${towns.map(({ id, name }) => option(id, name, said.township))}
</select>
${faultAt(faults, 'township')}
<button class="small" type="submit" name="act" value="villages" formnovalidate id="list-villages">${t('列出村、社区')}</button></div>
<div class="field"><label for="village">${t('村、社区')}</label>
<select id="village" name="village"${tied(faults, 'village')}>
${option('', said.township === '' ? t('先选乡镇') : t('不清楚是哪个村'), said.village)}
${villages.map((v) => option(v.id, v.name, said.village))}
</select>
${faultAt(faults, 'village')}</div>
</div>
<div class="field"><label for="spot">${t('具体位置')} <small>${t('可以不填')}</small></label>
<input id="spot" name="spot" maxlength="200" placeholder="${t('例如：二组北头，水泵房旁边')}" value="${said.spot}"${tied(faults, 'spot')}>
${faultAt(faults, 'spot')}</div>
</fieldset>`;
