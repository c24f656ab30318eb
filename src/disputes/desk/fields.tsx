import { choice, date, line, paragraph, select, several } from '../../app/ui/inputs.tsx';
import type { Field, InputProps } from '../../app/ui/form.tsx';
import { personPicker, picker } from '../../app/ui/pickers.tsx';
import { t } from './english.ts';

type Named = readonly { readonly id: string; readonly name: string }[];

export const names = (list: Named): readonly (readonly [string, string])[] => list.map(({ id, name }) => [id, name]);

/** A unit, and somebody who works there: the people offered are those of the unit chosen. */
export const answerable = (): readonly Field[] => [
  picker({ name: 'unit', label: t('哪个单位负责'), sort: 'units', placeholder: t('打名称、拼音或首字母') }),
  {
    name: 'person',
    label: t('谁负责'),
    asked: (values) => typeof values['unit'] === 'string',
    input: (props) => personPicker({ name: 'person', label: '', unit: String(props.values['unit']) }).input(props),
  },
  date({ name: 'due', label: t('什么时候办结'), hint: t('情况越急，日子越近') }),
];

/** What is said of a situation: of what happened, never of what somebody is like. */
export const situation = (abouts: Named, signs: Named): readonly Field[] => [
  select({ name: 'about', label: t('哪一类'), options: names(abouts) }),
  line({ name: 'subject', label: t('什么事'), hint: t('一句话，不写姓名') }),
  paragraph({ name: 'words', label: t('情况'), hint: t('只写事情，不写对人的看法'), rows: 3 }),
  picker({ name: 'area', label: t('在哪儿'), sort: 'areas', placeholder: t('打名称、拼音或首字母') }),
  several({ name: 'signs', label: t('有没有这些迹象'), optional: true, options: names(signs) }),
];

interface Party {
  readonly name: string;
  readonly phone: string;
}
/** The parties, two at least; a phone is only for sending the link. */
export const partiesField = (): Field => ({
  name: 'parties',
  label: t('各方'),
  hint: t('电话可不填'),
  input: ({ id, value, set }: InputProps) => {
    const rows = (Array.isArray(value) ? value : [{}, {}]) as Party[];
    const put = (place: number, part: Partial<Party>): void =>
      set(rows.map((row, i) => (i === place ? { ...row, ...part } : row)));
    return (
      <div className="rows-of" id={id}>
        {rows.map((row, place) => (
          <p key={place}>
            <input
              className="plain"
              aria-label={t('第 {n} 方姓名', { n: place + 1 })}
              placeholder={t('姓名')}
              value={row.name ?? ''}
              onChange={(event) => put(place, { name: event.target.value })}
            />
            <input
              className="plain"
              type="tel"
              aria-label={t('第 {n} 方电话', { n: place + 1 })}
              placeholder={t('电话')}
              value={row.phone ?? ''}
              onChange={(event) => put(place, { phone: event.target.value })}
            />
          </p>
        ))}
        {rows.length < 6 && (
          <button type="button" className="link" onClick={() => set([...rows, {}])}>
            {t('再加一方')}
          </button>
        )}
      </div>
    );
  },
});

export const partiesOf = (value: unknown): { name: string; phone?: string }[] =>
  ((Array.isArray(value) ? value : []) as Partial<Party>[])
    .filter(({ name }) => name !== undefined && name.trim() !== '')
    .map(({ name, phone }) => ({
      name: name!.trim(),
      ...(phone === undefined || phone.trim() === '' ? {} : { phone: phone.trim() }),
    }));

interface Term {
  readonly by: number;
  readonly what: string;
  readonly due: string;
}
/** Terms of an agreement: who does what by when. */
export const termsField = (parties: readonly (string | null)[]): Field => ({
  name: 'terms',
  label: t('约定'),
  hint: t('每条写清谁、做什么、哪天前'),
  input: ({ id, value, set }: InputProps) => {
    const rows = (Array.isArray(value) ? value : [{}]) as Partial<Term>[];
    const put = (place: number, part: Partial<Term>): void =>
      set(rows.map((row, i) => (i === place ? { ...row, ...part } : row)));
    return (
      <div className="rows-of" id={id}>
        {rows.map((row, place) => (
          <p key={place}>
            <select
              className="plain"
              aria-label={t('第 {n} 条，谁', { n: place + 1 })}
              value={row.by ?? ''}
              onChange={(event) => put(place, { by: Number(event.target.value) })}
            >
              <option value="" disabled>
                {t('谁')}
              </option>
              {parties.map((name, party) => (
                <option key={party} value={party}>
                  {name ?? party + 1}
                </option>
              ))}
            </select>
            <input
              className="plain full"
              aria-label={t('第 {n} 条，做什么', { n: place + 1 })}
              placeholder={t('做什么')}
              value={row.what ?? ''}
              onChange={(event) => put(place, { what: event.target.value })}
            />
            <input
              className="plain"
              type="date"
              aria-label={t('第 {n} 条，哪天前', { n: place + 1 })}
              value={row.due ?? ''}
              onChange={(event) => put(place, { due: event.target.value })}
            />
          </p>
        ))}
        {rows.length < 20 && (
          <button type="button" className="link" onClick={() => set([...rows, {}])}>
            {t('再加一条')}
          </button>
        )}
      </div>
    );
  },
});

export const yesNo = (name: string, label: string, yes: string, no: string): Field =>
  choice({
    name,
    label,
    options: [
      ['yes', yes],
      ['no', no],
    ],
  });
