import { useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { type Item, outbox, useOutbox } from '../../app/field/outbox.ts';
import { Drawing, Foot, Segments, To, Top } from '../../app/field/parts.tsx';
import { go } from '../../app/field/place.ts';
import { ask } from '../../app/ui/ask.ts';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt, rightNow, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import type { ProxyReason, VisitCommand } from '../model.ts';
import { type Visit, today, useDiary, useVisit } from './answers.ts';
import { t } from './english.ts';

// Loaded when a household takes the pen: the rest of the day needs neither.
const Glass = lazy(async () => ({ default: (await import('./glass.tsx')).Glass }));

/** The note as the household is asked to confirm it, whether the server has it yet or not. */
interface Note {
  readonly household: string;
  readonly metAt: string;
  readonly note: string;
  readonly needs: readonly string[];
  readonly promises: readonly { readonly what: string; readonly by: string }[];
  readonly answer: Visit['answer']['said'];
  /** Not with the server yet: only what needs no answer from it can be done. */
  readonly here: boolean;
}
interface Person {
  readonly id: string;
  readonly name: string;
  readonly relation: string;
  readonly bornYear: number | null;
}

const ADULT = 18;
type Way = 'glass' | 'phone' | 'card' | 'proxy' | 'decline';
/** Who signs for them, as it is filled in. */
interface Hand {
  readonly name: string;
  readonly relation: string;
  readonly why: ProxyReason;
}

/** Who may sign for a household. Asked for while the note is written, so that the page to sign stands at once. */
export const useSigners = (household: string | undefined) =>
  useQuery({
    queryKey: ['file', household],
    queryFn: ({ signal }) =>
      ask<{ head: string; residents: readonly Person[] }>('GET /api/households/:id', {
        params: { id: household! },
        signal,
      }),
    enabled: household !== undefined,
    staleTime: 10 * 60_000,
  });

/** The household's word on the note: signed here, signed on their own phone, or not given. */
export function SignScreen({ visit }: { visit: string }) {
  const kept = useOutbox().find(
    (item) => item.stream === visit && item.kind === 'visit.record' && item.state !== 'accepted',
  );
  const found = useVisit(visit, kept === undefined);
  const note = kept !== undefined ? noteKept(kept) : found.data === undefined ? undefined : noteFound(found.data);
  const file = useSigners(note?.household);
  const family = file.data?.residents ?? [];
  const adults = family.filter((r) => r.bornYear === null || new Date(rightNow()).getFullYear() - r.bornYear >= ADULT);
  return (
    <>
      <Top title={t('请他们过目')} from="/field">
        <To href="/field" className="small">
          {t('先不签')}
        </To>
      </Top>
      {found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : note === undefined || file.isPending ? (
        <Waiting />
      ) : file.isError ? (
        <Trouble error={file.error} again={() => void file.refetch()} />
      ) : note.answer !== 'nothing' ? (
        <Said said={note.answer} />
      ) : (
        <Ask
          visit={visit}
          note={note}
          head={file.data.head}
          people={adults.length > 0 ? adults : family}
          guarded={adults.length === 0}
        />
      )}
    </>
  );
}

const noteFound = ({ household, metAt, note, needs, promises, answer }: Visit): Note => ({
  household,
  metAt,
  note,
  needs: needs.map((n) => n.words),
  promises,
  answer: answer.said,
  here: false,
});

function noteKept({ data }: Item): Note {
  const { household, metAt, note, needs, promises } = data as unknown as Extract<
    VisitCommand,
    { kind: 'visit.record' }
  >;
  return { household, metAt, note, needs: needs.map((n) => n.words), promises, answer: 'nothing', here: true };
}

const Said = ({ said }: { said: Note['answer'] }) => (
  <div className="thanks">
    <b>{said === 'signed' ? t('已经签过字了。') : t('这一家不认可这份记录。')}</b>
    {said === 'declined' && <p>{t('在日记里改好以后，可以再请他们签。')}</p>}
    <Foot>
      <To href="/field" className="button">
        {t('回到今天')}
      </To>
    </Foot>
  </div>
);

function Ask({
  visit,
  note,
  head,
  people,
  guarded,
}: {
  visit: string;
  note: Note;
  head: string;
  /** Who may speak for the household: its adults, or the children a guardian signs for. */
  people: readonly Person[];
  guarded: boolean;
}) {
  const [by, setBy] = useState<string | undefined>(people.length === 1 ? people[0]!.id : undefined);
  const [comment, setComment] = useState('');
  const [hand, setHand] = useState<Hand>();
  const said = comment.trim() === '' ? {} : { comment: comment.trim() };
  const [way, setWay] = useState<Way>();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const name = people.find((a) => a.id === by)?.name ?? '';

  /** Hands a word of the household over. Refused, it is mended here; unsent, it goes up after the note itself. */
  const send = async (
    command: { kind: 'visit.countersign' | 'visit.decline'; data: object },
    thanks: string,
  ): Promise<void> => {
    setBusy(true);
    setTrouble(undefined);
    const title = t('{head}家：{what}', { head, what: command.kind === 'visit.decline' ? t('不愿签') : t('签字') });
    const item = await outbox.send({ kind: command.kind, stream: visit, data: command.data as never, title });
    setBusy(false);
    if (item.state === 'refused') {
      void outbox.drop(item.id);
      return setTrouble(item.why);
    }
    tell(item.state === 'accepted' ? thanks : t('{thanks}存在本机，有信号就传。', { thanks }));
    go('/field', { replace: true });
  };
  const start = (chosen: Way): void => {
    setTrouble(undefined);
    if (chosen !== 'phone' && by === undefined) return setTrouble(t('先选是谁签。'));
    setWay(chosen);
  };

  const signers = (
    <>
      <Segments
        label={t('谁来签')}
        options={people.map((a) => [a.id, a.name] as const)}
        value={by}
        onChange={(id) => {
          setBy(id);
          setTrouble(undefined);
        }}
      />
      {people.length === 0 ? (
        <p className="none">{t('登记里没有人，今天签不了。可以先不签。')}</p>
      ) : (
        guarded && <p className="quiet">{t('登记里只有孩子，请监护人代签。')}</p>
      )}
      {trouble !== undefined && way !== 'glass' && (
        <p className="bad" role="alert">
          {trouble}
        </p>
      )}
    </>
  );
  return (
    <>
      {way !== 'phone' && (
        <>
          <NoteShown note={note} head={head} />
          <h2 className="head">{t('谁来签？')}</h2>
          <div className="pad">{signers}</div>
          {way === undefined && !guarded && (
            <form className="write" onSubmit={(event) => event.preventDefault()}>
              <label className="field">
                <span>{t('他们要补一句？（可不写）')}</span>
                <input value={comment} maxLength={500} onChange={(event) => setComment(event.target.value)} />
              </label>
            </form>
          )}
        </>
      )}
      {way === undefined && (
        <div className="ways">
          {!guarded && (
            <>
              <button type="button" className="button" onClick={() => start('glass')}>
                {t('在屏幕上签字')}
              </button>
              <button type="button" className="button second" disabled={note.here} onClick={() => start('phone')}>
                {t('用他的手机确认')}
              </button>
              {note.here && <p className="quiet">{t('记录还没有传上去，用他的手机要等有信号。')}</p>}
              <button type="button" className="plain" onClick={() => start('card')}>
                {t('刷卡确认')}
              </button>
            </>
          )}
          <button type="button" className={guarded ? 'button' : 'plain'} onClick={() => start('proxy')}>
            {t('签不了，请人代签')}
          </button>
          <button type="button" className="plain" onClick={() => start('decline')}>
            {t('家里不愿签')}
          </button>
        </div>
      )}
      {way === 'glass' && (
        <Suspense fallback={<Waiting />}>
          <Glass
            who={hand === undefined ? name : hand.name}
            busy={busy}
            trouble={trouble}
            onClose={() => {
              setWay(undefined);
              setHand(undefined);
            }}
            onDone={(signature) =>
              void send(
                {
                  kind: 'visit.countersign',
                  data: { means: 'signature', by, signature, ...said, ...(hand === undefined ? {} : { proxy: hand }) },
                },
                t('谢谢{name}，签好了。', { name: hand?.name ?? name }),
              )
            }
          />
        </Suspense>
      )}
      {way === 'phone' && (
        <TheirPhone
          visit={visit}
          day={dayAt(note.metAt)}
          busy={busy}
          signers={signers}
          onClose={() => setWay(undefined)}
          onCode={(code) =>
            by === undefined
              ? setTrouble(t('先选是谁在念。'))
              : void send(
                  { kind: 'visit.countersign', data: { means: 'code', by, code, ...said } },
                  t('谢谢{name}，确认好了。', { name }),
                )
          }
        />
      )}
      {way === 'card' && (
        <Card
          busy={busy}
          onClose={() => setWay(undefined)}
          onDone={(card) =>
            void send(
              { kind: 'visit.countersign', data: { means: 'card', by, card, ...said } },
              t('谢谢{name}，确认好了。', { name }),
            )
          }
        />
      )}
      {way === 'proxy' && (
        <Proxy
          name={name}
          guarded={guarded}
          onClose={() => setWay(undefined)}
          onDone={(who) => {
            setHand(who);
            setWay('glass');
          }}
        />
      )}
      {way === 'decline' && (
        <Decline
          name={name}
          busy={busy}
          onClose={() => setWay(undefined)}
          onDone={(reason) =>
            void send({ kind: 'visit.decline', data: { by, reason } }, t('谢谢{name}，照您说的记下了。', { name }))
          }
        />
      )}
    </>
  );
}

/** A reader types the card's number and presses enter, or it is typed off the card. */
function Card({ busy, onDone, onClose }: { busy: boolean; onDone(card: string): void; onClose(): void }) {
  const [card, setCard] = useState('');
  return (
    <form
      className="write"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(card.trim());
      }}
    >
      <label className="field">
        <span>{t('刷卡，或者照卡上的号写')}</span>
        <input
          autoFocus
          autoComplete="off"
          maxLength={40}
          value={card}
          onChange={(event) => setCard(event.target.value)}
        />
      </label>
      <div className="ways">
        <button type="submit" className="button" disabled={busy || card.trim().length < 4}>
          {t('确认')}
        </button>
        <button type="button" className="plain" onClick={onClose}>
          {t('换一种签法')}
        </button>
      </div>
    </form>
  );
}

const reasons: readonly (readonly [ProxyReason, string])[] = [
  ['cannot-write', t('写不了字')],
  ['cannot-see', t('看不清')],
  ['unwell', t('不方便')],
];

/** Somebody they trust signs for them, after it was read to them: who, and what they are to them. Never an official. */
function Proxy({
  name,
  guarded,
  onDone,
  onClose,
}: {
  name: string;
  guarded: boolean;
  onDone(hand: Hand): void;
  onClose(): void;
}) {
  const [hand, setHand] = useState<Hand>({
    name: '',
    relation: guarded ? t('监护人') : '',
    why: guarded ? 'minors-only' : 'cannot-write',
  });
  const whole = hand.name.trim().length >= 2 && hand.relation.trim() !== '';
  return (
    <form
      className="write"
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) onDone({ ...hand, name: hand.name.trim(), relation: hand.relation.trim() });
      }}
    >
      <p className="quiet">{t('先念给{name}听，{name}点了头再请人签。干部不能代签。', { name })}</p>
      {!guarded && (
        <Segments
          label={t('为什么不能自己签')}
          options={reasons}
          value={hand.why}
          onChange={(why) => setHand({ ...hand, why })}
        />
      )}
      <label className="field">
        <span>{t('谁代签')}</span>
        <input
          autoFocus
          autoComplete="off"
          maxLength={40}
          value={hand.name}
          onChange={(event) => setHand({ ...hand, name: event.target.value })}
        />
      </label>
      <label className="field">
        <span>{t('是{name}的什么人', { name })}</span>
        <input
          autoComplete="off"
          maxLength={20}
          placeholder={t('邻居、女儿')}
          value={hand.relation}
          onChange={(event) => setHand({ ...hand, relation: event.target.value })}
        />
      </label>
      <div className="ways">
        <button type="submit" className="button" disabled={!whole}>
          {t('请他在屏幕上签')}
        </button>
        <button type="button" className="plain" onClick={onClose}>
          {t('换一种签法')}
        </button>
      </div>
    </form>
  );
}

/** What they are asked to confirm, in large type: they read it, or it is read to them. */
const NoteShown = ({
  note: { note, needs, promises },
  head,
}: {
  note: Pick<Note, 'note' | 'needs' | 'promises'>;
  head: string;
}) => (
  <div className="note">
    <b>{t('{head}家说的', { head })}</b>
    <p>{note}</p>
    {needs.length > 0 && (
      <>
        <b>{t('要办的事')}</b>
        <ol>
          {needs.map((need) => (
            <li key={need}>{need}</li>
          ))}
        </ol>
      </>
    )}
    {promises.length > 0 && (
      <>
        <b>{t('答应你们的')}</b>
        <ol>
          {promises.map(({ what, by }) => (
            <li key={what}>
              {what}
              {t('，')}
              <span className="day">{t('{by}前', { by: sayDate(by) })}</span>
            </li>
          ))}
        </ol>
      </>
    )}
  </div>
);

const POLL_MS = 3_000;

/** They scan, read the note on their own phone and sign there, or read out the code they see. */
function TheirPhone({
  visit,
  day,
  busy,
  signers,
  onCode,
  onClose,
}: {
  visit: string;
  day: string;
  busy: boolean;
  signers: ReactNode;
  onCode(code: string): void;
  onClose(): void;
}) {
  const [code, setCode] = useState('');
  const drawn = useQuery({
    queryKey: ['link', visit],
    queryFn: async ({ signal }) => {
      const { url } = await ask<{ url: string }>('GET /api/visits/:id/link', { params: { id: visit }, signal });
      const { default: qr } = await import('qrcode');
      return await qr.toString(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 1 });
    },
  });
  // The diary tells it without opening the household's file again every three seconds.
  const diary = useDiary(day, today(), POLL_MS);
  const status = diary.data?.days.flatMap((d) => d.entries).find((entry) => entry.id === visit)?.status;
  if (status === 'signed' || status === 'declined') {
    return (
      <div className="thanks">
        <b className={status === 'signed' ? 'yes' : 'bad'}>
          {status === 'signed' ? t('他们在手机上签好了，谢谢。') : t('他们在手机上选了不认可。')}
        </b>
        {status === 'declined' && <p>{t('问清楚哪里不对，在日记里改好，再请他们看。')}</p>}
        <Foot>
          <To href="/field" className="button">
            {t('回到今天')}
          </To>
        </Foot>
      </div>
    );
  }
  return (
    <div className="phone">
      {drawn.isPending ? (
        <Waiting lines={5} />
      ) : drawn.isError ? (
        <Trouble error={drawn.error} again={() => void drawn.refetch()} />
      ) : (
        <Drawing svg={drawn.data} name={t('签字二维码')} />
      )}
      <p>{t('请他用手机扫，看完自己签。签好了这里会变。')}</p>
      <form
        className="code"
        onSubmit={(event) => {
          event.preventDefault();
          onCode(code);
        }}
      >
        <h2 className="head">{t('不方便点的，请他念出 6 位数字')}</h2>
        {signers}
        <label className="field">
          <span className="unseen">{t('6 位数字')}</span>
          <input
            inputMode="numeric"
            autoComplete="off"
            maxLength={6}
            value={code}
            placeholder="······"
            onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
          />
        </label>
        <button type="submit" className="button second" disabled={code.length !== 6 || busy}>
          {busy ? t('正在核对') : t('核对数字')}
        </button>
      </form>
      <button type="button" className="plain" onClick={onClose}>
        {t('换一种签法')}
      </button>
    </div>
  );
}

function Decline({
  name,
  busy,
  onDone,
  onClose,
}: {
  name: string;
  busy: boolean;
  onDone(reason: string): void;
  onClose(): void;
}) {
  const [reason, setReason] = useState('');
  return (
    <form
      className="write"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(reason.trim());
      }}
    >
      <label className="field">
        <span>{t('{name}为什么不愿签？照原话记，不说也行。', { name })}</span>
        <textarea
          rows={3}
          value={reason}
          autoFocus
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <div className="ways">
        <button type="submit" className="button" disabled={busy}>
          {busy ? t('正在保存') : t('记下：家里不愿签')}
        </button>
        <button type="button" className="plain" onClick={onClose}>
          {t('换一种签法')}
        </button>
      </div>
    </form>
  );
}
