import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { give, newId } from '../../app/ui/client.ts';
import { type Field, ShortForm } from '../../app/ui/form.tsx';
import { amount, choice, date, line, paragraph } from '../../app/ui/inputs.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { picker } from '../../app/ui/pickers.tsx';
import { severalOf } from '../../app/ui/several.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { OutreachTabs } from '../../app/ui/tabs.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { GuideCommand, TalkCommand, Way } from '../model.ts';
import { t } from './english.ts';
import { type Library, type List, states, ways } from './words.ts';

/** The library of policies, and where they were explained. */
export function Talks() {
  const me = useMe();
  const [writing, setWriting] = useState<'guide' | 'talk'>();
  const library = useQuery({
    queryKey: ['guides'],
    queryFn: ({ signal }) => ask<Library>('GET /api/guides', { signal }),
  });
  const talks = useQuery({
    queryKey: ['talks'],
    queryFn: ({ signal }) => ask<List>('GET /api/talks', { signal }),
    enabled: hasRole(me, 'field', 'clerk', 'head', 'leader', 'inspector'),
  });
  const close = (): void => setWriting(undefined);
  return (
    <main className="page wide">
      <header>
        <h1>{t('政策宣讲')}</h1>
        <div className="tools">
          {hasRole(me, 'clerk', 'head', 'administrator') && (
            <button type="button" className="plain" onClick={() => setWriting('guide')}>
              {t('上架一条政策')}
            </button>
          )}
          {hasRole(me, 'field', 'clerk', 'head', 'leader') && (
            <button type="button" className="plain first" onClick={() => setWriting('talk')}>
              {t('记一次宣讲')}
            </button>
          )}
        </div>
      </header>
      <OutreachTabs />
      <p className="lead">
        {t('政策讲给谁听了、讲到了哪一级。入户讲的从走访里来，不用再填；没答上的自己上台账，答复会回到这里。')}
      </p>
      {writing === 'guide' && <GuideForm onClose={close} />}
      {writing === 'talk' && <TalkForm library={library.data?.guides ?? []} onClose={close} />}
      <h2>{t('政策')}</h2>
      {library.data === undefined ? (
        library.error === null ? (
          <Waiting lines={4} />
        ) : (
          <Trouble error={library.error} again={() => void library.refetch()} />
        )
      ) : library.data.guides.length === 0 ? (
        <Empty title={t('还没有政策')}>{t('把要讲的政策写成老百姓听得懂的话，写上依据和有效期，大家照着讲。')}</Empty>
      ) : (
        <Guides guides={library.data.guides} />
      )}
      {talks.data !== undefined && (
        <>
          <h2>{t('讲过的')}</h2>
          {talks.data.rows.length === 0 ? (
            <Empty title={t('还没有记过')}>{t('开会、院坝、赶场讲过以后，记一下讲了什么、来了多少人。')}</Empty>
          ) : (
            <Held rows={talks.data.rows} />
          )}
        </>
      )}
    </main>
  );
}

const Guides = ({ guides }: { guides: Library['guides'] }) => (
  <Sheet>
    <tbody>
      {guides.map((guide) => (
        <tr key={guide.id} className={guide.inForce ? undefined : 'over'}>
          <td className="what">
            <Link to="/outreach/policies/$id" params={{ id: guide.id }} search={{}}>
              {guide.title}
            </Link>
          </td>
          <td>{guide.source}</td>
          <td className="nowrap">
            {guide.validUntil === null
              ? t('{from} 起', { from: sayDate(guide.validFrom) })
              : t('{from} 到 {to}', { from: sayDate(guide.validFrom), to: sayDate(guide.validUntil) })}
          </td>
          <td className="nowrap">{states[guide.state]}</td>
        </tr>
      ))}
    </tbody>
  </Sheet>
);

const Held = ({ rows }: { rows: List['rows'] }) => (
  <Sheet>
    <thead>
      <tr>
        <th>{t('哪天')}</th>
        <th>{t('给谁讲')}</th>
        <th>{t('讲了什么')}</th>
        <th>{t('怎么讲')}</th>
        <th>{t('谁讲的')}</th>
        <th className="num">{t('来了')}</th>
        <th className="num">{t('没答上')}</th>
        <th className="num">{t('已答复')}</th>
        <th className="num">{t('告诉了')}</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={row.id}>
          <td className="nowrap">{sayDate(row.day)}</td>
          <td>
            {row.place}
            <br />
            <small>{row.where}</small>
          </td>
          <td className="what">
            <Link to="/outreach/talks/$id" params={{ id: row.id }} search={{}}>
              {row.guides.join('、')}
            </Link>
          </td>
          <td className="nowrap">{ways[row.way as Way]}</td>
          <td className="nowrap">{row.official}</td>
          <td className="num">{row.came ?? '—'}</td>
          <td className="num">{row.asked}</td>
          <td className="num">{row.answered}</td>
          <td className={row.answered > row.told ? 'num soon' : 'num'}>{row.told}</td>
        </tr>
      ))}
    </tbody>
  </Sheet>
);

export const guideFields = (): readonly Field[] => [
  line({ name: 'title', label: t('叫什么') }),
  paragraph({ name: 'gist', label: t('怎么跟老百姓讲'), hint: t('谁能享受、能得什么、到哪儿办'), rows: 5 }),
  line({ name: 'source', label: t('依据'), hint: t('文件名和文号') }),
  date({ name: 'validFrom', label: t('哪天起') }),
  date({ name: 'validUntil', label: t('到哪天'), hint: t('没写就空着'), optional: 'unsaid' }),
];

function GuideForm({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  return (
    <ShortForm
      fields={guideFields()}
      consequence={() => t('上架')}
      send={(values) =>
        give(
          'guide.publish',
          newId(),
          values as unknown as Omit<Extract<GuideCommand, { kind: 'guide.publish' }>, 'kind'>,
        )
      }
      onDone={() => {
        tell(t('上架了'));
        void queries.invalidateQueries({ queryKey: ['guides'] });
        onClose();
      }}
      onClose={onClose}
    />
  );
}

function TalkForm({ library, onClose }: { library: Library['guides']; onClose: () => void }) {
  const queries = useQueryClient();
  return (
    <ShortForm
      initial={{ day: dayAt(Date.now()), way: 'meeting', guides: [] }}
      fields={[
        picker({ name: 'area', label: t('给谁讲'), sort: 'areas', placeholder: t('打名称、拼音或首字母') }),
        severalOf({
          name: 'guides',
          label: t('讲了什么'),
          placeholder: t('选一条现行的政策'),
          nothing: t('没有现行的政策，请先上架'),
          options: library.filter((g) => g.state !== 'withdrawn').map((g) => [g.id, g.title] as const),
        }),
        choice({ name: 'way', label: t('怎么讲'), options: Object.entries(ways) }),
        date({ name: 'day', label: t('哪天') }),
        line({ name: 'where', label: t('在哪儿') }),
        amount({
          name: 'came',
          label: t('来了多少人'),
          hint: t('数不清就空着'),
          optional: 'unsaid',
          min: 0,
          max: 100_000,
          unit: t('人'),
        }),
      ]}
      consequence={() => t('记下')}
      send={(values) =>
        give('talk.hold', newId(), values as unknown as Omit<Extract<TalkCommand, { kind: 'talk.hold' }>, 'kind'>)
      }
      onDone={() => {
        tell(t('记下了'));
        void queries.invalidateQueries({ queryKey: ['talks'] });
        onClose();
      }}
      onClose={onClose}
    />
  );
}
