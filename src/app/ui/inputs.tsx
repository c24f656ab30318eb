import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Choose } from './choose.tsx';
import type { Field, InputProps } from './form.tsx';
import { t } from './english.ts';

type Common = Omit<Field, 'input'>;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One line. */
export const line = (field: Common & { placeholder?: string; type?: string }): Field => ({
  ...field,
  input: ({ id, value, set }) => (
    <input
      id={id}
      className="plain full"
      value={text(value)}
      type={field.type ?? 'text'}
      placeholder={field.placeholder}
      autoComplete={field.type === 'password' ? undefined : 'off'}
      onChange={(event) => set(event.target.value)}
    />
  ),
});

/** Several lines; the box grows with what is written. */
export const paragraph = (field: Common & { placeholder?: string; rows?: number }): Field => ({
  ...field,
  input: ({ id, value, set }) => (
    <textarea
      id={id}
      className="plain full"
      style={{ minHeight: `calc(${field.rows ?? 2}lh + 14px)` }}
      value={text(value)}
      placeholder={field.placeholder}
      rows={field.rows ?? 2}
      onChange={(event) => set(event.target.value)}
    />
  ),
});

type Option = readonly [value: string | number, name: string];

/**
 * A few choices side by side, reached with the arrow keys.
 * @param field.usual of many, those that stand in sight; the rest is one touch away
 */
export const choice = (
  field: Common & { options: readonly Option[]; usual?: readonly (string | number)[] },
): Field => ({
  ...field,
  input: (props) => <OneOf {...props} options={field.options} usual={field.usual} />,
});

function OneOf({
  id,
  value,
  set,
  options,
  usual,
}: InputProps & { options: readonly Option[]; usual: readonly (string | number)[] | undefined }) {
  const [all, setAll] = useState(usual === undefined);
  const group = useRef<HTMLDivElement>(null);
  const seldom = ([option]: Option): boolean => usual?.includes(option) === false;
  // What is chosen stays in sight.
  const shown = all ? options : options.filter((one) => !seldom(one) || one[0] === value);
  const open = (): void => {
    flushSync(() => setAll(true));
    const first = options.find((one) => seldom(one) && one[0] !== value);
    group.current?.querySelector<HTMLInputElement>(`input[value="${first![0]}"]`)?.focus();
  };
  return (
    <div className="options" role="radiogroup" id={id} ref={group}>
      {shown.map(([option, name]) => (
        <label key={option}>
          <input type="radio" name={id} value={option} checked={value === option} onChange={() => set(option)} />
          {name}
        </label>
      ))}
      {shown.length < options.length && (
        <button type="button" className="rest" aria-expanded={false} aria-controls={id} onClick={open}>
          {t('其余 {n} 种', { n: options.length - shown.length })}
        </button>
      )}
    </div>
  );
}

/** Any number of a few choices. */
export const several = (field: Common & { options: readonly (readonly [value: string, name: string])[] }): Field => ({
  ...field,
  input: ({ id, value, set }) => {
    const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
    return (
      <div className="options" role="group" id={id} aria-label={field.label}>
        {field.options.map(([option, name]) => (
          <label key={option}>
            <input
              type="checkbox"
              checked={chosen.includes(option)}
              onChange={({ target }) => {
                const next = target.checked ? [...chosen, option] : chosen.filter((one) => one !== option);
                set(next.length === 0 ? undefined : next);
              }}
            />
            {name}
          </label>
        ))}
      </div>
    );
  },
});

/** One of a longer list, by typing. */
export const select = (
  field: Common & { options: readonly (readonly [value: string, name: string])[]; placeholder?: string },
): Field => ({
  ...field,
  input: ({ id, value, set, first }) => (
    <Choose
      id={id}
      value={text(value) || undefined}
      placeholder={field.placeholder ?? t('选一个')}
      clearable={field.optional !== undefined}
      first={first}
      nothing={t('没有找到，换个说法试试')}
      options={field.options.map(([option, name]) => ({ value: option, name }))}
      onChoose={set}
    />
  ),
});

/** A whole number of something. */
export const amount = (field: Common & { min: number; max: number; unit: string }): Field => ({
  ...field,
  input: ({ id, value, set }) => (
    <>
      <input
        id={id}
        className="plain days"
        type="number"
        min={field.min}
        max={field.max}
        value={typeof value === 'number' ? value : ''}
        onChange={(event) => set(Number.isNaN(event.target.valueAsNumber) ? undefined : event.target.valueAsNumber)}
      />{' '}
      {field.unit}
    </>
  ),
});

/** A day, by the device's own calendar. */
export const date = (field: Common & { min?: string; max?: string }): Field => ({
  ...field,
  input: ({ id, value, set }) => (
    <input
      id={id}
      className="plain"
      type="date"
      min={field.min}
      max={field.max}
      value={text(value)}
      onChange={(event) => set(event.target.value)}
    />
  ),
});

/** A yes that is off unless ticked. */
export const tick = (field: Common & { says: string }): Field => ({
  optional: 'unsaid',
  ...field,
  input: ({ id, value, set }: InputProps) => (
    <label>
      <input
        id={id}
        type="checkbox"
        checked={value === true}
        onChange={(event) => set(event.target.checked || undefined)}
      />{' '}
      {field.says}
    </label>
  ),
});
