import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { type CommandData, give, newId } from '../../app/ui/client.ts';
import { ShortForm, type Values } from '../../app/ui/form.tsx';
import { PaperBeside, givesPaper } from '../../app/ui/paper-beside.tsx';
import { useKeys } from '../../app/ui/keys.ts';
import { Empty, Trouble, Waiting, isMissing } from '../../app/ui/states.tsx';
import { tell } from '../../app/ui/toast.tsx';
import { type Act, actsFor } from './acts.ts';
import { DispatchForm } from './dispatch-form.tsx';
import { Facts } from './facts.tsx';
import { type Matter, useCategories, useGrounds, useMatter, useJoints, useRefresh, useRungs } from './queries.ts';
import { Story } from './story.tsx';
import { t } from './english.ts';

/** A matter: what can be done at the top, its story beside its facts. */
export function MatterPane({ id }: { id: string }) {
  const { data: matter, error, refetch } = useMatter(id);
  if (matter !== undefined) return <Shown key={id} matter={matter} />;
  return (
    <article className="matter">
      {error === null ? (
        <Waiting lines={10} />
      ) : isMissing(error) ? (
        <Empty title={t('没有找到这件事')}>{t('可能不在您的权限范围内，或者地址不对。')}</Empty>
      ) : (
        <Trouble error={error} again={() => void refetch()} />
      )}
    </article>
  );
}

function Shown({ matter }: { matter: Matter }) {
  const category = useCategories().find(([id]) => id === matter.category)?.[1];
  return (
    <article className="matter">
      <div className="matter-head">
        <div className="no">
          {matter.number} · {matter.channel}
          {category !== undefined && ` · ${category}`} · {matter.statusName}
          {' · '}
          <Link to="/papers/new" search={{ subject: 'matter', id: matter.id }}>
            {t('文书和卷宗')}
          </Link>
        </div>
        <h1>{matter.subject}</h1>
        <Actions matter={matter} />
      </div>
      <div className="two">
        <Story matter={matter} />
        <Facts matter={matter} />
      </div>
    </article>
  );
}

/** How many actions stand as buttons; the others are one key further. */
const SHOWN = 4;

function Actions({ matter }: { matter: Matter }) {
  const acts = actsFor(matter, useCategories(), {
    rungs: useRungs(),
    grounds: useGrounds(matter),
    joints: useJoints(),
  });
  const [open, setOpen] = useState<string>();
  const [more, setMore] = useState(false);
  const refresh = useRefresh();
  const chosen = acts.find((act) => act.key === open);
  const close = () => setOpen(undefined);
  useKeys({
    y: () => setOpen(acts[0]?.key),
    Y: () => setOpen(acts[0]?.key),
    ...Object.fromEntries(acts.slice(1, 9).map((act, place) => [String(place + 2), () => setOpen(act.key)])),
  });
  if (acts.length === 0) return null;

  const send = (act: Act) => async (values: Values) => {
    if (act.kind === 'review.ask')
      await give('review.ask', newId(), { matter: matter.id, ...values } as unknown as CommandData<'review.ask'>);
    else
      await ask(`POST /api/matters/:id/${act.kind.slice('matter.'.length)}`, {
        params: { id: matter.id },
        body: { ...act.fixed, ...(act.shape?.(values) ?? values), command: newId(), expected: matter.version },
      });
    close();
    tell(t('{label}：已记下。', { label: act.label }));
    await refresh();
  };
  /** The paper the step gives, beside its form. */
  const beside = (act: Act) => (values: Values) => (
    <PaperBeside
      record="matter"
      id={matter.id}
      kind={act.kind}
      values={{ ...act.fixed, ...(act.shape?.(values) ?? values) }}
    />
  );
  const shown = more ? acts : acts.slice(0, SHOWN);
  return (
    <>
      <div className="acts">
        {shown.map((act, place) => (
          <button
            type="button"
            key={act.key}
            className={`plain${place === 0 && act.minor !== true && chosen === undefined ? ' first' : ''}`}
            aria-expanded={act.key === open}
            // Drawn only when asked for: who asked goes on from there.
            autoFocus={more && place === SHOWN}
            onClick={() => setOpen(act.key === open ? undefined : act.key)}
          >
            {act.label}
            <kbd>{place === 0 ? 'Y' : place < 9 ? place + 1 : ''}</kbd>
          </button>
        ))}
        {acts.length > shown.length && (
          <button type="button" className="plain" onClick={() => setMore(true)}>
            {t('更多')}
          </button>
        )}
      </div>
      {chosen !== undefined &&
        (chosen.kind === 'matter.dispatch' ? (
          <DispatchForm
            matter={matter}
            send={send(chosen)}
            onClose={close}
            beside={matter.procedureKey === 'petition' ? beside(chosen) : undefined}
          />
        ) : (
          <ShortForm
            key={chosen.key}
            keep={`${matter.id} ${chosen.key}`}
            fields={chosen.fields}
            initial={chosen.initial ?? {}}
            consequence={chosen.consequence}
            beside={matter.procedureKey === 'petition' && givesPaper(chosen.kind) ? beside(chosen) : undefined}
            send={send(chosen)}
            onClose={close}
          />
        ))}
    </>
  );
}
