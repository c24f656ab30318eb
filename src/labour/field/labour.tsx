import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useDraft } from '../../app/field/drafts.ts';
import { usePlaces } from '../../app/field/find-place.tsx';
import { hand } from '../../app/field/hand.ts';
import { Facts, Fault, Foot, Part, Segments, To, Top } from '../../app/field/parts.tsx';
import { go } from '../../app/field/place.ts';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt, rightNow, sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { labourRoutesOf } from '../api.ts';
import { GlassOver } from '../../visits/field/glass-over.tsx';
import type { Part as DayPart } from '../model.ts';
import { t } from './english.ts';

type At<K extends keyof ReturnType<typeof labourRoutesOf>> = AnswerOf<ReturnType<typeof labourRoutesOf>[K]>;
type Mine = At<'GET /api/labours/mine'>;
type Entry = Mine['entries'][number];
type Kinds = Mine['kinds'];

const useMine = () =>
  useQuery({
    queryKey: ['labour'],
    queryFn: ({ signal }) => ask<Mine>('GET /api/labours/mine', { signal }),
  });
const useToConfirm = () =>
  useQuery({
    queryKey: ['labour-waiting'],
    queryFn: ({ signal }) => ask<At<'GET /api/labours/waiting'>>('GET /api/labours/waiting', { signal }),
    retry: false,
  });

const partWords = (part: DayPart): string =>
  part === 'morning' ? t('上午') : part === 'afternoon' ? t('下午') : t('一整天');

const outputsOf = ({ outputs }: Pick<Entry, 'outputs'>, kinds: Kinds): string =>
  outputs
    .map(({ kind, amount }) => `${kind} ${amount} ${kinds.find((k) => k.name === kind)?.unit ?? ''}`.trim())
    .join('、');

/** My labour of this year, and what waits for my word as one of the village. */
export function LabourScreen() {
  const mine = useMine();
  return (
    <>
      <Top title={t('劳动')} from="/field/me" />
      {mine.isPending ? (
        <Waiting lines={6} />
      ) : mine.isError ? (
        <Trouble error={mine.error} again={() => void mine.refetch()} />
      ) : (
        <>
          <p className="sum">
            <span>
              <b>{t('今年 {days} 天', { days: mine.data.days })}</b>
            </span>
            {mine.data.waiting > 0 && <span>{t('{days} 天等村里确认', { days: mine.data.waiting })}</span>}
          </p>
          {mine.data.outputs.length > 0 && (
            <p className="lead">{outputsOf({ outputs: mine.data.outputs }, mine.data.kinds)}</p>
          )}
          <ToConfirm />
          <Part title={t('我的劳动')}>
            {mine.data.entries.length === 0 ? (
              <Empty title={t('还没有记过劳动。')}>
                {t('和群众一起干了活，回来点“记一次劳动”，半天也算。村里确认以后计入。')}
              </Empty>
            ) : (
              <>
                <ul className="rows">
                  {mine.data.entries.map((entry) => (
                    <Own key={entry.id} entry={entry} kinds={mine.data.kinds} />
                  ))}
                </ul>
                <p className="acts pad">
                  <a className="small" href={`/print/labour?year=${mine.data.year}`} target="_blank" rel="noreferrer">
                    {t('打印述劳表')}
                  </a>
                </p>
              </>
            )}
          </Part>
        </>
      )}
      <Foot>
        <To href="/field/labour/write" className="button">
          {t('记一次劳动')}
        </To>
      </Foot>
    </>
  );
}

const Head = ({ entry, kinds, who }: { entry: Entry; kinds: Kinds; who: boolean }) => (
  <>
    <strong>{who ? entry.name : outputsOf(entry, kinds)}</strong>
    <span className="far">
      {sayDate(entry.day)} {partWords(entry.part)}
    </span>
    {who && <p>{outputsOf(entry, kinds)}</p>}
    <p className="quiet">
      <Facts of={[who ? entry.unit : '', entry.villageName, entry.note]} />
    </p>
  </>
);

function Own({ entry, kinds }: { entry: Entry; kinds: Kinds }) {
  const [signing, setSigning] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const withdraw = async (): Promise<void> =>
    setTrouble(await hand('labour.withdraw', entry.id, {}, t('撤回'), t('撤回了。')));
  return (
    <li className="row">
      <Head entry={entry} kinds={kinds} who={false} />
      <p className={entry.status === 'confirmed' ? 'yes' : entry.status === 'returned' ? 'late' : 'own'}>
        {entry.status === 'confirmed'
          ? t('{who}确认了', { who: entry.confirmedBy })
          : entry.status === 'returned'
            ? `${t('村里退回')}：${entry.reason}`
            : t('等村里确认')}
      </p>
      {entry.status !== 'confirmed' && !signing && (
        <p className="acts">
          {entry.status === 'open' && (
            <button type="button" className="small strong" onClick={() => setSigning(true)}>
              {t('请村里签字')}
            </button>
          )}
          <To href={`/field/labour/write?mend=${entry.id}`} className="small">
            {t('改一改')}
          </To>
          <button type="button" className="small" onClick={() => void withdraw()}>
            {t('撤回')}
          </button>
        </p>
      )}
      {signing && <Signing entry={entry} onDone={() => setSigning(false)} />}
      <Fault text={trouble} />
    </li>
  );
}

/** Somebody who speaks for the village and has no account: name, office, then the glass. */
function Signing({ entry, onDone }: { entry: Entry; onDone(): void }) {
  const [signer, setSigner] = useState('');
  const [office, setOffice] = useState('');
  const [glass, setGlass] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const start = (): void =>
    signer.trim().length < 2 || office.trim().length < 2 ? setTrouble(t('请写姓名和职务。')) : setGlass(true);
  const sign = async (signature: string): Promise<void> => {
    setBusy(true);
    const why = await hand(
      'labour.sign',
      entry.id,
      { signer: signer.trim(), office: office.trim(), signature },
      t('请村里签字'),
      t('签好了，计入了。'),
    );
    setBusy(false);
    setGlass(false);
    if (why === undefined) onDone();
    else setTrouble(why);
  };
  return (
    <div className="inline">
      <p>{t('请村里人当面签。谁来签？')}</p>
      <input
        aria-label={t('姓名')}
        placeholder={t('姓名')}
        value={signer}
        onChange={(e) => setSigner(e.target.value)}
      />
      <input
        aria-label={t('村里的职务')}
        placeholder={t('村里的职务')}
        value={office}
        onChange={(e) => setOffice(e.target.value)}
      />
      <Fault text={trouble} />
      <p className="acts">
        <button type="button" className="small strong" onClick={start}>
          {t('去签字')}
        </button>
        <button type="button" className="small" onClick={onDone}>
          {t('算了')}
        </button>
      </p>
      {glass && (
        <GlassOver
          who={`${office.trim()} ${signer.trim()}`}
          busy={busy}
          trouble={trouble}
          onClose={() => setGlass(false)}
          onDone={(strokes) => void sign(strokes)}
        />
      )}
    </div>
  );
}

/** What others did in my villages: one touch says that it was so. */
function ToConfirm() {
  const waiting = useToConfirm();
  if (waiting.data === undefined || waiting.data.entries.length === 0) return null;
  const { entries, kinds } = waiting.data;
  return (
    <Part title={t('等我确认的')} note={t('{n} 次', { n: entries.length })}>
      <ul className="rows">
        {entries.map((entry) => (
          <Theirs key={entry.id} entry={entry} kinds={kinds} />
        ))}
      </ul>
    </Part>
  );
}

function Theirs({ entry, kinds }: { entry: Entry; kinds: Kinds }) {
  const [reason, setReason] = useState<string>();
  const [trouble, setTrouble] = useState<string>();
  const title = `${entry.name}：${outputsOf(entry, kinds)}`;
  const confirm = async (): Promise<void> =>
    setTrouble(await hand('labour.confirm', entry.id, {}, title, t('确认了。')));
  const back = async (): Promise<void> => {
    const words = (reason ?? '').trim();
    if (words.length < 2) return setTrouble(t('请写一句哪里不对。'));
    setTrouble(await hand('labour.return', entry.id, { reason: words }, title, t('退回了，本人会改。')));
  };
  return (
    <li className="row">
      <Head entry={entry} kinds={kinds} who />
      {reason === undefined ? (
        <p className="acts">
          <button type="button" className="small strong" onClick={() => void confirm()}>
            {t('是这样')}
          </button>
          <button type="button" className="small" onClick={() => setReason('')}>
            {t('不对')}
          </button>
        </p>
      ) : (
        <div className="inline">
          <input
            aria-label={t('哪里不对')}
            placeholder={t('哪里不对')}
            autoFocus
            value={reason}
            onChange={(e) => setReason(e.target.value)}
          />
          <p className="acts">
            <button type="button" className="small strong" onClick={() => void back()}>
              {t('退回给本人')}
            </button>
            <button type="button" className="small" onClick={() => setReason(undefined)}>
              {t('算了')}
            </button>
          </p>
        </div>
      )}
      <Fault text={trouble} />
    </li>
  );
}

interface Draft {
  readonly day: string;
  readonly part: DayPart;
  readonly village: { readonly id: string; readonly name: string } | undefined;
  readonly amounts: Readonly<Record<string, string>>;
  readonly note: string;
  readonly started: number;
}

const daysAgo = (n: number): string => dayAt(rightNow() - n * 86_400_000);
const NOON = 13;

/** One half-day in under a minute: day and half are guessed, the village is one's own, then what and how much. */
export function LabourWrite({ official, mend }: { official: string; mend: string | null }) {
  const mine = useMine();
  const entry = mine.data?.entries.find((e) => e.id === mend);
  if (mine.isPending || (mend !== null && entry === undefined && mine.isFetching))
    return (
      <>
        <Top title={t('记一次劳动')} from="/field/labour" />
        <Waiting lines={6} />
      </>
    );
  return (
    <>
      <Top title={entry === undefined ? t('记一次劳动') : t('改这次劳动')} from="/field/labour" />
      {mine.isError ? (
        <Trouble error={mine.error} again={() => void mine.refetch()} />
      ) : (
        <Form key={entry?.id ?? 'new'} official={official} entry={entry} mine={mine.data} />
      )}
    </>
  );
}

function Form({ official, entry, mine }: { official: string; entry: Entry | undefined; mine: Mine }) {
  const { draft, change, done } = useDraft<Draft>(official, `labour ${entry?.id ?? 'new'}`, () => ({
    day: entry?.day ?? daysAgo(0),
    part: entry?.part ?? (new Date(rightNow()).getHours() < NOON ? 'morning' : 'afternoon'),
    village:
      entry === undefined
        ? mine.villages[0] && { id: mine.villages[0].id, name: mine.villages[0].name }
        : { id: entry.village, name: entry.villageName },
    amounts: Object.fromEntries((entry?.outputs ?? []).map(({ kind, amount }) => [kind, String(amount)])),
    note: entry?.note ?? '',
    started: Date.now(),
  }));
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { day, part, village, amounts, note } = draft;
  const save = async (): Promise<void> => {
    const kinds = Object.keys(amounts);
    if (village === undefined) return setTrouble(t('请选在哪个村。'));
    if (kinds.length === 0) return setTrouble(t('请选做了什么。'));
    const outputs = kinds.map((kind) => ({ kind, amount: Number(amounts[kind]) }));
    if (outputs.some(({ amount }) => !(amount > 0))) return setTrouble(t('请写做了多少。'));
    setBusy(true);
    const why = await hand(
      entry === undefined ? 'labour.record' : 'labour.correct',
      entry?.id ?? newId(),
      { day, part, village: village.id, outputs, note: note.trim() },
      `${village.name}：${t('劳动')}`,
      t('记下了，等村里确认。'),
      Math.round((Date.now() - draft.started) / 1_000),
    );
    setBusy(false);
    if (why !== undefined) return setTrouble(why);
    done();
    go('/field/labour', { replace: true });
  };
  return (
    <form
      className="write"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Days day={day} onChange={(chosen) => change({ day: chosen })} />
      <div className="field">
        <span>{t('什么时候')}</span>
        <Segments<DayPart>
          label={t('什么时候')}
          options={[
            ['morning', t('上午')],
            ['afternoon', t('下午')],
            ['day', t('一整天')],
          ]}
          value={part}
          onChange={(chosen) => change({ part: chosen })}
        />
      </div>
      <Villages known={mine.villages} value={village} onChange={(chosen) => change({ village: chosen })} />
      <div className="field">
        <span>{t('做了什么，自己做了多少')}</span>
        <div className="chips" role="group" aria-label={t('做了什么，自己做了多少')}>
          {mine.kinds.map(({ name }) => (
            <button
              key={name}
              type="button"
              aria-pressed={amounts[name] !== undefined}
              onClick={() => {
                const { [name]: was, ...rest } = amounts;
                change({ amounts: was === undefined ? { ...amounts, [name]: '' } : rest });
              }}
            >
              {name}
            </button>
          ))}
        </div>
        {mine.kinds
          .filter(({ name }) => amounts[name] !== undefined)
          .map(({ name, unit }) => (
            <label key={name} className="amount">
              <span>{name}</span>
              <input
                inputMode="decimal"
                autoFocus={amounts[name] === ''}
                value={amounts[name]}
                onChange={(e) => change({ amounts: { ...amounts, [name]: e.target.value } })}
              />
              <span>{unit}</span>
            </label>
          ))}
        <p className="quiet">{t('几个人一起做的，只写自己那一份，各村各乡才加得对。')}</p>
      </div>
      <label className="field">
        <span>{t('还想说的（可以不写）')}</span>
        <input value={note} placeholder={t('和谁一起干的')} onChange={(e) => change({ note: e.target.value })} />
      </label>
      <Fault text={trouble} />
      <Foot>
        <button type="submit" className="button" disabled={busy}>
          {busy ? t('正在保存') : t('保存')}
        </button>
      </Foot>
    </form>
  );
}

function Days({ day, onChange }: { day: string; onChange(day: string): void }) {
  const near = [
    [daysAgo(0), t('今天')],
    [daysAgo(1), t('昨天')],
    [daysAgo(2), t('前天')],
  ] as const;
  const other = !near.some(([d]) => d === day);
  return (
    <div className="field">
      <span>{t('哪一天')}</span>
      <div className="chips" role="group" aria-label={t('哪一天')}>
        {near.map(([d, name]) => (
          <button key={d} type="button" aria-pressed={d === day} onClick={() => onChange(d)}>
            {name}
          </button>
        ))}
        <label className={other ? 'on' : ''}>
          <span>{other ? sayDate(day) : t('选日子')}</span>
          <input
            type="date"
            aria-label={t('选日子')}
            max={daysAgo(0)}
            value={day}
            onChange={(e) => e.target.value !== '' && onChange(e.target.value)}
          />
        </label>
      </div>
    </div>
  );
}

interface Village {
  readonly id: string;
  readonly name: string;
}

/** One's own villages as one touch; any other is found by a character of its name. */
function Villages({
  known,
  value,
  onChange,
}: {
  known: readonly Village[];
  value: Village | undefined;
  onChange(village: Village): void;
}) {
  const [typed, setTyped] = useState<string>();
  const q = useDeferredValue((typed ?? '').trim());
  const found = usePlaces(q);
  const all = value === undefined || known.some((v) => v.id === value.id) ? known : [...known, value];
  return (
    <div className="field">
      <span>{t('在哪个村')}</span>
      <div className="chips" role="group" aria-label={t('在哪个村')}>
        {all.map((v) => (
          <button key={v.id} type="button" aria-pressed={v.id === value?.id} onClick={() => onChange(v)}>
            {v.name}
          </button>
        ))}
        <button type="button" aria-pressed={false} onClick={() => setTyped(typed === undefined ? '' : undefined)}>
          {t('别的村')}
        </button>
      </div>
      {typed !== undefined && (
        <>
          <input
            type="search"
            autoFocus
            aria-label={t('找村名')}
            placeholder={t('找村名')}
            value={typed}
            onChange={(e) => setTyped(e.target.value)}
          />
          {q === '' ? (
            <p className="quiet">{t('打村名的一个字，或者首字母。')}</p>
          ) : (
            <div className="chips">
              {(found.data ?? []).slice(0, 8).map((v) => (
                <button
                  key={v.id}
                  type="button"
                  onClick={() => {
                    onChange({ id: v.id, name: v.name });
                    setTyped(undefined);
                  }}
                >
                  {v.name}
                </button>
              ))}
            </div>
          )}
        </>
      )}
    </div>
  );
}
