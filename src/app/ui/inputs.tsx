import { Input, InputNumber, Select } from 'antd';
import type { Field, InputProps } from './form.tsx';

type Common = Omit<Field, 'input'>;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One line. */
export const line = (field: Common & { placeholder?: string; type?: string }): Field => ({
  ...field,
  input: ({ id, value, set }) => (
    <Input id={id} value={text(value)} type={field.type ?? 'text'} placeholder={field.placeholder} autoComplete="off" onChange={(event) => set(event.target.value)} />
  ),
});

/** Several lines. */
export const paragraph = (field: Common & { placeholder?: string; rows?: number }): Field => ({
  ...field,
  input: ({ id, value, set }) => (
    <Input.TextArea
      id={id}
      value={text(value)}
      placeholder={field.placeholder}
      autoSize={{ minRows: field.rows ?? 2, maxRows: 12 }}
      onChange={(event) => set(event.target.value)}
    />
  ),
});

/** A few choices side by side, reached with the arrow keys. */
export const choice = (field: Common & { options: readonly (readonly [value: string | number, name: string])[] }): Field => ({
  ...field,
  input: ({ id, value, set }) => (
    <div className="options" role="radiogroup" id={id}>
      {field.options.map(([option, name]) => (
        <label key={option}>
          <input type="radio" name={id} checked={value === option} onChange={() => set(option)} />
          {name}
        </label>
      ))}
    </div>
  ),
});

/** One of a longer list, by typing. */
export const select = (field: Common & { options: readonly (readonly [value: string, name: string])[]; placeholder?: string }): Field => ({
  ...field,
  input: ({ id, value, set }) => (
    <Select
      id={id}
      style={{ width: '100%' }}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={field.optional !== undefined}
      value={text(value) || undefined}
      placeholder={field.placeholder}
      options={field.options.map(([option, label]) => ({ value: option, label }))}
      onChange={(chosen: string | undefined) => set(chosen)}
    />
  ),
});

export const amount = (field: Common & { min: number; max: number; unit: string }): Field => ({
  ...field,
  input: ({ id, value, set }) => (
    <InputNumber id={id} min={field.min} max={field.max} suffix={field.unit} value={typeof value === 'number' ? value : null} onChange={(n) => set(n ?? undefined)} />
  ),
});

/** A day, by the device's own calendar. */
export const date = (field: Common & { min?: string }): Field => ({
  ...field,
  input: ({ id, value, set }) => (
    <input id={id} className="plain" type="date" min={field.min} value={text(value)} onChange={(event) => set(event.target.value)} />
  ),
});

/** A yes that is off unless ticked. */
export const tick = (field: Common & { says: string }): Field => ({
  optional: 'unsaid',
  ...field,
  input: ({ id, value, set }: InputProps) => (
    <label>
      <input id={id} type="checkbox" checked={value === true} onChange={(event) => set(event.target.checked || undefined)} /> {field.says}
    </label>
  ),
});
