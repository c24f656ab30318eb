import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AlikeGroup } from '../../alike/model.ts';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { Bulk } from './bulk.tsx';
import { t } from './english.ts';

const useGroups = (enabled = true) =>
  useQuery({
    queryKey: ['today', 'alike'],
    queryFn: ({ signal }) => ask<{ groups: AlikeGroup[] }>('GET /api/alike/inbox', { signal }),
    staleTime: 120_000,
    enabled,
  });

/** A line in the inbox where something in it looks like one matter. */
export function AlikeInInbox({ enabled }: { enabled: boolean }) {
  const n = useGroups(enabled).data?.groups.length ?? 0;
  return n === 0 ? null : (
    <p className="alike-line">
      <Link to="/alike" search={{}}>
        {t('有 {n} 组像是同一件事，看看', { n })}
      </Link>
    </p>
  );
}

/** The groups of look-alikes among what waits for dispatch: each with its reasons, merged after a look. */
export function AlikeScreen() {
  const { data, error, refetch } = useGroups();
  return (
    <main className="page">
      <header>
        <h1>{t('像同一件事的')}</h1>
      </header>
      <p className="quiet">
        {t('新来的诉求里地方、时间和说法相近的。并成一件办，每个人的编号、通知和认可的权利都不变。')}
      </p>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={10} />}
      {data?.groups.length === 0 && (
        <Empty title={t('没有像同一件事的')}>{t('几个人说同一件事时，会在这里排在一起。')}</Empty>
      )}
      {data?.groups.map((group) => (
        <Group key={group.items.map(({ id }) => id).join()} group={group} />
      ))}
    </main>
  );
}

function Group({ group }: { group: AlikeGroup }) {
  const [off, setOff] = useState<readonly string[]>([]);
  const [open, setOpen] = useState(false);
  const marked = group.items.filter(({ id }) => !off.includes(id));
  return (
    <section className="alike-group">
      <ul>
        {group.items.map((item) => (
          <li key={item.id}>
            <label>
              <input
                type="checkbox"
                checked={!off.includes(item.id)}
                onChange={() => setOff(off.includes(item.id) ? off.filter((id) => id !== item.id) : [...off, item.id])}
              />
              <span className="away">{item.subject}</span>
            </label>
            <div>
              <Link className="subject" to="/matters/$id" params={{ id: item.id }} search={{}}>
                {item.subject}
              </Link>
              <p>{item.reason}</p>
              <small>
                {[item.number, item.registered, item.statusName, item.unit].filter((part) => part !== null).join(' · ')}
              </small>
            </div>
          </li>
        ))}
      </ul>
      {open ? (
        <Bulk marked={marked} only="matter.merge" main={group.main} onDone={() => setOpen(false)} />
      ) : (
        <button type="button" className="plain" disabled={marked.length < 2} onClick={() => setOpen(true)}>
          {t('把这 {n} 件并成一件办', { n: marked.length })}
        </button>
      )}
    </section>
  );
}
