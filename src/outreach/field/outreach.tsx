import { useState } from 'react';
import { Foot, Part, Segments, To, Top } from '../../app/field/parts.tsx';
import { Line, Sheet, handOver } from '../../app/field/sheet.tsx';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { type Whole, forms, useOutreach } from './answers.ts';
import { t } from './english.ts';

/** One outreach in the hand: where to be, who booked, and one thing after another taken down. */
export function OutreachScreen({ id }: { id: string }) {
  const found = useOutreach(id);
  const [writing, setWriting] = useState<'take' | 'conclude'>();
  if (found.data === undefined)
    return (
      <>
        <Top title={t('下访')} from="/field/outreach" />
        {found.isError ? <Trouble error={found.error} again={() => void found.refetch()} /> : <Waiting />}
      </>
    );
  const one = found.data;
  const close = (): void => setWriting(undefined);
  const can = (kind: string): boolean => one.can.includes(kind as never);
  return (
    <>
      <Top title={one.about} from="/field/outreach" />
      {writing === 'take' ? (
        <Take one={one} onClose={close} />
      ) : writing === 'conclude' ? (
        <Conclude one={one} onClose={close} />
      ) : (
        <>
          <Facts one={one} />
          {(can('outreach.take') || can('outreach.conclude')) && (
            <Foot>
              {can('outreach.conclude') && (
                <button type="button" className="button aside" onClick={() => setWriting('conclude')}>
                  {t('写结果')}
                </button>
              )}
              {can('outreach.take') && (
                <button type="button" className="button" onClick={() => setWriting('take')}>
                  {t('记一件')}
                </button>
              )}
            </Foot>
          )}
        </>
      )}
    </>
  );
}

const Facts = ({ one }: { one: Whole }) => (
  <>
    <p className="lead">
      {sayDate(one.day)} {one.from}–{one.to} · {forms[one.form]}
      <br />
      {t('{place} {spot}', { place: one.place, spot: one.spot })}
      <br />
      {one.who.map((p) => p.name).join('、')}
    </p>
    {one.reason !== null && (
      <p className="lead">
        <em className={one.status === 'cancelled' ? 'late' : 'soon'}>
          {one.status === 'cancelled' ? t('已取消') : t('变动')}：{one.reason}
        </em>
      </p>
    )}
    {one.result !== null && (
      <Part title={t('结果')}>
        <p className="pad">{one.result}</p>
      </Part>
    )}
    {one.cases.length > 0 && (
      <Part title={t('带去的事')}>
        <ul className="rows">
          {one.cases.map((c) => (
            <li key={c.matter}>
              <To href={`/field/matter/${c.matter}`} className="row">
                <strong>{c.subject}</strong>
                {c.result !== null && <p>{c.result}</p>}
              </To>
            </li>
          ))}
        </ul>
      </Part>
    )}
    {one.form === 'reception' && (
      <Part title={t('约了的人')} note={t('看过的人会记下来。')}>
        {one.bookings.length === 0 ? (
          <p className="none">{t('还没有人约')}</p>
        ) : (
          <ul className="rows">
            {one.bookings.map((b) => (
              <li key={b.turn} className="row">
                <strong>
                  {t('{turn} 号', { turn: b.turn })} {b.name}
                </strong>
                <span className={b.taken ? 'yes' : 'quiet'}>
                  {b.taken ? t('已经说了') : b.phone === null ? b.number : <a href={`tel:${b.phone}`}>{b.phone}</a>}
                </span>
                {b.about !== null && <p>{b.about}</p>}
              </li>
            ))}
          </ul>
        )}
      </Part>
    )}
    {one.taken.length > 0 && (
      <Part title={t('收下的事')}>
        <ul className="rows">
          {one.taken.map((taken) => (
            <li key={taken.matter}>
              <To href={`/field/matter/${taken.matter}`} className="row">
                <strong>{taken.words}</strong>
                {taken.how !== null && (
                  <p className="quiet">
                    {t('当场办的')}：{taken.how}
                  </p>
                )}
              </To>
            </li>
          ))}
        </ul>
      </Part>
    )}
  </>
);

function Take({ one, onClose }: { one: Whole; onClose: () => void }) {
  const [turn, setTurn] = useState('');
  const [words, setWords] = useState('');
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [solved, setSolved] = useState('');
  const waiting = one.bookings.filter((b) => !b.taken);
  const save = async (): Promise<string | undefined> => {
    if (words.trim().length < 2) return t('请写下说了什么。');
    const given = { words: words.trim(), solved: solved.trim(), name: name.trim(), phone: phone.trim() };
    return await handOver(
      {
        kind: 'outreach.take',
        stream: one.id,
        title: `${one.about}：${t('记一件')}`,
        data: {
          words: given.words,
          ...(turn === '' ? {} : { turn: Number(turn) }),
          ...(given.solved === '' ? {} : { solved: given.solved }),
          ...(given.name === '' ? {} : { name: given.name }),
          ...(given.phone === '' ? {} : { phone: given.phone }),
        },
      },
      t('记下了，已上台账。'),
    );
  };
  return (
    <Sheet button={t('记下，上台账')} onSend={save} onClose={onClose}>
      {waiting.length > 0 && (
        <div className="field">
          <span>{t('谁说的')}</span>
          <Segments
            label={t('谁说的')}
            options={[
              ...waiting.map(
                (b) => [String(b.turn), `${t('{turn} 号', { turn: b.turn })} ${b.name ?? ''}`.trim()] as const,
              ),
              ['', t('没约的')] as const,
            ]}
            value={turn}
            onChange={setTurn}
          />
        </div>
      )}
      <Line label={t('说了什么')}>
        <textarea
          rows={4}
          value={words}
          placeholder={t('按原话写。可以用键盘上的话筒说。')}
          onChange={(event) => setWords(event.target.value)}
        />
      </Line>
      {turn === '' && (
        <>
          <Line label={t('怎么称呼')} note={t('可以不填')}>
            <input value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />
          </Line>
          <Line label={t('电话')} note={t('可以不填')}>
            <input
              value={phone}
              type="tel"
              inputMode="tel"
              autoComplete="off"
              onChange={(event) => setPhone(event.target.value)}
            />
          </Line>
        </>
      )}
      <Line label={t('当场怎么办的')}>
        <textarea
          rows={2}
          value={solved}
          placeholder={t('没有就空着。办没办成，回访时听群众的。')}
          onChange={(event) => setSolved(event.target.value)}
        />
      </Line>
    </Sheet>
  );
}

function Conclude({ one, onClose }: { one: Whole; onClose: () => void }) {
  const [went, setWent] = useState<readonly string[]>(one.who.map((p) => p.id));
  const [absence, setAbsence] = useState('');
  const [result, setResult] = useState('');
  const [cases, setCases] = useState<Readonly<Record<string, string>>>({});
  const missing = one.who.some((p) => !went.includes(p.id));
  const save = (): Promise<string | undefined> =>
    handOver(
      {
        kind: 'outreach.conclude',
        stream: one.id,
        title: `${one.about}：${t('写结果')}`,
        data: {
          went: [...went],
          result: result.trim(),
          ...(absence.trim() === '' ? {} : { absence: absence.trim() }),
          cases: one.cases
            .map(({ matter }) => ({ matter, result: (cases[matter] ?? '').trim() }))
            .filter((c) => c.result !== ''),
        },
      },
      t('记下了。'),
    );
  return (
    <Sheet button={t('写下来，算去过了')} onSend={save} onClose={onClose}>
      <div className="field">
        <span>{t('谁去了')}</span>
        <div className="chips" role="group" aria-label={t('谁去了')}>
          {one.who.map((p) => (
            <button
              key={p.id}
              type="button"
              aria-pressed={went.includes(p.id)}
              onClick={() => setWent(went.includes(p.id) ? went.filter((id) => id !== p.id) : [...went, p.id])}
            >
              {p.name}
            </button>
          ))}
        </div>
      </div>
      {missing && (
        <Line label={t('有人没去：为什么，谁代替')}>
          <input value={absence} onChange={(event) => setAbsence(event.target.value)} />
        </Line>
      )}
      <Line label={t('这一次怎么样')}>
        <textarea rows={3} value={result} onChange={(event) => setResult(event.target.value)} />
      </Line>
      {one.cases.map((c) => (
        <Line key={c.matter} label={t('“{subject}”怎么样了', { subject: c.subject ?? '' })}>
          <textarea
            rows={2}
            value={cases[c.matter] ?? ''}
            onChange={(event) => setCases({ ...cases, [c.matter]: event.target.value })}
          />
        </Line>
      ))}
    </Sheet>
  );
}
