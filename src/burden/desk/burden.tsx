import { useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import { GoingTabs, goingTitle } from '../../app/ui/tabs.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { burdenRoutes } from '../api.ts';
import { t } from './english.ts';

type Answer = AnswerOf<ReturnType<typeof burdenRoutes>['GET /api/burden']>;

const one = (n: number): string => (n >= 10 ? String(Math.round(n)) : String(Math.round(n * 10) / 10));

/** What forms ask of each role in a week, and whether one asks twice. */
export function Burden() {
  const { data, error, refetch } = useQuery({ queryKey: ['burden'], queryFn: () => ask<Answer>('GET /api/burden') });
  return (
    <main className="page">
      <header>
        <h1>{goingTitle()}</h1>
      </header>
      <GoingTabs />
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={10} />}
      {data !== undefined && <Page data={data} />}
    </main>
  );
}

const Page = ({ data }: { data: Answer }) => (
  <>
    <p className="lead">
      {t('一天只写一次：走访日记记下以后，周记、月结、台账、结对见面、节前慰问、入户率都从那一笔算出来，不再另填。')}
    </p>
    <p className="lead">
      {t(
        '每一项是从实际使用里量出来的：填了几张、几格、开着几分钟。只看一群人，少于 {n} 人的不显示，谁用了多久看不出来。',
        { n: data.group },
      )}
    </p>
    {data.roles.every((r) => r.forms.length === 0) && (
      <Empty title={t('还量不出来。')}>{t('一种表单有 {n} 个人填过，这里就会出现。', { n: data.group })}</Empty>
    )}
    {data.roles
      .filter((r) => r.forms.length > 0)
      .map((role) => (
        <section key={role.role} className="going-part">
          <h2>
            {t('{name}：每人每周约 {fields} 格', { name: role.name, fields: one(role.fields) })}
            {role.minutes !== null && t('，{minutes} 分钟', { minutes: one(role.minutes) })}{' '}
            <small>{t('最近 {n} 周，每人每周', { n: data.weeks })}</small>
          </h2>
          <table className="sheet" style={{ maxWidth: '52em' }}>
            <thead>
              <tr>
                <th>{t('表单')}</th>
                <th className="num">{t('张数')}</th>
                <th className="num">{t('填的格数')}</th>
                <th className="num">{t('一张有几格')}</th>
                <th className="num">{t('分钟')}</th>
              </tr>
            </thead>
            <tbody>
              {role.forms.map((f) => (
                <tr key={f.form}>
                  <td>{f.name}</td>
                  <td className="num">{one(f.forms)}</td>
                  <td className="num">{one(f.fields)}</td>
                  <td className="num">{f.asks}</td>
                  <td className="num">{f.minutes === null ? '—' : one(f.minutes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {role.hidden > 0 && (
            <p className="quiet">
              {t('另有 {n} 种表单填的人不足 {group} 人，不显示。', { n: role.hidden, group: data.group })}
            </p>
          )}
        </section>
      ))}
    <h2 style={{ marginTop: 32 }}>{t('问了两次的')}</h2>
    {data.twice.length === 0 ? (
      <p>
        {t('没有。{forms} 种表单、{fields} 格，没有一格问系统已经知道的事；新加的表单会自动核对，问重了通不过。', {
          forms: data.all.forms,
          fields: data.all.fields,
        })}
      </p>
    ) : (
      <Lines lines={data.twice} />
    )}
    {data.agreed.length > 0 && (
      <>
        <h2 style={{ marginTop: 24 }}>{t('看上去问了两次、留着的')}</h2>
        <Lines lines={data.agreed} />
      </>
    )}
  </>
);

type Line = Answer['twice'][number] & { readonly why?: string };

const knownFrom = ({ known, record }: Line): string =>
  known === 'giver'
    ? t('登录的人和当下')
    : known === 'entries'
      ? t('已经记下的每一次')
      : t(known === 'itself' ? '这条{record}自己的登记' : '所选{record}的登记', { record: record ?? '' });

const Lines = ({ lines }: { lines: readonly Line[] }) => (
  <Sheet>
    <thead>
      <tr>
        <th>{t('表单')}</th>
        <th>{t('格')}</th>
        <th>{t('已经知道')}</th>
        <th>{t('为什么留着')}</th>
      </tr>
    </thead>
    <tbody>
      {lines.map((l) => (
        <tr key={`${l.form} ${l.field}`}>
          <td className="nowrap">{l.name}</td>
          <td className="nowrap">{l.fieldName}</td>
          <td>{knownFrom(l)}</td>
          <td className="words">{l.why}</td>
        </tr>
      ))}
    </tbody>
  </Sheet>
);
