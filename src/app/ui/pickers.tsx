import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { ask } from './ask.ts';
import type { Field } from './form.tsx';
import { Waiting } from './states.tsx';

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
  /** Whether it may be emptied again: the cross is one more stop for the Tab key. */
  clearable?: boolean;
  onPick: (hit: Hit | undefined) => void;
}) {
  const { id, sort, value, named, placeholder, clearable = false, onPick } = props;
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const { data = [], isFetching } = useQuery({
    queryKey: ['find', sort, q],
    queryFn: async ({ signal }) => Object.values(await ask<Record<string, Hit[]>>(`GET /api/${sort}/search`, { query: { q }, signal }))[0] ?? [],
    enabled: q !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const hits = q === '' ? [] : data;
  // What is chosen keeps its name when the list below no longer holds it.
  const chosen = value === undefined || hits.some((hit) => hit.id === value) ? [] : [{ id: value, name: named ?? '', within: '' }];
  return (
    <Select<string>
      id={id}
      style={{ width: '100%' }}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear={clearable}
      defaultActiveFirstOption
      value={value ?? null}
      placeholder={placeholder}
      notFoundContent={isFetching ? <Waiting lines={2} /> : q === '' ? '打名称、拼音或首字母，如“水利”“slj”' : '没有找到，换个说法试试'}
      optionRender={({ label, data: option }) => <>{label} <small>{option['within'] as string}</small></>}
      options={[...chosen, ...hits].map((hit) => ({ value: hit.id, label: hit.name, within: hit.within }))}
      onChange={(next: string | undefined) => onPick(hits.find((hit) => hit.id === next))}
    />
  );
}

interface Person {
  readonly id: string;
  readonly name: string;
  readonly title: string;
}

/** Chooses among the people of one unit and its sections. */
export function PersonPicker({ id, unit, value, onPick }: { id: string; unit: string; value: string | undefined; onPick: (person: Person | undefined) => void }) {
  const { data = [], isPending } = useQuery({
    queryKey: ['people', unit],
    queryFn: async ({ signal }) => (await ask<{ officials: Person[] }>('GET /api/officials', { query: { unit, limit: 200 }, signal })).officials,
    staleTime: 60_000,
  });
  return (
    <Select<string>
      id={id}
      style={{ width: '100%' }}
      showSearch={{ optionFilterProp: 'label' }}
      loading={isPending}
      value={value ?? null}
      placeholder="选本单位的人"
      notFoundContent="本单位还没有登记人员，请联系管理员"
      options={data.map(({ id: person, name, title }) => ({ value: person, label: title === '' ? name : `${name}　${title}` }))}
      onChange={(next: string) => onPick(data.find((person) => person.id === next))}
    />
  );
}

/** A field holding the id of a place, a unit or an official; its name is kept under `<name>Name` for the button's words. */
export const picker = (
  field: Omit<Field, 'input'> & { sort: Sort; placeholder: string; named?: string | undefined },
): Field => ({
  ...field,
  input: ({ id, value, values, setAll }) => (
    <Picker
      id={id}
      sort={field.sort}
      value={typeof value === 'string' ? value : undefined}
      named={(values[`${field.name}Name`] as string | undefined) ?? field.named}
      placeholder={field.placeholder}
      clearable={field.optional !== undefined}
      onPick={(hit) => setAll({ [field.name]: hit?.id, [`${field.name}Name`]: hit?.name })}
    />
  ),
});

/** A field holding the id of somebody of a unit; the name is kept as with `picker`. */
export const personPicker = (field: Omit<Field, 'input'> & { unit: string }): Field => ({
  ...field,
  input: ({ id, value, setAll }) => (
    <PersonPicker
      id={id}
      unit={field.unit}
      value={typeof value === 'string' ? value : undefined}
      onPick={(person) => setAll({ [field.name]: person?.id, [`${field.name}Name`]: person?.name })}
    />
  ),
});
