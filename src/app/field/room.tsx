import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { MyCampaigns } from '../../campaigns/field/mine.tsx';
import { OccasionPage } from '../../campaigns/field/occasion.tsx';
import { DisputeScreen, DisputesScreen } from '../../disputes/field/disputes.tsx';
import { MyDuties } from '../../duties/field/mine.tsx';
import { HardCaseScreen, HardCasesScreen } from '../../hard-cases/field/cases.tsx';
import { MatterScreen } from '../../matters/field/matter.tsx';
import { MattersScreen } from '../../matters/field/matters.tsx';
import { NoticesScreen } from '../../notices/field/notices.tsx';
import { OwedPart } from '../../owed/field/owed.tsx';
import { OutreachesScreen } from '../../outreach/field/list.tsx';
import { OutreachScreen } from '../../outreach/field/outreach.tsx';
import { StudiesScreen } from '../../studies/field/list.tsx';
import { StudyScreen } from '../../studies/field/study.tsx';
import { TalkScreen, TalksScreen } from '../../talks/field/talks.tsx';
import { InformantsScreen } from '../../informants/field/informants.tsx';
import { PremisesScreen } from '../../premises/field/premises.tsx';
import { LabourScreen, LabourWrite } from '../../labour/field/labour.tsx';
import { DiaryScreen } from '../../visits/field/diary.tsx';
import { EntryScreen } from '../../visits/field/entry.tsx';
import { MyRates } from '../../visits/field/rates.tsx';
import { SignScreen } from '../../visits/field/sign.tsx';
import { MonthScreen, WeekScreen } from '../../visits/field/summary.tsx';
import { ReachedScreen } from '../../visits/field/reached.tsx';
import { FirstScreen } from '../../visits/field/first.tsx';
import { TodayScreen } from '../../visits/field/today.tsx';
import { type Me, hasRole, useMe } from '../ui/me.ts';
import { Empty, Waiting } from '../ui/states.tsx';
import { Toasts } from '../ui/toast.tsx';
import { HouseholdPage } from './household-page.tsx';
import { CardPage, MePage } from './me-page.tsx';
import { onChange, openRoom, useStatus } from './engine.ts';
import { outbox } from './outbox.ts';
import { To, Top } from './parts.tsx';
import { matched, usePlace } from './place.ts';
import { UnsentPage } from './unsent-page.tsx';
import { WritePage } from './write-page.tsx';
import { t } from './english.ts';

type Page = (params: Record<string, string>, query: URLSearchParams, me: Me) => ReactNode;

/** Every page of the room by its address. The key makes a page of another record a new page. */
const pages: Record<string, Page> = {
  // Whoever does not go to households has no list of them: they see how far others came.
  '/field': (_, __, me) => (hasRole(me, 'field') ? <TodayScreen owed={<OwedPart />} /> : <ReachedScreen />),
  '/field/reached': () => <ReachedScreen from="/field/me" />,
  '/field/household/:id': ({ id }) => <HouseholdPage key={id} id={id!} />,
  '/field/write': (_, query, me) => (
    <WritePage
      key={query.toString()}
      official={me.official}
      household={query.get('household')}
      mend={query.get('mend')}
      phone={query.get('contact') === 'phone'}
    />
  ),
  '/field/sign/:visit': ({ visit }) => <SignScreen key={visit} visit={visit!} />,
  '/field/visit/:id': ({ id }, _, me) => <EntryScreen key={id} id={id!} me={me.official} />,
  '/field/diary': () => <DiaryScreen />,
  '/field/diary/week/:day': ({ day }) => <WeekScreen key={day} day={day!} />,
  '/field/diary/month/:month': ({ month }) => <MonthScreen key={month} month={month!} />,
  '/field/matters': () => <MattersScreen />,
  '/field/matter/:id': ({ id }) => <MatterScreen key={id} id={id!} />,
  '/field/outreach': () => <OutreachesScreen />,
  '/field/outreach/:id': ({ id }) => <OutreachScreen key={id} id={id!} />,
  '/field/studies': () => <StudiesScreen />,
  '/field/studies/:id': ({ id }) => <StudyScreen key={id} id={id!} />,
  '/field/talks': () => <TalksScreen />,
  '/field/talks/:id': ({ id }) => <TalkScreen key={id} id={id!} />,
  '/field/disputes': () => <DisputesScreen />,
  '/field/disputes/:id': ({ id }) => <DisputeScreen key={id} id={id!} />,
  '/field/hard-cases': () => <HardCasesScreen />,
  '/field/hard-cases/:id': ({ id }) => <HardCaseScreen key={id} id={id!} />,
  '/field/first': () => <FirstScreen />,
  '/field/premises': () => <PremisesScreen />,
  '/field/informants': () => <InformantsScreen />,
  '/field/duties': (_, query, me) => (
    <MyDuties day={query.get('day') ?? undefined} rates={<MyRates official={me.official} />} />
  ),
  '/field/campaigns': () => <MyCampaigns />,
  '/field/occasion': () => <OccasionPage />,
  '/field/me': (_, __, me) => <MePage me={me} />,
  '/field/card': (_, __, me) => <CardPage official={me.official} />,
  '/field/labour': () => <LabourScreen />,
  '/field/labour/write': (_, query, me) => (
    <LabourWrite key={query.toString()} official={me.official} mend={query.get('mend')} />
  ),
  '/field/notices': () => <NoticesScreen />,
  '/field/unsent': () => <UnsentPage />,
};

export function Room() {
  const { phase } = useStatus();
  const place = usePlace();
  useFollowing();
  const [path = '/field', query = ''] = place.split('?');
  return (
    <>
      <a className="skip" href="#main">
        {t('跳到正文')}
      </a>
      <main id="main" tabIndex={-1}>
        {phase === 'opening' ? <Waiting /> : phase === 'locked' ? <Locked /> : <Inside path={path} query={query} />}
      </main>
      <Nav path={path} />
      <Toasts />
    </>
  );
}

function pageAt(path: string, query: URLSearchParams, me: Me): ReactNode {
  for (const [pattern, page] of Object.entries(pages)) {
    const params = matched(pattern, path);
    if (params !== undefined) return page(params, query, me);
  }
  return (
    <>
      <Top title={t('没有这一页')} from="/field" />
      <Empty title={t('地址不对，或者这一页已经搬走。')}>
        <To href="/field">{t('回到今天')}</To>
      </Empty>
    </>
  );
}

/** What nothing written here changes. A household's file is not opened again without being asked for: that is recorded. */
const steady = new Set(['session', 'sessions', 'card', 'file', 'link', 'find']);

/** Opens the phone's files; whenever what the phone knows has changed, what is shown is asked for again. */
function useFollowing(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const ask = (): void =>
      void queries.invalidateQueries({ predicate: ({ queryKey }) => !steady.has(String(queryKey[0])) });
    let last = '';
    const unsubscribe = outbox.subscribe(() => {
      // What waits here is shown as done; a verdict may change that.
      const now = outbox
        .all()
        .map(({ id, state }) => `${id}${state}`)
        .join();
      if (now === last) return;
      last = now;
      ask();
    });
    onChange(ask);
    void openRoom();
    return unsubscribe;
  }, [queries]);
}

function Inside({ path, query }: { path: string; query: string }) {
  const me = useMe();
  return me === undefined ? <Waiting /> : pageAt(path, new URLSearchParams(query), me);
}

/** The order to forget has been carried out. */
const Locked = () => (
  <Empty title={t('这台手机已被锁定。')}>
    {t('手机上的住户资料已经清除。如果不是您要求的，请联系管理员；需要继续使用，请重新登录。')}
    <a href="/sign-in?to=/field">{t('重新登录')}</a>
  </Empty>
);

const stops = [
  ['/field', t('今天'), 'M4 6h16M4 12h16M4 18h10'],
  ['/field/diary', t('日记'), 'M6 4h12v16H6zM10 4v16'],
  ['/field/matters', t('事'), 'M5 12l4 4L19 6'],
  ['/field/me', t('我的'), 'M12 12a4 4 0 100-8 4 4 0 000 8zM4 21c0-4 4-6 8-6s8 2 8 6'],
] as const;

function Nav({ path }: { path: string }) {
  // Writing and signing are one thing at a time: nothing to wander off to.
  if (/^\/field\/(write|sign|labour\/write)/.test(path)) return null;
  const under: Record<string, string> = {
    outreach: '/field/me',
    talks: '/field/me',
    studies: '/field/me',
    disputes: '/field/me',
    'hard-cases': '/field/me',
    premises: '/field/me',
    informants: '/field/me',
    card: '/field/me',
    duties: '/field/me',
    campaigns: '/field/me',
    occasion: '/field/me',
    unsent: '/field/me',
    labour: '/field/me',
    reached: '/field/me',
    notices: '/field',
    matter: '/field/matters',
    visit: '/field/diary',
    household: '/field',
  };
  const here = under[path.split('/')[2] ?? ''] ?? path;
  return (
    <nav className="nav" aria-label={t('主要页面')}>
      {stops.map(([href, name, drawing]) => {
        const on = href === '/field' ? here === href : here.startsWith(href);
        return (
          <To key={href} href={href} here={on}>
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d={drawing} />
            </svg>
            {name}
          </To>
        );
      })}
    </nav>
  );
}
