import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { hand } from '../../app/field/hand.ts';
import { Drawing, Fault, Part } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { Waiting } from '../../app/ui/states.tsx';
import { dayAt, rightNow, sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { pairRoutes } from '../api.ts';
import { GlassOver } from '../../visits/field/glass-over.tsx';
import { type EndReason, type PartnerSort, endReasonNames, partnerSortNames } from '../model.ts';
import { t } from './english.ts';

type Answer = AnswerOf<(typeof pairRoutes)['GET /api/households/:id/pairs']>;
type Pair = Answer['pairs'][number];

const today = (): string => dayAt(rightNow());
const inDays = (n: number): string => dayAt(rightNow() + n * 86_400_000);

/** Whom this household is paired with: the plan, what was done, and what they say of it. */
export function PairsOf({ household, head }: { household: string; head: string }) {
  const [making, setMaking] = useState(false);
  const found = useQuery({
    queryKey: ['pairs-of', household],
    queryFn: ({ signal }) => ask<Answer>('GET /api/households/:id/pairs', { params: { id: household }, signal }),
    staleTime: 60_000,
  });
  if (found.data === undefined) return null;
  const { pairs, can } = found.data;
  const lasting = pairs.some((p) => p.ended === null && p.mine);
  if (pairs.length === 0 && can.length === 0) return null;
  return (
    <Part title={t('结对帮扶')}>
      {pairs.map((pair) => (
        <One
          key={pair.id}
          pair={pair}
          gives={found.data.gives}
          known={found.data.partners}
          consentDays={found.data.consentDays}
          head={head}
        />
      ))}
      {!lasting && can.includes('pair.make') && !making && (
        <p className="acts pad">
          <button type="button" className="small" onClick={() => setMaking(true)}>
            {t('和这家结对')}
          </button>
        </p>
      )}
      {making && <Make household={household} answer={found.data} head={head} onDone={() => setMaking(false)} />}
    </Part>
  );
}

/** Those of a pair that help along now, by their places in it. */
const helping = ({ partners }: Pair): (readonly [number, string])[] =>
  partners.flatMap((p, place) => (p.left === null ? [[place, p.name] as const] : []));

/** One of several, each under the thumb. */
const Chips = <T extends string | number | undefined>({
  label,
  of,
  chosen,
  onChoose,
}: {
  label: string;
  of: readonly (readonly [T, string])[];
  chosen: NoInfer<T> | undefined;
  onChoose(value: NoInfer<T>): void;
}) => (
  <div className="chips" role="group" aria-label={label}>
    {of.map(([value, name]) => (
      <button key={String(value)} type="button" aria-pressed={value === chosen} onClick={() => onChoose(value)}>
        {name}
      </button>
    ))}
  </div>
);

/** What is asked before something is handed over, what was wrong with it, and the way back. */
function Asking({
  verb,
  give,
  onDone,
  children,
}: {
  verb: string;
  /** @returns why it could not be done */
  give(): Promise<string | undefined>;
  onDone(): void;
  children: ReactNode;
}) {
  const [trouble, setTrouble] = useState<string>();
  const send = async (): Promise<void> => {
    const why = await give();
    if (why === undefined) onDone();
    else setTrouble(why);
  };
  return (
    <div className="asking">
      {children}
      <Fault text={trouble} />
      <p className="acts">
        <button type="button" className="small strong" onClick={() => void send()}>
          {verb}
        </button>
        <button type="button" className="small" onClick={onDone}>
          {t('算了')}
        </button>
      </p>
    </div>
  );
}

/** Asks for a household's hand: who signs, until when, then the glass. */
function Consent({
  signers,
  longest,
  head,
  extra,
  ready,
  onSigned,
  onClose,
}: {
  signers: readonly { id: string; name: string }[];
  /** Days a consent may last; left out where it is asked within one that lasts. */
  longest?: number;
  head: string;
  extra?: ReactNode;
  /** What is missing before it can be signed for. */
  ready?: () => string | undefined;
  onSigned(consent: { by: string; until: string; signature: string }): Promise<string | undefined>;
  onClose(): void;
}) {
  const [by, setBy] = useState(signers.length === 1 ? signers[0]!.id : undefined);
  const [until, setUntil] = useState(inDays(Math.min(longest ?? 180, 180)));
  const [glass, setGlass] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const sign = async (signature: string): Promise<void> => {
    setBusy(true);
    const why = await onSigned({ by: by!, until, signature });
    setBusy(false);
    setGlass(false);
    if (why === undefined) onClose();
    else setTrouble(why);
  };
  return (
    <div className="asking">
      <p className="quiet">
        {longest === undefined
          ? t('帮这家人搞生产的公司、基地，说清帮什么，要这家人签字同意。')
          : t('要这家人同意、签字，定好到哪天。随时可以结束。')}
      </p>
      {longest === undefined && extra}
      <div className="field">
        <span>{t('谁来签')}</span>
        <Chips label={t('谁来签')} of={signers.map((s) => [s.id, s.name] as const)} chosen={by} onChoose={setBy} />
      </div>
      {longest !== undefined && extra}
      {longest !== undefined && (
        <label className="field">
          <span>{t('同意到哪天')}</span>
          <input
            type="date"
            min={inDays(1)}
            max={inDays(longest)}
            value={until}
            onChange={(e) => e.target.value !== '' && setUntil(e.target.value)}
          />
        </label>
      )}
      <Fault text={trouble} />
      <p className="acts">
        <button
          type="button"
          className="small strong"
          disabled={by === undefined}
          onClick={() => {
            const missing = ready?.();
            setTrouble(missing);
            if (missing === undefined) setGlass(true);
          }}
        >
          {t('请他们签字')}
        </button>
        <button type="button" className="small" onClick={onClose}>
          {t('算了')}
        </button>
      </p>
      {glass && (
        <GlassOver
          who={signers.find((s) => s.id === by)?.name ?? head}
          busy={busy}
          trouble={trouble}
          onClose={() => setGlass(false)}
          onDone={(strokes) => void sign(strokes)}
        />
      )}
    </div>
  );
}

function Make({
  household,
  answer,
  head,
  onDone,
}: {
  household: string;
  answer: Answer;
  head: string;
  onDone(): void;
}) {
  const [person, setPerson] = useState<string>();
  return (
    <Consent
      signers={answer.signers}
      longest={answer.consentDays}
      head={head}
      extra={
        <div className="field">
          <span>{t('主要帮谁')}</span>
          <Chips
            label={t('主要帮谁')}
            of={[[undefined, t('全家')], ...answer.residents.map((r) => [r.id, r.name] as const)]}
            chosen={person}
            onChoose={setPerson}
          />
        </div>
      }
      onSigned={(consent) =>
        hand(
          'pair.make',
          newId(),
          { household, ...consent, ...(person === undefined ? {} : { person }) },
          t('{head}家：{what}', { head, what: t('结对帮扶') }),
          t('结好了。'),
        )
      }
      onClose={onDone}
    />
  );
}

type Doing = 'plan' | 'join' | 'leave' | 'show' | 'renew' | 'take-over' | 'end';

function One({
  pair,
  gives,
  known,
  consentDays,
  head,
}: {
  pair: Pair;
  gives: readonly string[];
  known: Answer['partners'];
  consentDays: number;
  head: string;
}) {
  const [doing, setDoing] = useState<Doing>();
  const close = (): void => setDoing(undefined);
  const { official, until, measures, ended, consented, contacts, can, person } = pair;
  const met = contacts.find((c) => c.contact === 'met');
  const review = pair.reviews.at(-1);
  const button = (what: Doing, words: string) => (
    <button type="button" className="small" onClick={() => setDoing(what)}>
      {words}
    </button>
  );
  return (
    <div className="pair">
      <p className="row">
        <strong>{t('{name}结对，同意到 {day}', { name: official.name, day: sayDate(until) })}</strong>
        <span className="far">{met === undefined ? t('还没见过') : t('{day}见过', { day: sayDate(met.on) })}</span>
        {person !== null && <span className="quiet">{t('主要帮{name}', { name: person })}</span>}
      </p>
      {ended !== null && (
        <p className="quiet">
          {t('{day}结束：{reason}', { day: sayDate(ended.on), reason: t(endReasonNames[ended.reason] as never) })}
          {ended.words !== '' && ` “${ended.words}”`}
        </p>
      )}
      {ended === null && !consented && <p className="late">{t('同意已经到期，先问清楚再续签，或者结束。')}</p>}
      {measures.length === 0 && ended === null && consented && (
        <p className="none">{t('还没有计划。先问他们缺什么，再写第一条。')}</p>
      )}
      {pair.partners.length > 0 && (
        <ul className="rows">
          {pair.partners.map((partner, place) => (
            <PartnerOf key={place} partner={partner} />
          ))}
        </ul>
      )}
      <ul className="rows">
        {measures.map((_, place) => (
          <Measure key={place} pair={pair} place={place} head={head} />
        ))}
      </ul>
      {review !== undefined && (
        <p className="quiet">{t('看过计划：{note}（{name}）', { note: review.note, name: review.name })}</p>
      )}
      {doing === undefined && can.length > 0 && (
        <p className="acts">
          {can.includes('pair.plan') && button('plan', t('加一条'))}
          {can.includes('pair.join') && button('join', t('请公司、基地一起帮'))}
          {can.includes('pair.leave') && button('leave', t('有一家不参加了'))}
          {pair.mine && ended === null && button('show', t('给他们看'))}
          {can.includes('pair.renew') && button('renew', t('续签'))}
          {can.includes('pair.take-over') && button('take-over', t('我来接手'))}
          {can.includes('pair.end') && button('end', t('结束'))}
        </p>
      )}
      {doing === 'plan' && <Plan pair={pair} gives={gives} head={head} onDone={close} />}
      {doing === 'join' && <Join pair={pair} known={known} head={head} onDone={close} />}
      {doing === 'leave' && <Leave pair={pair} head={head} onDone={close} />}
      {doing === 'show' && <Show pair={pair.id} onClose={close} />}
      {doing === 'renew' && (
        <Consent
          signers={pair.signers}
          longest={consentDays}
          head={head}
          onSigned={(consent) =>
            hand('pair.renew', pair.id, consent, t('{head}家：{what}', { head, what: t('续签') }), t('记下了。'))
          }
          onClose={close}
        />
      )}
      {doing === 'take-over' && (
        <Consent
          signers={pair.signers}
          longest={consentDays}
          head={head}
          extra={<p className="quiet">{t('计划照旧，以后由您来办。')}</p>}
          onSigned={(consent) =>
            hand(
              'pair.take-over',
              pair.id,
              consent,
              t('{head}家：{what}', { head, what: t('接手结对') }),
              t('接过来了。'),
            )
          }
          onClose={close}
        />
      )}
      {doing === 'end' && <End pair={pair} head={head} onDone={close} />}
    </div>
  );
}

function Measure({ pair, place, head }: { pair: Pair; place: number; head: string }) {
  const { partner, what, give, by, done, said, overdue } = pair.measures[place]!;
  const [doing, setDoing] = useState<'do' | 'say'>();
  const [words, setWords] = useState('');
  const [who, setWho] = useState(pair.signers.length === 1 ? pair.signers[0]!.id : undefined);
  const [glass, setGlass] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const title = t('{head}家：{what}', { head, what });
  const finish = (why: string | undefined): void => {
    setBusy(false);
    setGlass(false);
    setTrouble(why);
    if (why === undefined) {
      setDoing(undefined);
      setWords('');
    }
  };
  const did = async (): Promise<void> => {
    if (words.trim().length < 2) return setTrouble(t('请写一句。'));
    finish(await hand('pair.do', pair.id, { measure: place, how: words.trim() }, title, t('记下了。')));
  };
  const said_ = async (signature: string): Promise<void> => {
    setBusy(true);
    finish(
      await hand(
        'pair.say',
        pair.id,
        { measure: place, words: words.trim(), by: who!, signature },
        title,
        t('记下了。'),
      ),
    );
  };
  return (
    <li className="row">
      <strong>{what}</strong>
      <span className={overdue ? 'late' : 'own'}>
        {done !== null
          ? ''
          : overdue
            ? t('过期 {n} 天', { n: Math.round((Date.parse(today()) - Date.parse(by)) / 86_400_000) })
            : t('{day}前', { day: sayDate(by) })}
      </span>
      <p className="quiet">{partner === null ? give : t('{give}，由{name}来办', { give, name: partner })}</p>
      {done !== null && <p>{t('{day}办了：{how}', { day: sayDate(done.on), how: done.how })}</p>}
      {said !== null && <p className="yes">{t('他们说：{words}', { words: said.words })}</p>}
      {doing === undefined && pair.mine && pair.consented && (
        <p className="acts">
          {done === null && pair.can.includes('pair.do') && (
            <button type="button" className="small" onClick={() => setDoing('do')}>
              {t('办了')}
            </button>
          )}
          {done !== null && said === null && (
            <button type="button" className="small" onClick={() => setDoing('say')}>
              {t('请他们说')}
            </button>
          )}
        </p>
      )}
      {doing !== undefined && (
        <div className="inline">
          {doing === 'say' && pair.signers.length > 1 && (
            <Chips
              label={t('谁来签')}
              of={pair.signers.map((s) => [s.id, s.name] as const)}
              chosen={who}
              onChoose={setWho}
            />
          )}
          <input
            autoFocus
            aria-label={doing === 'do' ? t('怎么办的，一句话') : t('他们怎么说，按原话')}
            placeholder={doing === 'do' ? t('怎么办的，一句话') : t('他们怎么说，按原话')}
            value={words}
            onChange={(e) => setWords(e.target.value)}
          />
          <Fault text={trouble} />
          <p className="acts">
            {doing === 'do' ? (
              <button type="button" className="small strong" onClick={() => void did()}>
                {t('记下')}
              </button>
            ) : (
              <button
                type="button"
                className="small strong"
                disabled={who === undefined}
                onClick={() => (words.trim().length < 2 ? setTrouble(t('请写一句。')) : setGlass(true))}
              >
                {t('请他们签字')}
              </button>
            )}
            <button type="button" className="small" onClick={() => setDoing(undefined)}>
              {t('算了')}
            </button>
          </p>
        </div>
      )}
      {glass && (
        <GlassOver
          who={pair.signers.find((s) => s.id === who)?.name ?? head}
          busy={busy}
          trouble={trouble}
          onClose={() => setGlass(false)}
          onDone={(strokes) => void said_(strokes)}
        />
      )}
    </li>
  );
}

function Plan({ pair, gives, head, onDone }: { pair: Pair; gives: readonly string[]; head: string; onDone(): void }) {
  const [give, setGive] = useState(gives[0]!);
  const [what, setWhat] = useState('');
  const [by, setBy] = useState(inDays(14));
  const [partner, setPartner] = useState<number>();
  const there = helping(pair);
  const add = async (): Promise<string | undefined> => {
    if (what.trim().length < 2) return t('请写一句。');
    const measures = [{ give, what: what.trim(), by, ...(partner === undefined ? {} : { partner }) }];
    return await hand(
      'pair.plan',
      pair.id,
      { measures },
      t('{head}家：{what}', { head, what: what.trim() }),
      t('记下了。'),
    );
  };
  return (
    <Asking verb={t('记下')} give={add} onDone={onDone}>
      <Chips label={t('结对帮扶')} of={gives.map((name) => [name, name] as const)} chosen={give} onChoose={setGive} />
      <input
        autoFocus
        aria-label={t('做什么')}
        placeholder={t('做什么')}
        value={what}
        onChange={(e) => setWhat(e.target.value)}
      />
      {there.length > 0 && (
        <div className="field">
          <span>{t('谁来办')}</span>
          <Chips label={t('谁来办')} of={[[undefined, t('我来办')], ...there]} chosen={partner} onChoose={setPartner} />
        </div>
      )}
      <label className="field">
        <span>{t('什么时候以前')}</span>
        <input type="date" min={today()} value={by} onChange={(e) => e.target.value !== '' && setBy(e.target.value)} />
      </label>
    </Asking>
  );
}

/** A firm, a base or an association that helps along, or did. */
const PartnerOf = ({ partner: { sort, name, does, left } }: { partner: Pair['partners'][number] }) => (
  <li className="row">
    <strong>{name}</strong>
    <span className="far">{t(partnerSortNames[sort] as never)}</span>
    <p className="quiet">{does}</p>
    {left !== null && (
      <p className="quiet">
        {left.asked
          ? t('{day}这家人说不要它参加了', { day: sayDate(left.on) })
          : t('{day}起不参加了：{words}', { day: sayDate(left.on), words: left.words })}
      </p>
    )}
  </li>
);

/** One of those that help along does so no longer. */
function Leave({ pair, head, onDone }: { pair: Pair; head: string; onDone(): void }) {
  const there = helping(pair);
  const [partner, setPartner] = useState(there.length === 1 ? there[0]![0] : undefined);
  const [words, setWords] = useState('');
  const leave = async (): Promise<string | undefined> =>
    partner === undefined
      ? t('请点一下是哪一家。')
      : await hand(
          'pair.leave',
          pair.id,
          { partner, words: words.trim() },
          t('{head}家：{what}', { head, what: pair.partners[partner]!.name }),
          t('记下了。'),
        );
  return (
    <Asking verb={t('记下')} give={leave} onDone={onDone}>
      <Chips label={t('有一家不参加了')} of={there} chosen={partner} onChoose={setPartner} />
      <input
        aria-label={t('为什么不参加了')}
        placeholder={t('为什么不参加了')}
        value={words}
        onChange={(e) => setWords(e.target.value)}
      />
    </Asking>
  );
}

/** Asks a firm, a base or an association in: who it is, what it does for this household, and the household's hand. */
function Join({ pair, known, head, onDone }: { pair: Pair; known: Answer['partners']; head: string; onDone(): void }) {
  const [sort, setSort] = useState<PartnerSort>('firm');
  const [name, setName] = useState('');
  const [does, setDoes] = useState('');
  const offered = known.filter((k) => !pair.partners.some((p) => p.left === null && p.name === k.name));
  return (
    <Consent
      signers={pair.signers}
      head={head}
      ready={() => (name.trim().length < 2 || does.trim().length < 2 ? t('请写清是哪一家、帮这家做什么。') : undefined)}
      extra={
        <>
          {offered.length > 0 && (
            <div className="chips" role="group" aria-label={t('别的结对里有的')}>
              {offered.map((k) => (
                <button
                  key={`${k.sort} ${k.name}`}
                  type="button"
                  aria-pressed={k.sort === sort && k.name === name}
                  onClick={() => {
                    setSort(k.sort);
                    setName(k.name);
                    setDoes(k.does);
                  }}
                >
                  {k.name}
                </button>
              ))}
            </div>
          )}
          <Chips
            label={t('哪一种')}
            of={(Object.keys(partnerSortNames) as PartnerSort[]).map(
              (key) => [key, t(partnerSortNames[key] as never)] as const,
            )}
            chosen={sort}
            onChoose={setSort}
          />
          <label className="field">
            <span>{t('名称')}</span>
            <input value={name} onChange={(e) => setName(e.target.value)} />
          </label>
          <label className="field">
            <span>{t('帮这家做什么')}</span>
            <input value={does} placeholder={t('供苗、教技术、包收')} onChange={(e) => setDoes(e.target.value)} />
          </label>
        </>
      }
      onSigned={({ by, signature }) =>
        hand(
          'pair.join',
          pair.id,
          { sort, name: name.trim(), does: does.trim(), by, signature },
          t('{head}家：{what}', { head, what: name.trim() }),
          t('记下了。'),
        )
      }
      onClose={onDone}
    />
  );
}

function Show({ pair, onClose }: { pair: string; onClose(): void }) {
  const link = useQuery({
    queryKey: ['link', 'pair', pair],
    queryFn: async ({ signal }) => {
      const { url } = await ask<{ url: string }>('GET /api/pairs/:id/link', { params: { id: pair }, signal });
      const { default: qr } = await import('qrcode');
      return await qr.toString(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 1 });
    },
  });
  return (
    <div className="asking">
      {link.data === undefined ? <Waiting lines={3} /> : <Drawing svg={link.data} name={t('给他们看')} />}
      <p className="quiet">{t('他们用手机扫，看得到每一条，也可以自己说有没有用。')}</p>
      <p className="acts">
        <button type="button" className="small" onClick={onClose}>
          {t('算了')}
        </button>
      </p>
    </div>
  );
}

function End({ pair, head, onDone }: { pair: Pair; head: string; onDone(): void }) {
  const [reason, setReason] = useState<EndReason>('reached');
  const [words, setWords] = useState('');
  const end = (): Promise<string | undefined> =>
    hand(
      'pair.end',
      pair.id,
      { reason, words: words.trim() },
      t('{head}家：{what}', { head, what: t('结束') }),
      t('记下了。'),
    );
  return (
    <Asking verb={t('结束结对')} give={end} onDone={onDone}>
      <Chips
        label={t('为什么结束')}
        of={(Object.keys(endReasonNames) as EndReason[]).map((key) => [key, t(endReasonNames[key] as never)] as const)}
        chosen={reason}
        onChoose={setReason}
      />
      <input
        aria-label={t('想补充的（可以不写）')}
        placeholder={t('想补充的（可以不写）')}
        value={words}
        onChange={(e) => setWords(e.target.value)}
      />
    </Asking>
  );
}
