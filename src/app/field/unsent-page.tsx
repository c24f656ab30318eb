import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTaking } from '../../sync/desk/taking.ts';
import { ask } from '../ui/ask.ts';
import { save as saveFile } from '../ui/save.ts';
import { Empty } from '../ui/states.tsx';
import { hereAt, rightNow, rightly, sayMoment, timeHere } from '../ui/time.ts';
import { tell } from '../ui/toast.tsx';
import { contact, rescueFile, statusNow, useStatus } from './engine.ts';
import { t } from './english.ts';
import { type Item, isConflict, isHeld, isUndated, isUnkept, outbox, stateNames, useOutbox } from './outbox.ts';
import { Foot, Part, To, Top } from './parts.tsx';

/** What this phone has written and where each stands. */
export function UnsentPage() {
  const items = useOutbox();
  const { online, phase } = useStatus();
  const waiting = items.filter((item) => item.state !== 'accepted');
  const accepted = items.filter((item) => item.state === 'accepted').toReversed();
  const open = waiting.some((item) => item.state !== 'refused');
  return (
    <>
      <Top title={t('没有传完的')} from="/field/me" />
      {waiting.length === 0 && (
        <Empty title={t('都传完了。')}>{t('没有信号时记下的，会先存在这里，有信号了自动上传。')}</Empty>
      )}
      {items.length > 0 && <Sum items={items} />}
      {waiting.some(isUnkept) && <FullPart />}
      <ul className="rows">
        {waiting.map((item) => (
          <Row key={item.id} item={item} held={isHeld(item, items)} />
        ))}
      </ul>
      {accepted.length > 0 && (
        <>
          <h2 className="head">{t('刚刚传完的')}</h2>
          <ul className="rows">
            {accepted.map((item) => (
              <Row key={item.id} item={item} held={false} />
            ))}
          </ul>
        </>
      )}
      {open && phase === 'open' && <RescuePart />}
      <TakePart />
      {open && (
        <Foot>
          <button type="button" className="button" onClick={() => void tryNow()}>
            {online ? t('现在就传') : t('再试一次上传')}
          </button>
        </Foot>
      )}
    </>
  );
}

/** Tries at once, and says so where nothing came of it: a touch without any answer is made again and again. */
async function tryNow(): Promise<void> {
  await contact();
  if (!statusNow().online) tell(t('还是没有网络。有信号了会自动传，不用守着。'));
}

/** How many stand where, in one line: what is asked at the end of a day. */
const Sum = ({ items }: { items: readonly Item[] }) => (
  <p className="sum">
    {(['stored', 'sent', 'refused', 'accepted'] as const).map((state) => {
      const n = items.filter((item) => item.state === state && !isUnkept(item)).length;
      return n === 0 ? null : (
        <span key={state}>
          {stateNames[state]} <b>{n}</b>
          {t(' 件')}
        </span>
      );
    })}
  </p>
);

function Row({ item, held }: { item: Item; held: boolean }) {
  const { id, kind, title, at, state, busy, why, undated, matters = [] } = item;
  return (
    <li className="row">
      <strong>{title}</strong>
      <span className={isUnkept(item) ? 'tag refused' : `tag ${state}`}>
        {busy ? t('正在上传') : isUnkept(item) ? t('只在这一页') : stateNames[state]}
      </span>
      <p className="quiet">
        {isUndated(item) ? t('手机当时显示 {when}', { when: sayMoment(at) }) : sayMoment(rightly(at))}
        {held
          ? t('，等前面被退回的那一件先处理')
          : state === 'stored' && !busy
            ? t('，等信号')
            : state === 'sent' && !busy
              ? t('，还没有回音，会再传')
              : ''}
      </p>
      {matters.length > 0 && <Became matters={matters} />}
      {why !== undefined && <p className={state === 'refused' ? 'bad' : 'quiet'}>{why}</p>}
      {undated === true && (
        <p className="bad">{t('手机的时间被改过，这一件是按手机当时显示的日子记的。不对的话，请去改。')}</p>
      )}
      {isConflict(item) ? (
        <Conflict item={item} />
      ) : isUndated(item) ? (
        <AskWhen item={item} />
      ) : (
        state === 'refused' && (
          <p className="acts">
            {kind === 'visit.record' && (
              <To href={`/field/write?mend=${id}`} className="small strong">
                {t('改一改再交')}
              </To>
            )}
            <button type="button" className="small" onClick={() => void outbox.mend(id, item.data)}>
              {t('照原样再交')}
            </button>
            <button type="button" className="small" onClick={() => void outbox.drop(id)}>
              {t('不要了')}
            </button>
          </p>
        )
      )}
    </li>
  );
}

interface Known {
  readonly matters: readonly { readonly id: string; readonly number: string; readonly subject: string }[];
}

/** What came of it: the matters it became, each by its number, one touch from how it stands. */
function Became({ matters }: { matters: readonly string[] }) {
  const found = useQuery({
    queryKey: ['became'],
    queryFn: ({ signal }) =>
      ask<Known>('GET /api/matters', { query: { mine: 'official', when: 'open', size: 100 }, signal }),
  });
  const known = new Map(found.data?.matters.map((matter) => [matter.id, matter]));
  return (
    <ul className="became">
      {matters.map((id) => (
        <li key={id}>
          <To href={`/field/matter/${id}`}>
            <b>{known.get(id)?.number ?? t('已上台账')}</b>
            <span>{known.get(id)?.subject ?? t('看办到哪一步')}</span>
          </To>
        </li>
      ))}
    </ul>
  );
}

/** Nothing waits on a phone for longer (ms). */
const OLDEST_MS = 60 * 86_400_000;

/**
 * The phone's clock was set meanwhile: only the writer knows when it was. What the clock showed stands there first; what
 * was written under the same setting is off by as much, and can go along.
 */
function AskWhen({ item }: { item: Item }) {
  const [when, setWhen] = useState(hereAt(item.at));
  const others = useOutbox().filter(
    (other) => other.id !== item.id && isUndated(other) && other.known?.settings === item.known?.settings,
  );
  const time = timeHere(when);
  const inTime = (ms: number): boolean => ms <= rightNow() && ms >= rightNow() - OLDEST_MS;
  const off = Date.parse(item.at) - time;
  const along = others.filter((other) => inTime(Date.parse(other.at) - off));
  const send = (more: readonly Item[]): void => {
    for (const one of [item, ...more]) void outbox.date(one.id, one === item ? time : Date.parse(one.at) - off);
  };
  return (
    <>
      <label className="when-met">
        <span>{t('是什么时候的事')}</span>
        <input
          type="datetime-local"
          value={when}
          max={hereAt(rightNow())}
          onChange={(event) => setWhen(event.target.value)}
        />
      </label>
      {!inTime(time) && <p className="quiet">{t('要在今天以前，六十天以内。')}</p>}
      <p className="acts">
        <button type="button" className="small strong" disabled={!inTime(time)} onClick={() => send([])}>
          {t('就是这个时候，再交')}
        </button>
        {along.length > 0 && (
          <button type="button" className="small" disabled={!inTime(time)} onClick={() => send(along)}>
            {t('另外 {n} 件也照这样改', { n: along.length })}
          </button>
        )}
        <button type="button" className="small" onClick={() => void outbox.drop(item.id)}>
          {t('不要了')}
        </button>
      </p>
    </>
  );
}

interface Now {
  readonly version: number;
  readonly note?: string;
}

/** Somebody changed the record meanwhile: both stand side by side, and the writer decides. */
function Conflict({ item }: { item: Item }) {
  const mine = item.data['note'];
  const found = useQuery({
    queryKey: ['conflict', item.stream],
    queryFn: ({ signal }) => ask<Now>('GET /api/visits/:id', { params: { id: item.stream }, signal }),
    enabled: item.kind.startsWith('visit.'),
    retry: false,
  });
  return (
    <>
      <dl className="both">
        <dt>{t('现在登记的')}</dt>
        <dd>{found.data?.note ?? (found.isError ? t('有网时才看得到。') : '…')}</dd>
        <dt>{t('您写的')}</dt>
        <dd>{typeof mine === 'string' ? mine : item.title}</dd>
      </dl>
      <p className="acts">
        <button
          type="button"
          className="small"
          disabled={found.data === undefined}
          onClick={() => void outbox.mend(item.id, item.data, found.data?.version)}
        >
          {t('改成我写的')}
        </button>
        <button type="button" className="small" onClick={() => void outbox.drop(item.id)}>
          {t('留着现在的')}
        </button>
      </p>
    </>
  );
}

/** No room on the phone: what to do so that nothing is lost. */
function FullPart() {
  const again = async (): Promise<void> => {
    await outbox.keepAgain();
    tell(outbox.all().some(isUnkept) ? t('还是存不下，请再腾些地方。') : t('存好了，关掉这一页也不会丢。'));
  };
  return (
    <Part title={t('手机存满了')}>
      <p className="pad bad">
        {t(
          '标着“只在这一页”的还没有存住，先别关这一页。删些照片、视频，再点“再存一次”；或者走到有网的地方传上去；都不行就导出救急文件。',
        )}
      </p>
      <p className="acts pad">
        <button type="button" className="small strong" onClick={() => void again()}>
          {t('再存一次')}
        </button>
      </p>
    </Part>
  );
}

/** The way out when this phone finds no network for days, or is about to break. */
function RescuePart() {
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    const file = await rescueFile();
    setBusy(false);
    if (file === undefined) return tell(t('这台手机还没有跟服务器对过，导不出来。连一次网就可以。'));
    saveFile(file, `minqing-${new Date().toISOString().slice(0, 16).replace(/[-:T]/g, '')}.json`);
    tell(t('导出好了。这里的先别删，等传上去了它们会自己消失。'));
  };
  return (
    <Part title={t('一直没有网，或者手机要坏了')}>
      <p className="pad quiet">
        {t(
          '把没传完的导出成一个文件，用数据线或者别的手机带到办公室，在电脑“手机和救急文件”页里收进去。文件加了密，只有服务器打得开；收两次也只算一次。',
        )}
      </p>
      <p className="acts pad">
        <button type="button" className="small" disabled={busy} onClick={() => void save()}>
          {t('导出救急文件')}
        </button>
      </p>
    </Part>
  );
}

/** Another phone's file goes up from here, in the name of whose phone it was. */
function TakePart() {
  const { busy, said, take } = useTaking();
  return (
    <Part title={t('替别的手机传')}>
      <p className="pad quiet">
        {t('别的手机导出的救急文件，在这里选中就传上去，记在那台手机主人名下。看不到里面写了什么。')}
      </p>
      <p className="acts pad">
        <label className="small file">
          {busy ? t('正在传') : t('选救急文件')}
          <input type="file" accept=".json,application/json" disabled={busy} onChange={take} />
        </label>
      </p>
      {said !== undefined && (
        <p className="pad" role="status">
          {said}
        </p>
      )}
    </Part>
  );
}
