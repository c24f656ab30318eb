import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { Choose } from '../../app/ui/choose.tsx';
import { newId } from '../../app/ui/client.ts';
import type { Field, InputProps, Values } from '../../app/ui/form.tsx';
import { sentenceOf } from '../../app/ui/states.tsx';
import { tell } from '../../app/ui/toast.tsx';
import type { MatterItem } from '../present.ts';
import type { AppRoutes } from '../../app/features.ts';
import type { AnswerOf } from '../../contract/route.ts';
import { type Matter, useRefresh } from './queries.ts';
import { t } from './english.ts';

type AlikeItem = AnswerOf<AppRoutes['POST /api/alike']>['alike'][number];

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One look-alike: what it is, why it looks so, and what can be done about it. */
const One = ({
  item,
  act,
}: {
  item: AlikeItem;
  act?: { readonly label: string; readonly go: () => void } | undefined;
}) => (
  <li>
    <Link className="subject" to="/matters/$id" params={{ id: item.id }} search={{}} target="_blank">
      {item.subject}
    </Link>
    <p>{item.reason}</p>
    <small>{[item.registered, item.statusName, item.unit].filter((part) => part !== null).join(' · ')}</small>
    {act !== undefined && (
      <button type="button" className="link" onClick={act.go}>
        {act.label}
      </button>
    )}
  </li>
);

/** Raising it again marks the matter that is there; who calls twice about one thing needs no second number. */
function useRaiseAgain(): (id: string, channel: string) => Promise<boolean> {
  const refresh = useRefresh();
  return async (id, channel) => {
    try {
      await ask('POST /api/matters/:id/raise-again', { params: { id }, body: { channel, command: newId() } });
      tell(t('记在原来那件上了：群众又来反映一次。'));
      await refresh();
      return true;
    } catch (error) {
      tell(sentenceOf(error));
      return false;
    }
  };
}

/** What is there already that looks like what is being typed, beside the fields it is read from. */
function WhileTyping({ values }: { values: Values }) {
  const [done, setDone] = useState<string>();
  const raise = useRaiseAgain();
  const typed = useDeferredValue(
    JSON.stringify({
      subject: text(values['subject']).slice(0, 120),
      body: text(values['body']),
      spot: text(values['spot']),
      area: values['area'],
    }),
  );
  const { data } = useQuery({
    queryKey: ['alike', typed],
    queryFn: async ({ signal }) => {
      // Asked once the words have rested: half a sentence looks like everything.
      await new Promise((rest) => setTimeout(rest, 400));
      signal.throwIfAborted();
      return await ask<{ alike: AlikeItem[] }>('POST /api/alike', { body: JSON.parse(typed) as object, signal });
    },
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
  const items = data?.alike ?? [];
  if (items.length === 0) return <p className="quiet">{t('没有相似的，接着登记')}</p>;
  return (
    <ul className="alike" aria-live="polite">
      {items.map((item) => (
        <One
          key={item.id}
          item={item}
          act={
            item.id === done
              ? undefined
              : {
                  label: t('同一个人又来说：记在这件上'),
                  go: () =>
                    void raise(item.id, text(values['channel']) || 'phone').then((ok) => ok && setDone(item.id)),
                }
          }
        />
      ))}
    </ul>
  );
}

/** A field that asks nothing: look-alikes of what stands in the others. */
export const alikeWhileTyping = (): Field => ({
  name: 'alike',
  label: t('相似的事'),
  optional: 'unsaid',
  asked: ({ subject }) => text(subject).length >= 4,
  input: ({ values }: InputProps) => <WhileTyping values={values} />,
});

/** On a matter's page: what looks like it, and what it is joined with. */
export function Alike({ matter }: { matter: Matter }) {
  const refresh = useRefresh();
  const mayMerge = matter.can.includes('matter.merge');
  const { data } = useQuery({
    queryKey: ['matter', matter.id, 'alike'],
    queryFn: ({ signal }) =>
      ask<{ alike: AlikeItem[] }>('GET /api/matters/:id/alike', { params: { id: matter.id }, signal }),
    staleTime: 60_000,
    enabled: matter.status !== 'closed',
  });
  const merge = async (into: AlikeItem): Promise<void> => {
    try {
      await ask('POST /api/matters/:id/merge', {
        params: { id: matter.id },
        body: { into: into.id, command: newId() },
      });
      tell(t('并到 {number} 一起办了。', { number: into.number }));
      await refresh();
    } catch (error) {
      tell(sentenceOf(error));
    }
  };
  const items = data?.alike ?? [];
  if (items.length === 0) return null;
  return (
    <>
      <dt>{t('相似的事')}</dt>
      <dd>
        <ul className="alike">
          {items.map((item) => (
            <One
              key={item.id}
              item={item}
              act={
                mayMerge && item.mergedInto === null
                  ? { label: t('并到这一件'), go: () => void merge(item) }
                  : undefined
              }
            />
          ))}
        </ul>
      </dd>
    </>
  );
}

/** What a matter is joined with, by number; what it says where the reader may read it. */
export function Joined({ matter: { related, joint, repeats } }: { matter: Matter }) {
  const lists = [
    [t('主件'), related.main === null ? [] : [related.main]],
    [t('并进来的'), related.along],
    [t('分自'), related.whole === null ? [] : [related.whole]],
    [t('分出去的'), related.parts],
  ] as const;
  return (
    <>
      {lists.map(
        ([name, list]) =>
          list.length > 0 && (
            <div key={name} className="joined">
              <span>{name}</span>
              <ul>
                {list.map((one) => (
                  <li key={one.id}>
                    {one.subject === null ? (
                      one.number
                    ) : (
                      <Link to="/matters/$id" params={{ id: one.id }} search={{}}>
                        {one.subject}
                      </Link>
                    )}{' '}
                    <small>{one.statusName}</small>
                  </li>
                ))}
              </ul>
            </div>
          ),
      )}
      {joint !== null && (
        <div className="joined">
          <span>{t('联名')}</span>
          <div>
            {t('{n} 人', { n: joint.persons })}
            {joint.representatives.length > 0 &&
              t('，代表：{names}', {
                names: joint.representatives
                  .map(({ name, phone }) => [name, phone].filter((part) => part !== null).join(' '))
                  .join(t('、')),
              })}
          </div>
        </div>
      )}
      {repeats > 0 && (
        <div className="joined">
          <span>{t('催办')}</span>
          <div>{t('群众又来反映 {n} 次', { n: repeats })}</div>
        </div>
      )}
    </>
  );
}

export const isJoined = ({ related: { main, along, whole, parts }, joint, repeats }: Matter): boolean =>
  main !== null || whole !== null || along.length + parts.length + repeats > 0 || joint !== null;

/** Chooses a matter by its number or by words of it. */
function MatterChoice({ id, value, values, setAll, first, name }: InputProps & { name: string }) {
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const { data } = useQuery({
    queryKey: ['find', 'matters', q],
    queryFn: ({ signal }) =>
      ask<{ matters: MatterItem[] }>('GET /api/matters', { query: { q, size: 8, when: 'open' }, signal }),
    enabled: q !== '',
    placeholderData: (before) => before,
  });
  const hits = q === '' ? [] : (data?.matters ?? []);
  const chosen = text(value);
  const known = chosen === '' || hits.some((hit) => hit.id === chosen);
  return (
    <Choose
      id={id}
      value={chosen === '' ? undefined : chosen}
      placeholder={t('打编号，或事情里的字')}
      first={first}
      onType={setTyped}
      nothing={q === '' ? t('打编号，如“QH 2611 0482 3”，或“水渠”') : t('没有找到没销号的，换个说法试试')}
      options={[
        ...(known ? [] : [{ value: chosen, name: text(values[`${name}Name`]), detail: '' }]),
        ...hits.map((hit) => ({ value: hit.id, name: hit.subject, detail: hit.number })),
      ]}
      onChoose={(next) => setAll({ [name]: next, [`${name}Name`]: hits.find((hit) => hit.id === next)?.number ?? '' })}
    />
  );
}

export const matterField = (field: Omit<Field, 'input'>): Field => ({
  ...field,
  input: (props) => <MatterChoice {...props} name={field.name} />,
});
