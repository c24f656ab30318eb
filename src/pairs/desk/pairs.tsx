import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Choices } from '../../app/ui/choices.tsx';
import { ask } from '../../app/ui/ask.ts';
import { give } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { GoingTabs, goingTitle } from '../../app/ui/tabs.tsx';
import { paragraph } from '../../app/ui/inputs.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { pairRoutes } from '../api.ts';
import { type EndReason, endReasonName, partnerSortName } from '../model.ts';
import { t } from './english.ts';

type List = AnswerOf<(typeof pairRoutes)['GET /api/pairs']>;
type Pair = AnswerOf<(typeof pairRoutes)['GET /api/pairs/:id']>;
type Row = List['pairs'][number];

const shows = [
  ['all', '全部'],
  ['overdue', '有过期措施'],
  ['review', '该检查的'],
  ['consent', '同意到期的'],
  ['ended', '已结束'],
] as const;

/** Pairs in reach: what is overdue first; of each kind of help how much was planned, done, and answered by them. */
export function Pairs() {
  const { show = 'all', partner } = useSearch({ strict: false }) as { show?: string; partner?: string };
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery({
    queryKey: ['pairs', show, partner],
    queryFn: () => ask<List>('GET /api/pairs', { query: { show, ...(partner === undefined ? {} : { partner }) } }),
  });
  return (
    <main className="page">
      <header>
        <h1>{goingTitle()}</h1>
      </header>
      <GoingTabs />
      <p className="lead">{t('结对由这家人签字开始，随时可以结束；计划的每一条和他们自己的话，都在这里。')}</p>
      <div className="filters">
        <Choices
          of={shows.map(([key, name]) => [key as string, t(name)] as const)}
          chosen={show}
          onChoose={(key) => void navigate({ to: '/going/pairs', search: { show: key } as never })}
        />
        {partner !== undefined && (
          <Link to="/going/pairs" search={{}} className="plain-link">
            {t('只看{name}一起帮的，看全部', { name: partner })}
          </Link>
        )}
      </div>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={8} />}
      {data !== undefined && (
        <>
          <p className="lead">
            {t('结着 {n} 对，同意到期 {over} 对，该检查 {review} 对', {
              n: data.figures.lasting,
              over: data.figures.consentOver,
              review: data.figures.reviewDue,
            })}
          </p>
          {data.pairs.length === 0 ? (
            <Empty title={t('没有这样的结对。')}>{t('在手机上打开一户，点“和这家结对”，请他们签字。')}</Empty>
          ) : (
            <Table rows={data.pairs} day={data.day} />
          )}
          {data.figures.gives.length > 0 && <Gives gives={data.figures.gives} />}
          {data.partners.length > 0 && <Partners partners={data.partners} />}
        </>
      )}
    </main>
  );
}

const Table = ({ rows, day }: { rows: readonly Row[]; day: string }) => (
  <Sheet>
    <thead>
      <tr>
        <th>{t('户')}</th>
        <th>{t('结对干部')}</th>
        <th>{t('计划')}</th>
        <th>{t('最近见面')}</th>
        <th>{t('同意到')}</th>
        <th>{t('下次检查')}</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((p) => (
        <tr key={p.id}>
          <td>
            <Link to="/going/pairs/$id" params={{ id: p.id }} search={{}}>
              {p.head}
            </Link>{' '}
            <small>
              {p.village} {p.address}
            </small>
          </td>
          <td>
            {p.official} <small>{p.unit}</small>
          </td>
          <td>
            {p.endReason !== null ? (
              endReasonName(p.endReason as EndReason)
            ) : (
              <>
                {p.overdue > 0 && <span className="late">{t('过期 {n} 条', { n: p.overdue })} </span>}
                {t('办了 {done}/{all} 条', { done: p.done, all: p.measures })}{' '}
                {p.said > 0 && <small>{t('群众说了 {n} 条', { n: p.said })}</small>}
              </>
            )}
          </td>
          <td className="nowrap">{p.met === null ? <span className="quiet">{t('还没见过')}</span> : sayDate(p.met)}</td>
          <td className={`nowrap${p.endReason === null && p.until < day ? ' late' : ''}`}>{sayDate(p.until)}</td>
          <td className={`nowrap${p.reviewDue !== null && p.reviewDue <= day ? ' soon' : ''}`}>
            {p.reviewDue === null ? '' : sayDate(p.reviewDue)}
          </td>
        </tr>
      ))}
    </tbody>
  </Sheet>
);

const Gives = ({ gives }: { gives: List['figures']['gives'] }) => (
  <table className="sheet" style={{ maxWidth: '46em', marginTop: 28 }}>
    <thead>
      <tr>
        <th>{t('帮什么')}</th>
        <th className="num">{t('计划了')}</th>
        <th className="num">{t('办了')}</th>
        <th className="num">{t('过期')}</th>
        <th className="num">{t('他们说了有没有用')}</th>
      </tr>
    </thead>
    <tbody>
      {gives.map((g) => (
        <tr key={g.give}>
          <td>{g.give}</td>
          <td className="num">{g.planned}</td>
          <td className="num">{g.done}</td>
          <td className={`num${g.overdue > 0 ? ' late' : ''}`}>{g.overdue}</td>
          <td className="num">{g.said}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** Firm, base, households: who helps along, how many, and what came of it. */
const Partners = ({ partners }: { partners: List['partners'] }) => (
  <>
    <h2>{t('公司、基地、合作社')}</h2>
    <Sheet>
      <thead>
        <tr>
          <th>{t('名称')}</th>
          <th>{t('帮什么')}</th>
          <th className="num">{t('正帮着几户')}</th>
          <th className="num">{t('帮过几户')}</th>
          <th className="num">{t('计划了')}</th>
          <th className="num">{t('办了')}</th>
          <th className="num">{t('过期')}</th>
          <th className="num">{t('他们说了有没有用')}</th>
        </tr>
      </thead>
      <tbody>
        {partners.map((p) => (
          <tr key={`${p.sort} ${p.name}`}>
            <td>
              <Link to="/going/pairs" search={{ partner: p.name } as never}>
                {p.name}
              </Link>{' '}
              <small>{partnerSortName(p.sort)}</small>
            </td>
            <td className="what">{p.does}</td>
            <td className="num">{p.households}</td>
            <td className="num">{p.ever}</td>
            <td className="num">{p.planned}</td>
            <td className="num">{p.done}</td>
            <td className={`num${p.overdue > 0 ? ' late' : ''}`}>{p.overdue}</td>
            <td className="num">{p.said}</td>
          </tr>
        ))}
      </tbody>
    </Sheet>
  </>
);

/** One pair: the plan line by line, and a place for the review of somebody else. */
export function PairScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['pairs', 'one', id],
    queryFn: () => ask<Pair>('GET /api/pairs/:id', { params: { id } }),
  });
  return (
    <main className="page">
      <header>
        <h1>{goingTitle()}</h1>
      </header>
      <GoingTabs />
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={8} />}
      {data !== undefined && (
        <>
          <h2>
            {t('{name}和{head}家', { name: data.official.name, head: data.consentBy ?? '' })}
            {'　'}
            <small>{t('同意到 {day}', { day: sayDate(data.until) })}</small>
          </h2>
          {data.ended !== null && (
            <p>
              {t('已经结束：{reason}', { reason: endReasonName(data.ended.reason) })} {data.ended.words}
            </p>
          )}
          {data.ended === null && !data.consented && (
            <p className="late">{t('同意已经到期：先问清楚、续签，或者结束。')}</p>
          )}
          {data.measures.length === 0 ? (
            <Empty title={t('还没有计划。')} />
          ) : (
            <Sheet>
              <tbody>
                {data.measures.map((m, i) => (
                  <tr key={i}>
                    <td className="nowrap">{m.give}</td>
                    <td className="what">
                      {m.what}
                      {m.partner !== null && <small> {t('由{name}来办', { name: m.partner })}</small>}
                      {m.done !== null && (
                        <p className="quiet">{t('{day}办了：{how}', { day: sayDate(m.done.on), how: m.done.how })}</p>
                      )}
                      {m.said !== null && <p className="yes">{t('他们说：{words}', { words: m.said.words })}</p>}
                    </td>
                    <td className={`nowrap${m.overdue ? ' late' : ''}`}>
                      {m.done === null && t('{day}前', { day: sayDate(m.by) })}
                    </td>
                  </tr>
                ))}
              </tbody>
            </Sheet>
          )}
          {data.partners.length > 0 && (
            <>
              <h2>{t('公司、基地、合作社')}</h2>
              <Sheet>
                <tbody>
                  {data.partners.map((p, i) => (
                    <tr key={i} className={p.left === null ? undefined : 'over'}>
                      <td className="nowrap">{partnerSortName(p.sort)}</td>
                      <td className="what">
                        {p.name} <small>{p.does}</small>
                      </td>
                      <td className="nowrap">
                        {p.left === null
                          ? t('{day}签字同意', { day: sayDate(p.since) })
                          : t('{day}起不参加了', { day: sayDate(p.left.on) })}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </Sheet>
            </>
          )}
          {data.contacts.length > 0 && (
            <p className="lead" style={{ margin: '14px 0' }}>
              {t('见面')}：
              {data.contacts
                .slice(0, 12)
                .map((c) => `${sayDate(c.on)} ${t(c.contact === 'met' ? '当面' : '电话')}`)
                .join('、')}
            </p>
          )}
          {data.reviews.length > 0 && (
            <>
              <h2>{t('检查过')}</h2>
              <ul>
                {data.reviews.map((r, i) => (
                  <li key={i}>
                    {r.note}{' '}
                    <small>
                      {r.name} {sayDate(r.on)}
                    </small>
                  </li>
                ))}
              </ul>
            </>
          )}
          {data.can.includes('pair.review') && (
            <ShortForm
              ready={false}
              fields={[paragraph({ name: 'note', label: t('写检查意见'), placeholder: t('看了什么、问了谁、怎么样') })]}
              consequence={() => t('记下检查')}
              send={async (values) => {
                await give('pair.review', id, { note: String(values['note']) });
                tell(t('记下了。'));
                await queries.invalidateQueries({ queryKey: ['pairs'] });
              }}
            />
          )}
          <p className="quiet">{t('您看了这一户的结对，已经记录')}</p>
        </>
      )}
    </main>
  );
}
