import { Choose } from './choose.tsx';
import { t } from './english.ts';
import type { Field } from './form.tsx';
import { Picker, type Sort } from './pickers.tsx';

type Common = Omit<Field, 'input'> & { placeholder: string };
const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : []);

/** Those chosen so far, each with a way to take it off again. */
const Chosen = ({
  ids,
  nameOf,
  onChange,
}: {
  ids: readonly string[];
  nameOf: (id: string) => string;
  onChange: (ids: readonly string[]) => void;
}) => (
  <ul className="several">
    {ids.map((id) => (
      <li key={id}>
        {nameOf(id)}
        <button
          type="button"
          aria-label={t('不要 {name}', { name: nameOf(id) })}
          onClick={() => onChange(ids.filter((other) => other !== id))}
        >
          ×
        </button>
      </li>
    ))}
  </ul>
);

/**
 * A field holding the ids of several places, units or officials, found by typing. Their names are kept under
 * `<name>Names`; `named` gives those that stood there before.
 */
export const several = (
  field: Common & { sort: Sort; named?: readonly { id: string; name: string | null }[] },
): Field => ({
  ...field,
  input: ({ id, value, values, setAll, first }) => {
    const ids = listOf(value);
    const names = (values[`${field.name}Names`] ?? {}) as Readonly<Record<string, string>>;
    const nameOf = (one: string): string =>
      names[one] ?? field.named?.find((known) => known.id === one)?.name ?? one.slice(0, 8);
    return (
      <>
        <Chosen ids={ids} nameOf={nameOf} onChange={(next) => setAll({ [field.name]: next })} />
        <Picker
          key={ids.length}
          id={id}
          sort={field.sort}
          value={undefined}
          named={undefined}
          placeholder={ids.length === 0 ? field.placeholder : t('再加一个')}
          first={first}
          onPick={(hit) =>
            hit !== undefined &&
            !ids.includes(hit.id) &&
            setAll({ [field.name]: [...ids, hit.id], [`${field.name}Names`]: { ...names, [hit.id]: hit.name } })
          }
        />
      </>
    );
  },
});

/** The same for a list that is known: a field holding several of its values. */
export const severalOf = (
  field: Common & { options: readonly (readonly [value: string, name: string, detail?: string])[]; nothing: string },
): Field => ({
  ...field,
  input: ({ id, value, set, first }) => {
    const ids = listOf(value);
    return (
      <>
        <Chosen
          ids={ids}
          nameOf={(one) => field.options.find(([option]) => option === one)?.[1] ?? one}
          onChange={set}
        />
        <Choose
          key={ids.length}
          id={id}
          value={undefined}
          placeholder={ids.length === 0 ? field.placeholder : t('再加一个')}
          first={first}
          nothing={field.nothing}
          options={field.options
            .filter(([option]) => !ids.includes(option))
            .map(([option, name, detail]) => ({ value: option, name, ...(detail === undefined ? {} : { detail }) }))}
          onChoose={(next) => next !== undefined && set([...ids, next])}
        />
      </>
    );
  },
});
