import {
  type Block,
  type FieldValues,
  type Paper,
  type PaperDraft,
  type PaperKind,
  type PaperNumber,
} from './model.ts';
import { type PaperPolicy, TABLE_PLACE, type Template, fieldsIn, paperFields } from './templates.ts';

/** What stands where nothing is known yet: to be written by hand. */
export const OPEN = '＿＿＿＿';

/** A text with its fields filled in. A paragraph in a field's value stays a paragraph. */
export const filled = (text: string, values: FieldValues): string =>
  text.replace(/\{([^{}\n]{0,40})\}/g, (whole, name: string) =>
    whole === TABLE_PLACE ? whole : values[name] === undefined || values[name] === '' ? OPEN : values[name],
  );

/** Fields a template asks for and nobody has filled in, in the order they stand. */
export function openFields(template: Template, values: FieldValues): string[] {
  const asked = [template.title, template.addressee, template.head ?? '', template.body, template.note ?? ''].flatMap(
    fieldsIn,
  );
  return [...new Set(asked)].filter((name) => `{${name}}` !== TABLE_PLACE && (values[name] ?? '') === '');
}

/** All fields a kind's template names, each once, in the order they stand. */
export const fieldsOf = (template: Template): string[] =>
  [
    ...new Set(
      [template.addressee, template.title, template.body, template.head ?? '', template.note ?? ''].flatMap(fieldsIn),
    ),
  ].filter((name) => `{${name}}` !== TABLE_PLACE);

/** What somebody changed before it is drawn; what is not here stands as the template has it. */
export interface Changes {
  readonly title?: string | undefined;
  readonly addressee?: string | undefined;
  readonly body?: string | undefined;
  readonly attachments?: readonly string[] | undefined;
  readonly copies?: readonly string[] | undefined;
  readonly issuer?: string | undefined;
  readonly urgency?: '特急' | '加急' | undefined;
  readonly note?: string | undefined;
  readonly date: string;
}

export interface Filling {
  readonly kind: PaperKind;
  readonly policy: PaperPolicy;
  readonly draft: PaperDraft;
  /** The unit's name as it signs. */
  readonly unit: string;
  readonly number: PaperNumber | undefined;
  readonly changes: Changes;
}

/** Template, what is known and what somebody wrote, as one paper. */
export function paperOf({ kind, policy, draft, unit, number, changes }: Filling): Paper {
  const template = policy.kinds[kind];
  const values = { 单位: unit, ...draft.fields };
  const body = changes.body ?? filled(template.body, values);
  const signatures = draft.signatures ?? template.signatures;
  const { form } = template;
  const note = changes.note ?? (template.note === undefined ? undefined : filled(template.note, values));
  return {
    kind,
    form,
    title: changes.title ?? filled(template.title, values),
    blocks: [
      ...blocksOf(body, draft),
      ...(signatures.length === 0 ? [] : [{ kind: 'signatures' as const, labels: [...signatures] }]),
    ],
    attachments: [...(changes.attachments ?? draft.attachments ?? [])],
    unit,
    date: changes.date,
    sealed: template.sealed,
    copies: [...(changes.copies ?? draft.copies ?? template.copies)],
    ...(form === 'document' || form === 'letter' || form === 'minutes'
      ? { head: filled(template.head ?? '{单位}', values) }
      : {}),
    ...(number === undefined ? {} : { number }),
    ...given('issuer', changes.issuer ?? draft.issuer),
    ...given('urgency', changes.urgency ?? draft.urgency),
    ...given('addressee', changes.addressee ?? draft.addressee ?? filled(template.addressee, values)),
    ...given('note', note),
    ...(template.printed ? { printed: { unit, date: changes.date } } : {}),
  };
}

const given = <K extends string, V extends string>(key: K, value: V | undefined): { [k in K]?: V } =>
  (value === undefined || value === '' ? {} : { [key]: value }) as { [k in K]?: V };

/** The body's text, with the tables where the text says they go, else behind it. */
function blocksOf(body: string, { tables = [] }: PaperDraft): Block[] {
  const shown: Block[] = tables.map((table) => ({ kind: 'table', table }));
  const at = body.indexOf(TABLE_PLACE);
  const text = (words: string): Block[] =>
    words.trim() === '' ? [] : [{ kind: 'text', text: words.replace(/^\n+|\n+$/g, '') }];
  if (at === -1) return [...text(body), ...shown];
  return [
    ...text(body.slice(0, at)),
    ...shown,
    ...text(body.slice(at + TABLE_PLACE.length).replaceAll(TABLE_PLACE, '')),
  ];
}

/** The word of a unit's papers of this kind: 清水 + 受告. */
export const wordOf = (policy: PaperPolicy, kind: PaperKind, unit: { name: string; short: string }): string =>
  `${policy.words[unit.short] ?? policy.words[unit.name] ?? unit.short}${policy.kinds[kind].word}`.slice(0, 20);

/** What a kind's fields are and what each means. */
export const meaningOf = (kind: PaperKind, field: string): string => paperFields[kind][field] ?? '';
