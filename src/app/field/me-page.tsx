import { useQuery, useQueryClient } from '@tanstack/react-query';
import { turn, useAppearance } from '../ui/appearance.ts';
import { ask } from '../ui/ask.ts';
import { type Me, hasRole } from '../ui/me.ts';
import { OtherLanguage } from '../ui/other-language.tsx';
import { Trouble, Waiting, sentenceOf } from '../ui/states.tsx';
import { sayMoment } from '../ui/time.ts';
import { tell } from '../ui/toast.tsx';
import { deviceHere, leave as forget, useStatus } from './engine.ts';
import { t } from './english.ts';
import { useOutbox } from './outbox.ts';
import { GoingPart } from './going-part.tsx';
import { Drawing, Facts, Part, To, Toggle, Top } from './parts.tsx';

interface Card {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly phone: string;
  readonly villages: readonly string[];
  readonly qr: string;
}
interface Session {
  readonly id: string;
  readonly device: string;
  readonly place: string;
  readonly seenAt: string;
  readonly current: boolean;
}

const useCard = (official: string) =>
  useQuery({
    queryKey: ['card', official],
    queryFn: ({ signal }) => ask<Card>('GET /api/officials/:id/card', { params: { id: official }, signal }),
    staleTime: 60 * 60_000,
  });

interface Taken {
  readonly campaigns: readonly {
    readonly team: string | null;
    readonly group: { readonly name: string } | null;
    readonly places: readonly { readonly reached: number; readonly all: number }[];
  }[];
}

/** How far one's own group is, in a few words; known without network as it was last heard. */
function useGroup(): string {
  const found = useQuery({
    queryKey: ['campaigns', 'mine'],
    queryFn: ({ signal }) => ask<Taken>('GET /api/campaigns/mine', { signal }),
  });
  const mine = found.data?.campaigns.find(({ places }) => places.some(({ all }) => all > 0));
  if (mine === undefined) return t('队里、组里还要做什么');
  const sum = (of: 'reached' | 'all'): number => mine.places.reduce((n, place) => n + place[of], 0);
  return t('{who}走到 {n}/{all} 户', {
    who: mine.group?.name ?? mine.team ?? t('组里'),
    n: sum('reached'),
    all: sum('all'),
  });
}

/** Who I am, how I like to see it, where I am signed in. */
export function MePage({ me }: { me: Me }) {
  const { dark, large } = useAppearance();
  // What is on its way counts: leaving now would lose it.
  const waiting = useOutbox().filter((item) => item.state !== 'accepted').length;
  const card = useCard(me.official);
  const group = useGroup();
  return (
    <>
      <Top title={t('我的')} />
      <div className="who">
        <b>{me.name}</b>
        <p>{[me.unit, me.title].filter((t) => t !== '').join(' · ')}</p>
        {card.data !== undefined && card.data.villages.length > 0 && (
          <p>{t('联系：{villages}', { villages: card.data.villages.join(t('、')) })}</p>
        )}
      </div>
      <GoingPart />
      <Part title={t('随身')}>
        {hasRole(me, 'head', 'leader', 'inspector') && (
          <To href="/field/reached" className="line">
            <span>{t('走到没走到')}</span>
            <em>{t('走到谁、没见到谁、答应了什么')}</em>
          </To>
        )}
        <To href="/field/duties" className="line">
          <span>{t('我的任务')}</span>
          <em>{t('还差什么、什么时候')}</em>
        </To>
        <To href="/field/campaigns" className="line">
          <span>{t('我的活动')}</span>
          <em>{group}</em>
        </To>
        <To href="/field/card" className="line">
          <span>{t('我的联系卡')}</span>
          <em>{t('给群众扫')}</em>
        </To>
        <To href="/field/labour" className="line">
          <span>{t('劳动')}</span>
          <em>{t('半天也记')}</em>
        </To>
        <To href="/field/notices" className="line">
          <span>{t('通知')}</span>
          <em>{t('快到期的、群众的回话')}</em>
        </To>
        <To href="/field/unsent" className="line">
          <span>{t('没有传完的')}</span>
          <em>{waiting === 0 ? t('都传完了') : t('{waiting} 件', { waiting })}</em>
        </To>
      </Part>
      <Part title={t('怎么看')}>
        <Toggle name={t('大字')} on={large} onChange={(on) => turn('type', on)} />
        <Toggle name={t('深色')} on={dark} onChange={(on) => turn('theme', on)} />
        <OtherLanguage className="line" />
      </Part>
      <Sessions />
      <Phones />
      <SignOut waiting={waiting} />
    </>
  );
}

function Sessions() {
  const queries = useQueryClient();
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => ask<Session[]>('GET /api/sessions', { signal }),
  });
  const end = async (id: string): Promise<void> => {
    try {
      await ask('DELETE /api/sessions/:id', { params: { id } });
      tell(t('那台设备已经退出。'));
      await queries.invalidateQueries({ queryKey: ['sessions'] });
    } catch (error) {
      tell(sentenceOf(error));
    }
  };
  return (
    <Part title={t('在哪里登录着')}>
      {sessions.isPending ? (
        <Waiting lines={2} />
      ) : sessions.isError ? (
        <Trouble error={sessions.error} again={() => void sessions.refetch()} />
      ) : (
        <ul className="rows">
          {sessions.data.map((s) => (
            <li key={s.id} className="row">
              <strong>{s.current ? t('这台手机') : s.device}</strong>
              {s.current ? (
                <span className="quiet">{t('正在用')}</span>
              ) : (
                <button type="button" className="small" onClick={() => void end(s.id)}>
                  {t('退出')}
                </button>
              )}
              <p className="quiet">
                <Facts of={[s.current ? s.device : '', s.place, sayMoment(s.seenAt)]} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

interface PhoneRow {
  readonly id: string;
  readonly name: string;
  readonly mine: boolean;
  readonly seenAt: string;
  readonly households: number;
  readonly unsent: number;
  readonly lockedAt: string | null;
  readonly wipedAt: string | null;
}

/** Which phones carry files of mine, and how to make one of them forget. */
function Phones() {
  const queries = useQueryClient();
  const { ahead, households, persisted, phase, restored } = useStatus();
  const found = useQuery({
    queryKey: ['phones'],
    queryFn: ({ signal }) => ask<{ devices: PhoneRow[] }>('GET /api/sync/devices', { signal }),
    retry: false,
  });
  const here = deviceHere();
  const lock = async ({ id }: PhoneRow): Promise<void> => {
    try {
      const { unsent: lost } = await ask<{ unsent: number }>('POST /api/sync/devices/:id/lock', { params: { id } });
      tell(
        lost === 0
          ? t('锁了。那台手机一联网，住户资料就会清除。')
          : t('锁了。那台手机上还有 {n} 件没传完的，也会一起清除。', { n: lost }),
      );
      await queries.invalidateQueries({ queryKey: ['phones'] });
    } catch (error) {
      tell(sentenceOf(error));
    }
  };
  const mine = found.data?.devices.filter((d) => d.mine) ?? [];
  return (
    <>
      {mine.length > 0 && (
        <Part title={t('存了住户资料的手机')}>
          <ul className="rows">
            {mine.map((d) => (
              <li key={d.id} className="row">
                <strong>{d.id === here ? t('这台手机') : d.name}</strong>
                {d.lockedAt === null && d.id !== here && (
                  <button type="button" className="small" onClick={() => void lock(d)}>
                    {t('锁定并清除')}
                  </button>
                )}
                <p className="quiet">
                  {d.lockedAt === null
                    ? t('{n} 户，{when} 对过', {
                        n: d.id === here ? households : d.households,
                        when: sayMoment(d.seenAt),
                      })
                    : t('已锁定，{what}', { what: d.wipedAt === null ? t('下次联网就清除') : t('资料已清除') })}
                </p>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <div className="pad quiet">
        {phase === 'open' && persisted !== undefined && (
          <p>
            {persisted
              ? t('浏览器答应不自动清理这些资料。')
              : t('浏览器没有答应一直留着这些资料；把这一页添加到桌面，就不容易被清掉。')}
          </p>
        )}
        {Math.abs(ahead) > 5 * 60_000 && (
          <p>{t('手机时间差了 {what}，已按服务器的时间记。', { what: sayLength(ahead) })}</p>
        )}
        {restored && <p>{t('服务器恢复过备份，已受理的正在重新核对。')}</p>}
      </div>
    </>
  );
}

function sayLength(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 120) return t('{n} 分钟', { n: minutes });
  return minutes < 2_880
    ? t('{n} 小时', { n: Math.round(minutes / 60) })
    : t('{n} 天', { n: Math.round(minutes / 1_440) });
}

function SignOut({ waiting }: { waiting: number }) {
  const leave = async (): Promise<void> => {
    try {
      await ask('DELETE /api/session');
      await forget();
      location.assign('/sign-in?to=/field');
    } catch (error) {
      tell(sentenceOf(error));
    }
  };
  return (
    <div className="leave">
      {/* Signing out removes what the phone keeps: what has not gone up would be lost. */}
      <button type="button" className="plain" disabled={waiting > 0} onClick={() => void leave()}>
        {t('退出登录')}
      </button>
      <p className="quiet">
        {waiting > 0
          ? t('还有 {waiting} 件没有传完，传完才能退出。', { waiting })
          : t('退出后，这台手机上存的住户资料和草稿会一并删除。')}
      </p>
    </div>
  );
}

/** The card as large as the screen: a resident scans it and writes to me. */
export function CardPage({ official }: { official: string }) {
  const card = useCard(official);
  return (
    <>
      <Top title={t('我的联系卡')} from="/field/me" />
      {card.isPending ? (
        <Waiting />
      ) : card.isError ? (
        <Trouble error={card.error} again={() => void card.refetch()} />
      ) : (
        <div className="card">
          <Drawing svg={card.data.qr} name={t('联系卡二维码')} />
          <b>{card.data.name}</b>
          <p>{[card.data.unit, card.data.title].filter((t) => t !== '').join(' · ')}</p>
          <p>
            <a href={`tel:${card.data.phone}`}>{card.data.phone}</a>
          </p>
          <p className="quiet">
            {t('扫一扫，有事直接说给我。')}
            {card.data.villages.length > 0 && t('联系：{villages}', { villages: card.data.villages.join(t('、')) })}
          </p>
        </div>
      )}
    </>
  );
}
