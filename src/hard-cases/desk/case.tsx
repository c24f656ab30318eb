import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { sayNumber } from '../../matters/number-words.ts';
import { type Act, Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { type CommandKind, give } from '../../app/ui/client.ts';
import { Due } from '../../app/ui/due.tsx';
import { choice, date, line, paragraph, select } from '../../app/ui/inputs.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { PageWaiting, sentenceOf } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { undertaken, undertaking } from './fields.tsx';
import type { Case } from './words.ts';

const sorts = [
  ['met', t('和本人见面谈')],
  ['site', t('到现场')],
  ['coordinated', t('召集协调')],
  ['answered', t('当面答复')],
] as const;

function actsFor(one: Case): Partial<Record<CommandKind, Act>> {
  const before = {
    plan: one.plan,
    until: one.until,
    team: one.team.map(({ official, name, task }) => ({ official, name, task })),
  };
  return {
    'hard-case.adopt': {
      name: t('包下'),
      button: t('我来包，包到底'),
      fields: undertaking(),
      data: (values) => ({ matter: one.matter, ...undertaken(values) }),
    },
    'hard-case.take': { name: t('接下'), button: t('接下，由我包到底'), fields: undertaking(), data: undertaken },
    'hard-case.decline': {
      name: t('不接'),
      button: one.status === 'proposed' ? t('不接，请他们另请') : t('不接，仍由原来的领导负责'),
      fields: [paragraph({ name: 'reason', label: t('为什么') })],
    },
    'hard-case.propose': {
      name: t('请一位领导包'),
      button: t('请他包'),
      fields: [
        picker({ name: 'leader', label: t('请谁'), sort: 'officials', placeholder: t('打姓名、拼音或首字母') }),
        paragraph({ name: 'reason', label: t('难在哪里') }),
      ],
      data: ({ leader, reason }) => ({ matter: one.matter, leader, reason }),
    },
    'hard-case.act': {
      name: t('记一笔'),
      button: t('记下'),
      initial: { sort: 'met', day: one.today, by: one.leader },
      fields: [
        choice({ name: 'sort', label: t('做了什么'), options: sorts }),
        select({
          name: 'by',
          label: t('谁做的'),
          hint: t('领导亲自做的由别人记，要本人确认才算'),
          options: [
            [one.leader, `${one.leaderName ?? ''}（${t('包案领导')}）`],
            ...one.team.map(({ official, name }) => [official, name ?? ''] as const),
          ],
        }),
        date({ name: 'day', label: t('哪天'), max: one.today }),
        paragraph({ name: 'words', label: t('怎么样'), rows: 3 }),
      ],
    },
    'hard-case.plan': {
      name: t('改打算、改日子'),
      button: t('改，原来的留着可查'),
      initial: before,
      fields: [...undertaking(), paragraph({ name: 'reason', label: t('为什么改') })],
      data: ({ reason, ...values }) => ({ ...undertaken(values), reason }),
    },
    'hard-case.hand-over': {
      name: t('交给别的领导'),
      button: t('请他接手；接下以前仍由我负责'),
      fields: [
        picker({ name: 'leader', label: t('请谁'), sort: 'officials', placeholder: t('打姓名、拼音或首字母') }),
        paragraph({ name: 'reason', label: t('为什么') }),
      ],
      data: ({ leader, reason }) => ({ leader, reason }),
    },
    'hard-case.ask-end': {
      name: t('按程序了结'),
      minor: true,
      button: t('申请，由别人批'),
      initial: { ground: 're-review', day: one.today },
      fields: [
        choice({
          name: 'ground',
          label: t('依据'),
          options: [
            ['re-review', t('复核意见，程序终结')],
            ['judgment', t('生效的裁判')],
          ],
        }),
        line({ name: 'document', label: t('文书号') }),
        date({ name: 'day', label: t('文书日期'), max: one.today }),
        paragraph({ name: 'words', label: t('怎么向本人说明的'), rows: 3 }),
      ],
    },
    'hard-case.decide-end': {
      name: t('批了结申请'),
      button: t('定下来'),
      initial: { grant: 'yes' },
      fields: [
        choice({
          name: 'grant',
          label: t('批不批'),
          options: [
            ['yes', t('同意了结')],
            ['no', t('不同意，接着办')],
          ],
        }),
        paragraph({ name: 'reason', label: t('理由') }),
      ],
      data: ({ grant, reason }) => ({ grant: grant === 'yes', reason }),
    },
    'hard-case.reopen': {
      name: t('有新的事实'),
      button: t('重新打开，仍由原来的领导包'),
      fields: [paragraph({ name: 'reason', label: t('什么新的事实') })],
    },
  };
}

const done = (vouch: (act: number, mine: boolean) => void): readonly Column<Case['acts'][number]>[] => [
  { name: '', cell: (act) => sayDate(act.day) },
  { name: '', is: 'what', cell: (act) => `${act.sortName}：${act.words}` },
  {
    name: '',
    cell: (act) => act.by,
    under: (act) => act.writtenBy !== null && t('{name} 记', { name: act.writtenBy }),
  },
  { name: '', cell: (act) => !act.mine && act.stateName, tone: (act) => act.state === 'denied' && 'late' },
  {
    name: '',
    is: 'act',
    cell: (act) =>
      act.mine && (
        <>
          <button type="button" className="link" onClick={() => vouch(act.place, false)}>
            {t('我没有做')}
          </button>
          <button type="button" className="plain" onClick={() => vouch(act.place, true)}>
            {t('是我做的')}
          </button>
        </>
      ),
  },
];

/** One hard case on a page: whose it is, the plan, what was done by whom, and every hand it went through. */
export function HardCaseScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['hard-cases', id],
    queryFn: ({ signal }) => ask<Case>('GET /api/hard-cases/:id', { params: { id }, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const vouch = (act: number, mine: boolean): void =>
    void give('hard-case.vouch', id, { act, mine })
      .then(() => queries.invalidateQueries({ queryKey: ['hard-cases'] }))
      .catch((reason: unknown) => tell(sentenceOf(reason)));
  return (
    <main className="page">
      <header>
        <h1>{data.subject ?? data.number}</h1>
        <div className="tools">
          <Link to="/matters/$id" params={{ id: data.matter }} search={{}}>
            {t('看这件事')}
          </Link>
          <Link to="/hard-cases" search={{}}>
            {t('全部包案')}
          </Link>
        </div>
      </header>
      <Acts acts={actsFor(data)} can={data.can} stream={id} query="hard-cases" />
      <dl className="facts-of">
        <dt>{t('包案领导')}</dt>
        <dd>
          {data.leaderName}
          {data.adoptedOn !== null && `，${t('{day} 包下', { day: sayDate(data.adoptedOn) })}`}
          {data.waitingFor !== null && (
            <>
              <br />
              <small>{t('请 {name} 接手，还没有答复', { name: data.waitingFor })}</small>
            </>
          )}
        </dd>
        <dt>{t('到哪一步')}</dt>
        <dd className={data.matterOpen ? undefined : 'yes'}>
          {data.stands}
          {data.closedOn !== null && `，${sayDate(data.closedOn)}`}
        </dd>
        <dt>{t('亲自 / 别人')}</dt>
        <dd>
          <b>{data.own}</b> / {data.delegated}
          {data.said > 0 && `，${t('待确认 {n}', { n: data.said })}`}
          {data.quiet !== null && <span className="late">，{t('{n} 天没有亲自做', { n: data.quiet })}</span>}
        </dd>
        <dt>{t('哪天前')}</dt>
        <dd>{data.until === null ? t('还没有定') : <Due day={data.until} still={data.matterOpen} />}</dd>
        <dt>{t('打算怎么解决')}</dt>
        <dd>{data.plan ?? t('还没有定')}</dd>
        {data.team.length > 0 && (
          <>
            <dt>{t('专班')}</dt>
            <dd>{data.team.map(({ name, task }) => `${name ?? ''}（${task}）`).join(t('、'))}</dd>
          </>
        )}
        <dt>{t('这件事')}</dt>
        <dd>
          {sayNumber(data.number)} · {data.place} · {data.unit}
          <br />
          <small>
            {t('{day} 登记，{n} 天了', { day: sayDate(data.registeredOn), n: data.days })}
            {data.reopenings > 0 && ` · ${t('重开 {n} 次', { n: data.reopenings })}`}
          </small>
        </dd>
        {data.proposal !== null && data.status !== 'adopted' && (
          <>
            <dt>{t('谁请的')}</dt>
            <dd>
              {data.proposal.by ?? t('清案行动')}，{sayDate(data.proposal.day)}：{data.proposal.reason}
            </dd>
          </>
        )}
        {data.endAsked !== null && (
          <>
            <dt>{t('申请了结')}</dt>
            <dd>
              {data.endAsked.by}：{data.endAsked.ground}，{data.endAsked.document}，{sayDate(data.endAsked.day)}
              <br />
              <small>{data.endAsked.words}</small>
            </dd>
          </>
        )}
        {data.ended !== null && (
          <>
            <dt>{t('按程序了结')}</dt>
            <dd>
              {data.ended.ground}，{data.ended.document}，{sayDate(data.ended.day)}：{data.ended.reason}
            </dd>
          </>
        )}
      </dl>
      <h2>{t('做了什么')}</h2>
      {data.acts.length === 0 ? (
        <p className="lead">{t('还没有。见了谁、到了哪里、怎么定的，做一次记一笔。')}</p>
      ) : (
        <List rows={data.acts.toReversed()} columns={done(vouch)} keyOf={({ place }) => String(place)} heads={false} />
      )}
      {(data.handOvers.length > 0 || data.refusals.length > 0) && (
        <>
          <h2>{t('经过谁的手')}</h2>
          <ul>
            {data.refusals.map((r, i) => (
              <li key={`r${i}`}>
                {t('{day} 请 {name} 包，没有包下：{reason}', { day: sayDate(r.day), name: r.name, reason: r.reason })}
              </li>
            ))}
            {data.handOvers.map((h, i) => (
              <li key={i}>
                {t('{day} {from} 请 {to} 接手：{reason}', {
                  day: sayDate(h.day),
                  from: h.from,
                  to: h.to,
                  reason: h.reason,
                })}
                {h.outcome === 'taken' && ` → ${t('{day} 接下', { day: sayDate(h.answeredOn!) })}`}
                {h.outcome === 'kept' && ` → ${t('没有接：{why}', { why: h.why })}`}
                {h.outcome === 'waiting' && ` → ${t('还没有答复')}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {data.changes.length > 0 && (
        <>
          <h2>{t('打算和日子改过 {n} 次', { n: data.changes.length })}</h2>
          <ul>
            {data.changes.map((c, i) => (
              <li key={i}>{t('改到 {day}：{reason}', { day: sayDate(c.until), reason: c.reason })}</li>
            ))}
          </ul>
        </>
      )}
    </main>
  );
}
