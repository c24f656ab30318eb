import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { ask } from './ask.ts';
import { Choose } from './choose.tsx';
import type { Field } from './form.tsx';
import { Waiting } from './states.tsx';
import { t } from './english.ts';

/** One thing found by name, pinyin or initials. */
export interface Hit {
  readonly id: string;
  readonly name: string;
  /** Where it stands, to tell those of the same name apart. */
  readonly within: string;
}

export type Sort = 'areas' | 'units' | 'officials';

/** Finds places, units or officials as one types: 水利, shuili, slj. */
export function Picker(props: {
  id: string;
  sort: Sort;
  value: string | undefined;
  /** The name of the value, for when it was not picked here. */
  named: string | undefined;
  placeholder: string;
  /** What it is called for the ear, where no label stands beside it. */
  label?: string;
  /** Whether it may be emptied again: the cross is one more stop for the Tab key. */
  clearable?: boolean;
  first?: boolean;
  onPick: (hit: Hit | undefined) => void;
}) {
  const { id, sort, value, named, placeholder, label, clearable = false, first = false, onPick } = props;
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const { data = [], isFetching } = useQuery({
    queryKey: ['find', sort, q],
    queryFn: async ({ signal }) =>
      Object.values(await ask<Record<string, Hit[]>>(`GET /api/${sort}/search`, { query: { q }, signal }))[0] ?? [],
    enabled: q !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const hits = q === '' ? [] : data;
  // What is chosen keeps its name when the list below no longer holds it.
  const chosen =
    value === undefined || hits.some((hit) => hit.id === value) ? [] : [{ id: value, name: named ?? '', within: '' }];
  return (
    <Choose
      id={id}
      value={value}
      placeholder={placeholder}
      label={label}
      clearable={clearable}
      first={first}
      onType={setTyped}
      nothing={
        isFetching ? (
          <Waiting lines={2} />
        ) : q === '' ? (
          t('打名称、拼音或首字母，如“水利”“slj”')
        ) : (
          t('没有找到，换个说法试试')
        )
      }
      options={[...chosen, ...hits].map((hit) => ({ value: hit.id, name: hit.name, detail: hit.within }))}
      onChoose={(next) => onPick(hits.find((hit) => hit.id === next))}
    />
  );
}

interface Person {
  readonly id: string;
  readonly name: string;
  readonly title: string;
}

/** Chooses among the people of one unit and its sections. */
function PersonPicker({
  id,
  unit,
  value,
  first = false,
  onPick,
}: {
  id: string;
  unit: string;
  value: string | undefined;
  first?: boolean;
  onPick: (person: Person | undefined) => void;
}) {
  const { data = [], isPending } = useQuery({
    queryKey: ['people', unit],
    queryFn: async ({ signal }) =>
      (await ask<{ officials: Person[] }>('GET /api/officials', { query: { unit, limit: 200 }, signal })).officials,
    staleTime: 60_000,
  });
  return (
    <Choose
      id={id}
      value={value}
      placeholder={t('选本单位的人')}
      first={first}
      loading={isPending}
      nothing={t('本单位还没有登记人员，请联系管理员')}
      options={data.map(({ id: person, name, title }) => ({ value: person, name, detail: title }))}
      onChoose={(next) => onPick(data.find((person) => person.id === next))}
    />
  );
}

/** A field holding the id of a place, a unit or an official; its name is kept under `<name>Name` for the button's words. */
export const picker = (
  field: Omit<Field, 'input'> & { sort: Sort; placeholder: string; named?: string | undefined },
): Field => ({
  ...field,
  input: ({ id, value, values, setAll, first }) => (
    <Picker
      id={id}
      sort={field.sort}
      value={typeof value === 'string' ? value : undefined}
      named={(values[`${field.name}Name`] as string | undefined) ?? field.named}
      placeholder={field.placeholder}
      clearable={field.optional !== undefined}
      first={first}
      onPick={(hit) => setAll({ [field.name]: hit?.id, [`${field.name}Name`]: hit?.name })}
    />
  ),
});

/** A field holding the id of somebody of a unit; the name is kept as with `picker`. */
export const personPicker = (field: Omit<Field, 'input'> & { unit: string }): Field => ({
  ...field,
  input: ({ id, value, setAll, first }) => (
    <PersonPicker
      id={id}
      first={first}
      unit={field.unit}
      value={typeof value === 'string' ? value : undefined}
      onPick={(person) => setAll({ [field.name]: person?.id, [`${field.name}Name`]: person?.name })}
    />
  ),
});
