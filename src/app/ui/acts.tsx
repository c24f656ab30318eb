import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type CommandData, type CommandKind, type Verdict, give } from './client.ts';
import { type Field, ShortForm, type Values } from './form.tsx';
import { PaperBeside, givesPaper } from './paper-beside.tsx';
import { tell } from './toast.tsx';

/** One thing that can be done to a record, as a short form. */
export interface Act {
  readonly name: string;
  /** What the button says it will do. */
  readonly button: string;
  readonly initial?: Values;
  readonly fields: readonly Field[];
  /** Never what the page is for, even where it is all that can be done: it ends or undoes something. */
  readonly minor?: true;
  /** What was filled in, as the command wants it; as it is, when left out. */
  readonly data?: (values: Values) => Values;
  /** What is said when it was accepted. */
  readonly says?: (verdict: Verdict) => string;
}

/**
 * What may be done now, side by side, the first of it as the main one; a touch opens its form.
 * @param query what is asked for again afterwards
 */
export function Acts({
  acts,
  can,
  stream,
  query,
}: {
  acts: Partial<Record<CommandKind, Act>>;
  can: readonly string[];
  stream: string;
  query: string;
}) {
  const queries = useQueryClient();
  const [open, setOpen] = useState<CommandKind>();
  const offered = (Object.entries(acts) as [CommandKind, Act][]).filter(([kind]) => can.includes(kind));
  const act = offered.find(([kind]) => kind === open)?.[1];
  if (offered.length === 0) return null;
  // While a form is open its own button is the main one.
  const main = act === undefined && offered[0]![1].minor === undefined ? offered[0]![0] : undefined;
  return (
    <>
      <p className="acts">
        {offered.map(([kind, { name }]) => (
          <button
            key={kind}
            type="button"
            className={kind === main ? 'plain first' : 'plain'}
            aria-expanded={open === kind}
            onClick={() => setOpen(open === kind ? undefined : kind)}
          >
            {name}
          </button>
        ))}
      </p>
      {act !== undefined && open !== undefined && (
        <ShortForm
          key={open}
          keep={`${stream} ${open}`}
          initial={act.initial ?? {}}
          fields={act.fields}
          beside={
            givesPaper(open)
              ? (values) => (
                  <PaperBeside record={recordOf(open)} id={stream} kind={open} values={act.data?.(values) ?? values} />
                )
              : undefined
          }
          consequence={() => act.button}
          send={(values) => give(open, stream, (act.data?.(values) ?? values) as CommandData<CommandKind>)}
          onDone={(verdict) => {
            if (act.says !== undefined) tell(act.says(verdict as Verdict));
            setOpen(undefined);
            void queries.invalidateQueries({ queryKey: [query] });
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

const recordOf = (kind: string): string => kind.slice(0, kind.indexOf('.'));
