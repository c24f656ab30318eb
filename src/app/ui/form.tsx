import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Refused, openFor } from './client.ts';
import { useKeys } from './keys.ts';
import { sentenceOf } from './states.tsx';
import { t } from './english.ts';

export type Values = Record<string, unknown>;

/** What an input is given: its value and where to put the next. */
export interface InputProps {
  readonly id: string;
  readonly value: unknown;
  readonly set: (value: unknown) => void;
  /** Sets other fields too, e.g. the category a proposal comes with. */
  readonly setAll: (values: Values) => void;
  readonly values: Values;
  readonly first: boolean;
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** May be left out; said beside the label unless it is plain from the field itself. */
  readonly optional?: true | 'unsaid';
  /** Whether it is asked, given what has been filled in so far; always, when unset. */
  readonly asked?: (values: Values) => boolean;
  readonly input: (props: InputProps) => ReactNode;
}

interface Props {
  readonly fields: readonly Field[];
  readonly initial?: Values;
  /** What sending will do, as the button says it. */
  readonly consequence: (values: Values) => string;
  readonly send: (values: Values) => Promise<unknown>;
  readonly onDone?: (answer: unknown) => void;
  readonly onClose?: () => void;
  readonly className?: string;
  /** What stands beside the form and follows it: the paper the step gives. */
  readonly beside?: ((values: Values) => ReactNode) | undefined;
  /** Names what the form is about: closed unsent, what was typed stands there when it is opened again. */
  readonly keep?: string;
  /** Whether the first field is ready to be typed into; not where the form is only one part of a page. */
  readonly ready?: boolean;
}

/** What was typed and not sent, by what it is about; until the page is left. */
const unsent = new Map<string, Values>();

/** Where the form that is open was opened. One drawn anew while somebody is in it is still the same form. */
let openedFrom: Element | null = null;
const opener = (): Element | null =>
  document.activeElement?.closest('form') == null ? document.activeElement : openedFrom;

/**
 * A short form: its button says what will happen, Ctrl+Enter sends, Esc closes, and what the server
 * does not accept stands at the field it is about.
 */
export function ShortForm({
  fields,
  initial = {},
  consequence,
  send,
  onDone,
  onClose,
  className = 'act-form',
  beside,
  keep,
  ready = true,
}: Props) {
  const [again, setAgain] = useState(() => (keep === undefined ? undefined : unsent.get(keep)));
  const [typed, setTyped] = useState<Values>(() => ({ ...again }));
  // What the form begins with may become known only after it is drawn; what was typed lies above it.
  const values: Values = { ...initial, ...typed };
  const [fault, setFault] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [opened] = useState(() => Date.now());
  const [from] = useState(() => (openedFrom = opener()));
  const form = useRef<HTMLFormElement>(null);
  const asked = fields.filter((field) => field.asked?.(values) ?? true);
  const at = faultField(fault, asked);

  const submit = async () => {
    if (busy) return;
    const blank = asked.find(
      ({ name, optional }) => optional === undefined && (values[name] === undefined || values[name] === ''),
    );
    if (blank !== undefined) {
      setFault(
        new Refused(422, {
          refused: 'input.invalid',
          message: t('还没有填“{label}”。', { label: blank.label }),
          field: blank.name,
        }),
      );
      return;
    }
    setBusy(true);
    setFault(undefined);
    try {
      const names = new Set(asked.map((field) => field.name));
      openFor(opened);
      const answer = await send(
        Object.fromEntries(
          Object.entries(values)
            .filter(([name]) => names.has(name))
            .map(trimmed),
        ),
      );
      if (keep !== undefined) unsent.delete(keep);
      onDone?.(answer);
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  };
  const change = (more: Values): void => {
    // What was wrong is being put right: the fault has said what it had to say.
    if (at !== undefined && at in more) setFault(undefined);
    setTyped((held) => ({ ...held, ...more }));
  };
  const close = (): void => {
    if (keep !== undefined && JSON.stringify(values) !== JSON.stringify(initial)) unsent.set(keep, typed);
    onClose?.();
  };
  const anew = (): void => {
    if (keep !== undefined) unsent.delete(keep);
    setAgain(undefined);
    setTyped({});
  };
  useKeys({ 'Ctrl+Enter': () => void submit(), ...(onClose === undefined ? {} : { Escape: close }) });
  useEffect(() => {
    if (!ready) return;
    form.current?.querySelector<HTMLElement>('input, textarea, select')?.focus();
    // Whoever came by keyboard goes on where they opened it, not at the top of the page.
    return () => {
      if (document.activeElement === document.body && from instanceof HTMLElement && from.isConnected) from.focus();
    };
  }, [ready, from]);

  useEffect(() => {
    if (at !== undefined)
      form.current?.querySelector<HTMLElement>(`[data-field="${at}"] :is(input, textarea, select)`)?.focus();
  }, [at, fault]);

  const whole = (
    <form
      ref={form}
      className={className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {again !== undefined && (
        <p className="quiet again">
          {t('接着上次没办完的写。')}
          <button type="button" className="link" onClick={anew}>
            {t('重新写')}
          </button>
        </p>
      )}
      {asked.map((field, place) => (
        <div className="field" key={field.name} data-field={field.name}>
          <label htmlFor={`f-${field.name}`}>
            {field.label}
            <Hint field={field} />
          </label>
          {field.input({
            id: `f-${field.name}`,
            value: values[field.name],
            set: (value) => change({ [field.name]: value }),
            setAll: change,
            values,
            first: place === 0,
          })}
          {at === field.name && (
            <p className="fault" role="alert">
              {shortened(sentenceOf(fault))}
            </p>
          )}
        </div>
      ))}
      {fault !== undefined && at === undefined && (
        <p className="fault late" role="alert">
          {sentenceOf(fault)}
        </p>
      )}
      <div className="form-foot">
        <button type="submit" className="plain first" disabled={busy}>
          {consequence(values)}
          <kbd>Ctrl ↵</kbd>
        </button>
        {onClose !== undefined && (
          <button type="button" className="link" onClick={close}>
            {t('不办了')}
          </button>
        )}
      </div>
    </form>
  );
  if (beside === undefined) return whole;
  const names = new Set(asked.map((field) => field.name));
  return (
    <div className="beside">
      {whole}
      {beside(
        Object.fromEntries(
          Object.entries(values)
            .filter(([name]) => names.has(name))
            .map(trimmed),
        ),
      )}
    </div>
  );
}

const Hint = ({ field: { hint, optional } }: { field: Field }) => {
  const parts = [hint, optional === true ? t('可不填') : undefined].filter((part) => part !== undefined);
  return parts.length === 0 ? null : <small>{parts.join(t('；'))}</small>;
};

/** At the field itself the name of the field need not be said: （subject：至少写 2 个字） → 至少写 2 个字. */
const shortened = (sentence: string): string => /（[\w.]+：(.+)）$/.exec(sentence)?.[1] ?? sentence;

/** An empty text was not filled in. */
const trimmed = ([name, value]: [string, unknown]): [string, unknown] => [name, value === '' ? undefined : value];

/** The field a refusal names; `reporter.phone` belongs to the field `phone` when no field has the whole name. */
function faultField(fault: unknown, fields: readonly Field[]): string | undefined {
  if (!(fault instanceof Refused) || fault.field === undefined) return undefined;
  const named = [fault.field, fault.field.split('.').at(-1)];
  return fields.find((field) => named.includes(field.name))?.name;
}
