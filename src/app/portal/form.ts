import { html } from 'hono/html';
import { z } from 'zod';
import { t } from './english.ts';
import type { Html } from './page.ts';

/** A form's fields as they come: whatever is wrong with them is told on the page, never as an error in code. */
export const Fields = z.record(z.string().max(60), z.unknown()).catch({});
export type Fields = z.infer<typeof Fields>;

/** One field as text, with both line ends as one and never longer than anything a form asks for. */
export const text = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').slice(0, 20_000).trim() : '';
};

export const uuid = (fields: Fields, name: string): string | undefined => {
  const parsed = z.uuid().safeParse(fields[name]);
  return parsed.success ? parsed.data : undefined;
};

/** What is wrong with a form, by field; '' is the whole of it. */
export type Faults = Readonly<Record<string, string>>;

/** The sentence that stands at a field, and is read out with it. */
export const faultAt = (faults: Faults, field: string): Html | string =>
  faults[field] === undefined ? '' : html`<p class="fault" id="${field}-fault">${faults[field]}</p>`;

/** What ties a field to its hint and its fault. */
export const tied = (faults: Faults, field: string, hint = false): Html | string => {
  const wrong = faults[field] !== undefined;
  const ids = [hint ? `${field}-hint` : '', wrong ? `${field}-fault` : ''].filter((id) => id !== '').join(' ');
  return html`${ids === '' ? '' : html` aria-describedby="${ids}"`}${wrong ? html` aria-invalid="true"` : ''}`;
};

/** Above a form with faults: how many, each a link to its field. */
export const faultList = (faults: Faults): Html | string => {
  const all = Object.entries(faults);
  if (all.length === 0) return '';
  return html`<div class="faults" role="alert" tabindex="-1" id="faults"><b>${t('还差一点：')}</b><ul>${all.map(
    ([field, sentence]) => html`<li>${field === '' ? sentence : html`<a href="#${field}">${sentence}</a>`}</li>`,
  )}</ul></div>`;
};

/**
 * The button that Enter in a text field presses: the first of the form. It stands outside the page, so that a form
 * with several buttons does what a person means by Enter, and not what happens to come first.
 */
export const enterButton = (value = ''): Html =>
  html`<button class="away" type="submit" name="act" value="${value}" tabindex="-1" aria-hidden="true">${t('提交')}</button>`;

/** A field that people do not see and machines fill in. */
export const trapField = (): Html =>
  html`<div class="away" aria-hidden="true"><label for="website">${t('这一格请空着')}</label>
<input id="website" name="website" tabindex="-1" autocomplete="off"></div>`;
export const trapped = (fields: Fields): boolean => text(fields, 'website') !== '';

/** What is wrong with a telephone that need not be given; undefined when nothing is. */
export const phoneFault = (phone: string): string | undefined =>
  phone === '' || /^[0-9+\- ]{5,20}$/.test(phone) ? undefined : t('电话号码好像不对，请检查；不想留可以空着。');

export const option = (value: string, label: string, chosen: string | undefined): Html =>
  html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`;
