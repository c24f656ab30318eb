import type { Block, FieldValues, Paper, PaperDraft, PaperKind, PaperNumber, Table } from './model.ts';
import { type PaperPolicy, TABLE_PLACE, templateOf } from './templates.ts';

/** What stands where nothing is known yet: to be written by hand. */
export const OPEN = '＿＿＿＿';

/**
 * A text with its fields filled in. A paragraph in a field's value stays a paragraph; one that is nothing but a field known to
 * be empty is left out.
 */
export const filled = (text: string, values: FieldValues): string =>
  text
    .split('\n')
    .filter((line) => values[/^\{([^{}]*)\}$/.exec(line)?.[1] ?? ''] !== '')
    .join('\n')
    .replace(/\{([^{}\n]{0,40})\}/g, (whole, name: string) =>
      whole === TABLE_PLACE ? whole : values[name] === undefined || values[name] === '' ? OPEN : values[name],
    );

export interface Filling {
  readonly kind: PaperKind;
  readonly policy: PaperPolicy;
  readonly draft: Omit<PaperDraft, 'reach'>;
  /** The unit's name as it signs. */
  readonly unit: string;
  readonly number: PaperNumber | undefined;
  /** 成文日期. */
  readonly date: string;
}

/** Template and what is on record, as one paper. */
export function paperOf({ kind, policy, draft, unit, number, date }: Filling): Paper {
  const template = templateOf(policy, kind);
  const signer = draft.signer ?? unit;
  const values = { 单位: signer, ...draft.fields };
  const signatures = draft.signatures ?? template.signatures;
  const { form } = template;
  const note = template.note === undefined ? undefined : filled(template.note, values);
  return {
    kind,
    form,
    title: filled(template.title, values),
    blocks: [
      ...blocksOf(filled(template.body, values), draft.tables ?? []),
      ...(signatures.length === 0 ? [] : [{ kind: 'signatures' as const, labels: [...signatures] }]),
    ],
    attachments: [...(draft.attachments ?? [])],
    unit: signer,
    date,
    sealed: template.sealed,
    copies: [...(draft.copies ?? template.copies)],
    ...(form === 'document' || form === 'letter' || form === 'minutes'
      ? { head: filled(template.head ?? '{单位}', values) }
      : {}),
    ...(number === undefined ? {} : { number }),
    ...given('issuer', draft.issuer),
    ...given('urgency', draft.urgency),
    ...given('addressee', draft.addressee ?? filled(template.addressee, values)),
    ...given('note', note),
    ...(template.printed ? { printed: { unit: signer, date } } : {}),
  };
}

const given = <K extends string, V extends string>(key: K, value: V | undefined): { [k in K]?: V } =>
  (value === undefined || value === '' ? {} : { [key]: value }) as { [k in K]?: V };

/** The body's text, with the tables where the text says they go, else behind it. */
function blocksOf(body: string, tables: readonly Table[]): Block[] {
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
