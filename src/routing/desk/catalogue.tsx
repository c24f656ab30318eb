import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { give } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { line } from '../../app/ui/inputs.tsx';
import { List } from '../../app/ui/list.tsx';
import { Empty, PageWaiting } from '../../app/ui/states.tsx';
import { RoutingTabs } from '../../app/ui/tabs.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { type Catalogue, levels } from './words.ts';

/** The catalogue: what is proposed, who answers for what, and every change with its day and reason. */
export function RoutingCatalogueScreen() {
  const [typed, setTyped] = useState('');
  const { data, error, refetch } = useQuery({
    queryKey: ['routing'],
    queryFn: ({ signal }) => ask<Catalogue>('GET /api/routing', { signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const pieces = typed.split(/\s+/).filter((piece) => piece !== '');
  const rules = data.rules.filter((rule) =>
    pieces.every((piece) => `${rule.category} ${levels[rule.level]} ${rule.place} ${rule.unit}`.includes(piece)),
  );
  const waiting = data.proposals.filter(({ state }) => state === 'proposed');
  const decided = data.proposals.filter(({ state }) => state !== 'proposed');
  return (
    <main className="page wide">
      <header>
        <h1>{t('派单目录')}</h1>
      </header>
      <RoutingTabs />
      {waiting.length > 0 && (
        <>
          <h2>{t('建议改的')}</h2>
          <Proposals rows={waiting} />
        </>
      )}
      <h2>{t('改过什么')}</h2>
      {data.versions.length === 0 ? (
        <p className="lead">{t('还没有改过，用的是随系统提供的目录。退单多的，到“退单分析”里提建议。')}</p>
      ) : (
        <section className="story" aria-label={t('改过什么')}>
          {data.versions.map((version) => (
            <div className="ev" key={version.version}>
              <time dateTime={version.validFrom}>{sayDate(version.validFrom)}</time>
              <div>
                <b>{t('第 {n} 版', { n: version.version })}</b>{' '}
                <span className="what">
                  {t('{by} 发布，改了 {n} 条', { by: version.publishedBy ?? t('系统'), n: version.changed })}
                </span>
                <p>{version.reason}</p>
                <p className="small">{version.source}</p>
                <ul className="parts">
                  {version.changes.slice(0, 8).map((change) => (
                    <li key={`${change.category} ${change.level} ${change.place}`}>
                      {[change.category, levels[change.level], change.place].filter((part) => part !== '').join(' · ')}
                      {t('：{before}改为{after}', {
                        before: change.before ?? t('没有'),
                        after: change.after ?? t('没有'),
                      })}
                    </li>
                  ))}
                </ul>
              </div>
            </div>
          ))}
        </section>
      )}
      {decided.length > 0 && (
        <details>
          <summary>{t('定过的建议 {n} 条', { n: decided.length })}</summary>
          <Proposals rows={decided} />
        </details>
      )}
      <h2>{t('现行目录')}</h2>
      <div className="filters" role="search">
        <input
          data-filter
          className="plain"
          type="search"
          placeholder={t('找：水利 乡镇')}
          aria-label={t('找类别或单位')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <span>{t('{n} 条', { n: rules.length })}</span>
      </div>
      {rules.length === 0 ? (
        <Empty title={t('没有符合的')}>{t('换个词，或清空。')}</Empty>
      ) : (
        <div className="counts-by">
          <List
            rows={rules.slice(0, 300)}
            keyOf={({ category, level, place }) => `${category} ${level} ${place}`}
            columns={[
              { name: t('类别'), is: 'what', cell: (rule) => rule.category },
              { name: t('责任单位'), cell: (rule) => rule.unit },
              { name: t('层级'), cell: (rule) => levels[rule.level] },
              { name: t('地方'), cell: (rule) => (rule.place === '' ? t('全县') : rule.place) },
            ]}
          />
        </div>
      )}
    </main>
  );
}

function Proposals({ rows }: { rows: Catalogue['proposals'] }) {
  const queries = useQueryClient();
  const [open, setOpen] = useState<{ id: string; accept: boolean }>();
  return (
    <ul className="parts">
      {rows.map((row) => (
        <li key={row.id}>
          <div>
            <b>{[row.category, levels[row.level], row.place].filter((part) => part !== '').join(' · ')}</b>{' '}
            {t('{before}改为{after}', { before: row.before ?? t('没有'), after: row.after })}
          </div>
          <div>{row.reason}</div>
          <div className="quiet">
            {t('一年里退过 {seen} 次，裁定给这个单位 {upheld} 次', { seen: row.seen, upheld: row.upheld })}
            {t('；{by} {day} 提', { by: row.by ?? '', day: sayDate(row.on) })}
            {row.answer !== null &&
              t('；{by}：{answer}', {
                by: `${row.decidedBy ?? ''}${row.state === 'accepted' ? t('采纳') : t('没有采纳')}`,
                answer: row.answer,
              })}
          </div>
          {row.canDecide && open?.id !== row.id && (
            <p className="acts">
              <button type="button" className="plain first" onClick={() => setOpen({ id: row.id, accept: true })}>
                {t('采纳，改目录')}
              </button>
              <button type="button" className="plain" onClick={() => setOpen({ id: row.id, accept: false })}>
                {t('不采纳')}
              </button>
            </p>
          )}
          {open?.id === row.id && (
            <ShortForm
              fields={[line({ name: 'words', label: open.accept ? t('依据') : t('为什么') })]}
              consequence={() => (open.accept ? t('从今天起派给{after}', { after: row.after }) : t('不采纳'))}
              send={({ words }) =>
                give(open.accept ? 'route-change.accept' : 'route-change.decline', row.id, { words: words as string })
              }
              onDone={() => {
                tell(open.accept ? t('目录改了') : t('记下了'));
                setOpen(undefined);
                void queries.invalidateQueries({ queryKey: ['routing'] });
              }}
              onClose={() => setOpen(undefined)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
