import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { give, newId } from '../../app/ui/client.ts';
import { type Field, ShortForm } from '../../app/ui/form.tsx';
import { GoingTabs, goingTitle } from '../../app/ui/tabs.tsx';
import { amount, date, line, select } from '../../app/ui/inputs.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { picker } from '../../app/ui/pickers.tsx';
import { Empty, Trouble, Waiting, sentenceOf } from '../../app/ui/states.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { festivalRoutes } from '../api.ts';
import { sayMoney } from '../model.ts';
import { t } from './english.ts';

type Rounds = AnswerOf<(typeof festivalRoutes)['GET /api/festivals']>;
type Round = Rounds['festivals'][number];
type Households = AnswerOf<(typeof festivalRoutes)['GET /api/festivals/:id/households']>;
type Row = Households['households'][number];

/** Rounds of festival visits: how far each is, by group, and the money by source. */
export function Festivals() {
  const me = useMe();
  const [opening, setOpening] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['festivals'],
    queryFn: () => ask<Rounds>('GET /api/festivals'),
  });
  return (
    <main className="page">
      <header>
        <h1>{goingTitle()}</h1>
        <div className="tools">
          {hasRole(me, 'clerk', 'head') && (
            <button type="button" className="plain first" aria-expanded={opening} onClick={() => setOpening(!opening)}>
              {t('开始一轮慰问')}
            </button>
          )}
        </div>
      </header>
      <GoingTabs />
      <p className="lead">
        {t('该去看谁，由登记和法律规定的对象算出来；去没去过，看走访日记；钱要两个人经手，户里签收。')}
      </p>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={8} />}
      {data !== undefined && (
        <>
          {opening && <Open groups={data.groups} onDone={() => setOpening(false)} />}
          {data.festivals.length === 0 && (
            <Empty title={t('还没有慰问。')}>{t('节前由受理员或乡镇负责人开始一轮，名单自动出来。')}</Empty>
          )}
          {data.festivals.map((round) => (
            <RoundShown key={round.id} round={round} today={data.day} />
          ))}
        </>
      )}
    </main>
  );
}

/** Several of a few, each a tick of its own. */
const several = (field: Omit<Field, 'input'> & { options: readonly { name: string; source: string }[] }): Field => ({
  ...field,
  input: ({ id, value, set }) => {
    const chosen = (value ?? []) as readonly string[];
    return (
      <div className="options" id={id} role="group">
        {field.options.map(({ name, source }) => (
          <label key={name} title={source}>
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={(e) => set(e.target.checked ? [...chosen, name] : chosen.filter((c) => c !== name))}
            />
            {name}
          </label>
        ))}
      </div>
    );
  },
});

function Open({ groups, onDone }: { groups: Rounds['groups']; onDone(): void }) {
  const queries = useQueryClient();
  return (
    <ShortForm
      fields={[
        line({ name: 'name', label: t('节日'), placeholder: t('春节、端午、重阳……') }),
        date({ name: 'day', label: t('节日那天'), min: dayAt(Date.now()) }),
        date({ name: 'starts', label: t('从哪天起算') }),
        picker({ name: 'area', label: t('地区'), sort: 'areas', placeholder: t('打地名') }),
        several({ name: 'groups', label: t('慰问哪些对象'), options: groups }),
        line({ name: 'source', label: t('资金来源'), hint: t('没有钱物就空着'), optional: true }),
        amount({
          name: 'limit',
          label: t('总额（元）'),
          min: 1,
          max: 1_000_000_000,
          unit: '',
          optional: true,
          asked: ({ source }) => typeof source === 'string' && source !== '',
        }),
      ]}
      initial={{ groups: groups.map((g) => g.name), starts: dayAt(Date.now()) }}
      consequence={({ name }) => t('开始{name}慰问', { name: String(name ?? '') })}
      send={async ({ name, day, starts, area, groups: chosen, source, limit }) => {
        if ((chosen as string[]).length === 0) throw new Error(t('请至少选一类对象。'));
        await give('festival.open', newId(), {
          name: String(name),
          day: String(day),
          starts: String(starts),
          area: String(area),
          groups: chosen as string[],
          sources:
            typeof source === 'string' && source !== ''
              ? [{ name: source, limit: typeof limit === 'number' ? limit * 100 : null }]
              : [],
        });
        tell(t('开始了。'));
        await queries.invalidateQueries({ queryKey: ['festivals'] });
      }}
      onDone={onDone}
      onClose={onDone}
    />
  );
}

function RoundShown({ round, today }: { round: Round; today: string }) {
  const queries = useQueryClient();
  const left = round.all - round.done;
  const close = async (): Promise<void> => {
    try {
      await give('festival.close', round.id, {});
      tell(t('结束了。'));
      await queries.invalidateQueries({ queryKey: ['festivals'] });
    } catch (error) {
      tell(sentenceOf(error));
    }
  };
  return (
    <section className="going-part">
      <h2>
        {round.name} <small>{round.area}</small>{' '}
        <small className={!round.closed && left > 0 && round.day <= today ? 'late' : ''}>
          {round.closed ? t('已结束') : t('{day}前', { day: sayDate(round.day) })}
        </small>
      </h2>
      <p>
        {t('{all} 户里，去看了 {visited} 户', { all: round.all, visited: round.visited })}
        {round.paid !== null && t('，送到了 {paid} 户', { paid: round.paid })}
        <span className={left > 0 ? (round.day <= today ? 'late' : 'soon') : undefined}>
          {left > 0 ? t('，还差 {n} 户', { n: left }) : t('，都做完了')}
        </span>
        <Link to="/going/festivals/$id" params={{ id: round.id }} search={{}}>
          {t('看名单')}
        </Link>
        {round.can.length > 0 && (
          <button type="button" className="link" onClick={() => void close()}>
            {t('结束这一轮')}
          </button>
        )}
      </p>
      <Sheet>
        <thead>
          <tr>
            <th>{t('对象')}</th>
            <th className="num">{t('户数')}</th>
            <th className="num">{t('去看了')}</th>
            {round.paid !== null && <th className="num">{t('送到了')}</th>}
            <th className="num">{t('没做完')}</th>
          </tr>
        </thead>
        <tbody>
          {round.groups.map((g) => (
            <tr key={g.name}>
              <td>
                <Link to="/going/festivals/$id" params={{ id: round.id }} search={{ group: g.name } as never}>
                  {g.name}
                </Link>
              </td>
              <td className="num">{g.all}</td>
              <td className="num">{g.visited}</td>
              {round.paid !== null && <td className="num">{g.paid}</td>}
              <td className={`num${g.all > g.done ? ' soon' : ''}`}>{g.all - g.done}</td>
            </tr>
          ))}
        </tbody>
      </Sheet>
      {round.sources.length > 0 && (
        <Sheet>
          <thead>
            <tr>
              <th>{t('来源')}</th>
              <th className="num">{t('报了')}</th>
              <th className="num">{t('批准了')}</th>
              <th className="num">{t('送到了')}</th>
              <th className="num">{t('总额')}</th>
            </tr>
          </thead>
          <tbody>
            {round.sources.map((s) => (
              <tr key={s.name}>
                <td>{s.name}</td>
                <td className="num">{sayMoney(s.proposed)}</td>
                <td className="num">{sayMoney(s.approved)}</td>
                <td className="num">{sayMoney(s.given)}</td>
                <td className="num">{s.limit === null ? t('不限') : sayMoney(s.limit)}</td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
    </section>
  );
}

const SHOWN = 300;

/** Who is meant by one round, who was visited and paid, and the two steps of money. */
export function FestivalScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { group = '', open = 'yes' } = useSearch({ strict: false }) as { group?: string; open?: string };
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery({
    queryKey: ['festivals', id, group, open],
    queryFn: () =>
      ask<Households>('GET /api/festivals/:id/households', {
        params: { id },
        query: { open, ...(group === '' ? {} : { group }) },
      }),
  });
  const go = (next: object): void =>
    void navigate({ to: '/going/festivals/$id', params: { id }, search: { group, open, ...next } as never });
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
            {data.festival.name} <small>{data.festival.area}</small>{' '}
            <small>{t('{day}前', { day: sayDate(data.festival.day) })}</small>
          </h2>
          <div className="filters">
            <label>
              <input
                type="checkbox"
                checked={open === 'yes'}
                onChange={(e) => go({ open: e.target.checked ? 'yes' : 'no' })}
              />{' '}
              {t('只看没做完的')}
            </label>
            <select
              className="plain"
              aria-label={t('对象')}
              value={group}
              onChange={(e) => go({ group: e.target.value })}
            >
              <option value="">{t('全部对象')}</option>
              {data.festival.groups.map((g) => (
                <option key={g}>{g}</option>
              ))}
            </select>
          </div>
          {data.households.length === 0 ? (
            <Empty title={open === 'yes' ? t('名单上的都做完了。') : t('没有这一类的户。')} />
          ) : (
            <Sheet>
              <thead>
                <tr>
                  <th>{t('户')}</th>
                  <th>{t('对象')}</th>
                  <th>{t('联系人')}</th>
                  <th>{t('去看了')}</th>
                  {data.festival.sources.length > 0 && <th>{t('钱物')}</th>}
                </tr>
              </thead>
              <tbody>
                {data.households.slice(0, SHOWN).map((row) => (
                  <One key={row.household} row={row} festival={data.festival} />
                ))}
              </tbody>
            </Sheet>
          )}
        </>
      )}
    </main>
  );
}

const statusWords = {
  proposed: '等批准',
  approved: '批准了，待送',
  refused: '没有批准',
  given: '已签收',
  declined: '家里不要',
} as const;

function One({ row, festival }: { row: Row; festival: Households['festival'] }) {
  const queries = useQueryClient();
  const [doing, setDoing] = useState<string>();
  const refresh = () => queries.invalidateQueries({ queryKey: ['festivals'] });
  const decide = async (id: string): Promise<void> => {
    try {
      await give('gift.decide', id, { grant: true, reason: '' });
      tell(t('批准了。'));
      await refresh();
    } catch (error) {
      tell(sentenceOf(error));
    }
  };
  const close = (): void => setDoing(undefined);
  return (
    <tr>
      <td>
        {row.head}{' '}
        <small>
          {row.village} {row.address}
        </small>
      </td>
      <td>{row.groups.join('、')}</td>
      <td className="nowrap">{row.contact}</td>
      <td className={`nowrap${row.visited ? '' : ' soon'}`}>
        {row.metOn !== null
          ? t('{day}去过', { day: sayDate(row.metOn) })
          : row.lateOn !== null
            ? t('{day}才去', { day: sayDate(row.lateOn) })
            : t('还没去')}
      </td>
      {festival.sources.length > 0 && (
        <td>
          {row.gifts.map((g) => (
            <div key={g.id}>
              {[g.cents > 0 ? sayMoney(g.cents) : '', g.goods].filter((w) => w !== '').join('、')}（{g.source}）{' '}
              <span className={g.status === 'given' ? 'yes' : 'quiet'}>{t(statusWords[g.status])}</span>{' '}
              {g.can.includes('gift.decide') && (
                <>
                  <button type="button" className="link" onClick={() => void decide(g.id)}>
                    {t('批准')}
                  </button>{' '}
                  <button type="button" className="link" onClick={() => setDoing(g.id)}>
                    {t('不批')}
                  </button>
                </>
              )}
              {doing === g.id && (
                <ShortForm
                  fields={[line({ name: 'reason', label: t('为什么不批') })]}
                  consequence={() => t('不批')}
                  send={async ({ reason }) => {
                    await give('gift.decide', g.id, { grant: false, reason: String(reason) });
                    tell(t('没有批准。'));
                    await refresh();
                  }}
                  onDone={close}
                  onClose={close}
                />
              )}
            </div>
          ))}
          {row.can.includes('gift.propose') && row.gifts.length < festival.sources.length && doing !== 'propose' && (
            <button type="button" className="link" onClick={() => setDoing('propose')}>
              {t('报慰问')}
            </button>
          )}
          {doing === 'propose' && (
            <ShortForm
              fields={[
                ...(festival.sources.length > 1
                  ? [
                      select({
                        name: 'source',
                        label: t('资金来源'),
                        options: festival.sources.map((s) => [s, s] as const),
                      }),
                    ]
                  : []),
                amount({ name: 'yuan', label: t('金额（元）'), min: 0, max: 1_000_000, unit: '', optional: true }),
                line({ name: 'goods', label: t('东西'), placeholder: t('比如大米一袋；可以空着'), optional: true }),
              ]}
              consequence={({ yuan, goods }) =>
                t('报{what}', {
                  what: [typeof yuan === 'number' ? sayMoney(yuan * 100) : '', String(goods ?? '')]
                    .filter((w) => w !== '')
                    .join('、'),
                })
              }
              send={async ({ source, yuan, goods }) => {
                await give('gift.propose', newId(), {
                  festival: festival.id,
                  household: row.household,
                  source: String(source ?? festival.sources[0]),
                  cents: typeof yuan === 'number' ? Math.round(yuan * 100) : 0,
                  goods: String(goods ?? ''),
                });
                tell(t('报了，等另一个人批。'));
                await refresh();
              }}
              onDone={close}
              onClose={close}
            />
          )}
        </td>
      )}
    </tr>
  );
}
