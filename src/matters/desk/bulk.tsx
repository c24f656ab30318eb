import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { type Field, ShortForm, type Values } from '../../app/ui/form.tsx';
import { line, select } from '../../app/ui/inputs.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { tell } from '../../app/ui/toast.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { bulkRoutes } from '../bulk.ts';
import { useCategories, useRefresh } from './queries.ts';
import { t } from './english.ts';

type Outcome = AnswerOf<(typeof bulkRoutes)['POST /api/matters/bulk']>;
type Kind = 'matter.dispatch' | 'matter.classify' | 'matter.merge';

/** Something marked in a list. */
export interface Marked {
  readonly id: string;
  readonly number: string;
  readonly subject: string;
}

/**
 * One act on everything that is marked: first what would become of each, then, when that was looked at, done.
 * @param only the one act that makes sense where the list is of look-alikes
 */
export function Bulk({
  marked,
  only,
  main,
  onDone,
}: {
  marked: readonly Marked[];
  only?: Kind;
  main?: string;
  onDone: () => void;
}) {
  const [kind, setKind] = useState<Kind | undefined>(only);
  const [asked, setAsked] = useState<{ act: object; outcome: Outcome }>();
  const [once] = useState(newId);
  const refresh = useRefresh();
  const categories = useCategories();
  const ids = marked.map(({ id }) => id);
  const send = async (act: object, preview: boolean): Promise<Outcome> =>
    await ask<Outcome>('POST /api/matters/bulk', { body: { ids, act, preview, once } });

  const fields: Record<Kind, Field[]> = {
    'matter.dispatch': [
      picker({ name: 'unit', label: t('派给谁'), sort: 'units', placeholder: t('打单位名称、拼音或首字母') }),
      line({ name: 'note', label: t('交代一句'), optional: true }),
    ],
    'matter.classify': [
      select({ name: 'category', label: t('分类'), placeholder: t('打类别名称'), options: categories }),
    ],
    'matter.merge': [
      select({
        name: 'into',
        label: t('主件'),
        hint: t('答复、进展都在主件上写，会到每一位；每个人的编号和认可的权利不变'),
        placeholder: t('选一件'),
        options: marked.map(({ id, number, subject }) => [id, `${subject}　${number}`]),
      }),
    ],
  };
  const names: Record<Kind, string> = {
    'matter.dispatch': t('派单'),
    'matter.classify': t('定分类'),
    'matter.merge': t('并成一件办'),
  };

  if (asked !== undefined) {
    const { act, outcome } = asked;
    const held = outcome.rows.length - outcome.done;
    return (
      <section className="bulk" aria-label={t('先看一遍')}>
        <p>
          <b>{t('{done} 件可以办', { done: outcome.done })}</b>
          {held > 0 && t('，{held} 件办不了，会原样留着', { held })}
        </p>
        <ul>
          {outcome.rows.map((row) => (
            <li key={row.id} className={row.refused === null ? undefined : 'no'}>
              <span>{row.subject ?? t('（看不到的一件）')}</span>
              <small>{row.sentence ?? t('可以')}</small>
            </li>
          ))}
        </ul>
        <div className="acts">
          <button
            type="button"
            className="plain first"
            disabled={outcome.done === 0}
            onClick={() =>
              void send(act, false).then(async (done) => {
                tell(t('办了 {n} 件。', { n: done.done }));
                await refresh();
                onDone();
              })
            }
          >
            {t('办这 {n} 件', { n: outcome.done })}
          </button>
          <button type="button" className="plain" onClick={() => setAsked(undefined)}>
            {t('回去改')}
          </button>
        </div>
      </section>
    );
  }
  return (
    <section className="bulk" aria-label={t('一起办')}>
      {only === undefined && (
        <div className="acts">
          <b>{t('选了 {n} 件', { n: marked.length })}</b>
          {(Object.keys(names) as Kind[]).map((one) => (
            <button
              type="button"
              key={one}
              className="plain"
              aria-expanded={one === kind}
              disabled={one === 'matter.merge' && marked.length < 2}
              onClick={() => setKind(one === kind ? undefined : one)}
            >
              {names[one]}
            </button>
          ))}
          <button type="button" className="link" onClick={onDone}>
            {t('不选了')}
          </button>
        </div>
      )}
      {kind !== undefined && (
        <ShortForm
          key={`${kind} ${ids.join(' ')}`}
          fields={fields[kind]}
          initial={kind === 'matter.merge' ? { into: main ?? ids[0] } : {}}
          ready={only === undefined}
          consequence={() => t('先看一遍')}
          send={async (values: Values) => {
            const { unit, note, category, into } = values;
            const act = { kind, unit, note, category, into };
            setAsked({ act, outcome: await send(act, true) });
          }}
          {...(only === undefined ? { onClose: () => setKind(undefined) } : {})}
        />
      )}
    </section>
  );
}
