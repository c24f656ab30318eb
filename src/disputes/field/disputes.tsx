import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FindPlace, type Place } from '../../app/field/find-place.tsx';
import { Foot, Part, Segments, To, Top } from '../../app/field/parts.tsx';
import { Line, Sheet, handOver } from '../../app/field/sheet.tsx';
import { ask } from '../../app/ui/ask.ts';
import { useMe } from '../../app/ui/me.ts';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt, rightNow, sayDate } from '../../app/ui/time.ts';
import { GlassOver } from '../../visits/field/glass-over.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { disputeRoutes } from '../api.ts';
import { t } from './english.ts';

type Mine = AnswerOf<(typeof disputeRoutes)['GET /api/sweeps/mine']>;
type Row = Mine['rows'][number];
type List = AnswerOf<(typeof disputeRoutes)['GET /api/disputes']>;
type Whole = AnswerOf<(typeof disputeRoutes)['GET /api/disputes/:id']>;

/** What my unit sweeps today, and the disputes it has in hand. */
export function DisputesScreen() {
  const [open, setOpen] = useState<{ id: string; what: 'find' | 'return' }>();
  const sweeps = useQuery({
    queryKey: ['sweeps', 'mine'],
    queryFn: ({ signal }) => ask<Mine>('GET /api/sweeps/mine', { signal }),
  });
  const disputes = useQuery({
    queryKey: ['disputes', 'mine'],
    queryFn: ({ signal }) => ask<List>('GET /api/disputes', { query: { mine: '1' }, signal }),
  });
  const row = sweeps.data?.rows.find(({ id }) => id === open?.id);
  const close = (): void => setOpen(undefined);
  if (row !== undefined && sweeps.data !== undefined)
    return (
      <>
        <Top title={row.name} from="/field/me" />
        {open?.what === 'find' ? (
          <Find mine={sweeps.data} row={row} onClose={close} />
        ) : (
          <Return row={row} onClose={close} />
        )}
      </>
    );
  const owed = sweeps.data?.rows.filter((r) => r.returnedOn === null) ?? [];
  return (
    <>
      <Top title={t('矛盾纠纷')} from="/field/me" />
      <Part title={t('要排查的')} note={t('没有发现也要报')}>
        {sweeps.isPending ? (
          <Waiting lines={3} />
        ) : sweeps.isError ? (
          <Trouble error={sweeps.error} again={() => void sweeps.refetch()} />
        ) : owed.length === 0 ? (
          <p className="none">{t('这几期都报了。')}</p>
        ) : (
          <ul className="rows">
            {owed.map((r) => (
              <li key={r.id} className="row">
                <strong>{r.name}</strong>
                <span className={r.late ? 'late' : 'quiet'}>{t('{day} 前报', { day: sayDate(r.due) })}</span>
                <p className="quiet">
                  {r.modeName} · {t('发现 {n} 件', { n: r.found })}
                </p>
                <p className="acts">
                  <button type="button" className="small strong" onClick={() => setOpen({ id: r.id, what: 'find' })}>
                    {t('记一件')}
                  </button>
                  <button type="button" className="small" onClick={() => setOpen({ id: r.id, what: 'return' })}>
                    {r.found === 0 ? t('报“没有发现”') : t('报这一期')}
                  </button>
                </p>
              </li>
            ))}
          </ul>
        )}
      </Part>
      <Part title={t('我们单位手上的')}>
        {disputes.isPending ? (
          <Waiting lines={4} />
        ) : disputes.isError ? (
          <Trouble error={disputes.error} again={() => void disputes.refetch()} />
        ) : disputes.data.rows.length === 0 ? (
          <p className="none">{t('没有。排查时发现的会到这里。')}</p>
        ) : (
          <ul className="rows">
            {disputes.data.rows.map((d) => (
              <li key={d.id}>
                <To href={`/field/disputes/${d.id}`} className="row pick">
                  <strong>{d.subject ?? t('（内容已按规定删除）')}</strong>
                  <span className={d.grade === 'urgent' ? 'late' : 'quiet'}>{d.gradeName}</span>
                  <p className="quiet">
                    {d.place} · {d.statusName} ·{' '}
                    <span className={d.late ? 'late' : undefined}>{t('{day} 前', { day: sayDate(d.due) })}</span>
                  </p>
                </To>
              </li>
            ))}
          </ul>
        )}
      </Part>
    </>
  );
}

function Return({ row, onClose }: { row: Row; onClose: () => void }) {
  const [looked, setLooked] = useState('');
  const save = async (): Promise<string | undefined> =>
    looked.trim().length < 4
      ? t('请写看了哪些地方，问了谁。')
      : await handOver(
          {
            kind: 'sweep.return',
            stream: row.id,
            title: `${row.modeName}：${row.name}`,
            data: { unit: row.unit, mode: row.mode, period: row.period, looked: looked.trim() },
          },
          t('报上去了。'),
        );
  return (
    <Sheet
      button={row.found === 0 ? t('报“没有发现”') : t('报这一期，共 {n} 件', { n: row.found })}
      onSend={save}
      onClose={onClose}
    >
      <Line label={t('看了哪些地方，问了谁')}>
        <textarea rows={5} value={looked} onChange={(event) => setLooked(event.target.value)} />
      </Line>
    </Sheet>
  );
}

/** A finding is mine to answer for unless it is handed on at the desk. */
function Find({ mine, row, onClose }: { mine: Mine; row: Row; onClose: () => void }) {
  const me = useMe();
  const [into, setInto] = useState<'dispute' | 'matter'>('dispute');
  const [about, setAbout] = useState<string>();
  const [subject, setSubject] = useState('');
  const [words, setWords] = useState('');
  const [place, setPlace] = useState<Place>({ id: row.area, name: row.areaName });
  const [finding, setFinding] = useState(false);
  const [signs, setSigns] = useState<readonly string[]>([]);
  const order = ['plain', 'watch', 'urgent'] as const;
  const grade =
    order[Math.max(0, ...mine.signs.filter((s) => signs.includes(s.id)).map((s) => order.indexOf(s.grade)))]!;
  const last = dayAt(rightNow() + mine.days[grade] * 86_400_000);
  const [due, setDue] = useState<string>();
  const day = due === undefined || due > last ? last : due;
  const save = async (): Promise<string | undefined> =>
    about === undefined
      ? t('请点是哪一类。')
      : subject.trim().length < 4 || words.trim().length < 4
        ? t('请写是什么事、什么情况。')
        : await handOver(
            {
              kind: 'sweep.find',
              stream: row.id,
              title: subject.trim(),
              data: {
                unit: row.unit,
                mode: row.mode,
                period: row.period,
                into,
                about,
                subject: subject.trim(),
                words: words.trim(),
                area: place.id,
                signs: [...signs],
                ...(into === 'matter' || me === undefined
                  ? {}
                  : { by: { unit: row.unit, person: me.official, due: day } }),
              },
            },
            t('记下了。'),
          );
  return (
    <Sheet button={into === 'dispute' ? t('记下，由我跟到底') : t('记下，转去派单')} onSend={save} onClose={onClose}>
      <Segments<'dispute' | 'matter'>
        label={t('是什么')}
        options={[
          ['dispute', t('人和人的纠纷')],
          ['matter', t('要单位办的事')],
        ]}
        value={into}
        onChange={setInto}
      />
      <div className="field">
        <span>{t('哪一类')}</span>
        <div className="chips" role="group" aria-label={t('哪一类')}>
          {mine.abouts.map(({ id, name }) => (
            <button key={id} type="button" aria-pressed={about === id} onClick={() => setAbout(id)}>
              {name}
            </button>
          ))}
        </div>
      </div>
      <Line label={t('什么事')} note={t('一句话，不写姓名')}>
        <input value={subject} onChange={(event) => setSubject(event.target.value)} />
      </Line>
      <Line label={t('情况')} note={t('只写事情，不写对人的看法')}>
        <textarea rows={4} value={words} onChange={(event) => setWords(event.target.value)} />
      </Line>
      <div className="field">
        <span>{t('在哪儿')}</span>
        {finding ? (
          <FindPlace
            placeholder={t('打村名、拼音或首字母')}
            onFound={(found) => {
              setPlace(found);
              setFinding(false);
            }}
          />
        ) : (
          <p className="acts">
            <b>{place.name}</b>
            <button type="button" className="small" onClick={() => setFinding(true)}>
              {t('换')}
            </button>
          </p>
        )}
      </div>
      <div className="field">
        <span>{t('有没有这些迹象')}</span>
        <div className="chips" role="group" aria-label={t('有没有这些迹象')}>
          {mine.signs.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              aria-pressed={signs.includes(id)}
              onClick={() => setSigns(signs.includes(id) ? signs.filter((s) => s !== id) : [...signs, id])}
            >
              {name}
            </button>
          ))}
        </div>
      </div>
      {into === 'dispute' && (
        <Line label={t('什么时候办结')} note={t('情况越急，日子越近')}>
          <input
            type="date"
            value={day}
            min={dayAt(rightNow())}
            max={last}
            onChange={(event) => setDue(event.target.value)}
          />
        </Line>
      )}
    </Sheet>
  );
}

/** A dispute in the hand: consent, signatures and what the other side says, signed on the glass where people sit. */
export function DisputeScreen({ id }: { id: string }) {
  const [writing, setWriting] = useState(false);
  const [glass, setGlass] = useState<{
    party: number;
    name: string;
    kind: 'consent' | 'sign' | 'term';
    term?: number;
  }>();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const found = useQuery({
    queryKey: ['disputes', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/disputes/:id', { params: { id }, signal }),
  });
  if (found.data === undefined)
    return (
      <>
        <Top title={t('矛盾纠纷')} from="/field/disputes" />
        {found.isError ? <Trouble error={found.error} again={() => void found.refetch()} /> : <Waiting />}
      </>
    );
  const one = found.data;
  const title = one.subject ?? t('（内容已按规定删除）');
  const sign = async (signature: string): Promise<void> => {
    if (glass === undefined) return;
    const { party, kind, term } = glass;
    setBusy(true);
    const why =
      kind === 'consent'
        ? await handOver(
            { kind: 'dispute.consent', stream: id, title, data: { party, agrees: true, signature } },
            t('同意了。'),
          )
        : kind === 'sign'
          ? await handOver({ kind: 'dispute.sign', stream: id, title, data: { party, signature } }, t('签好了。'))
          : await handOver(
              {
                kind: 'dispute.say-term',
                stream: id,
                title,
                data: { term: term!, party, done: true, words: '', signature },
              },
              t('记下了。'),
            );
    setBusy(false);
    setTrouble(why);
    if (why === undefined) setGlass(undefined);
    void found.refetch();
  };
  const m = one.mediation;
  const agreement = m?.agreement ?? null;
  return (
    <>
      <Top title={title} from="/field/disputes" />
      {writing ? (
        <Settle one={one} title={title} onClose={() => setWriting(false)} />
      ) : (
        <>
          <Part title={one.statusName} note={t('{day} 前', { day: sayDate(one.due) })}>
            <ul className="rows">
              <li className="row">
                <strong>{one.gradeName}</strong>
                <span className={one.grade === 'urgent' ? 'late' : 'quiet'}>
                  {one.signs.map((s) => s.name).join(t('、'))}
                </span>
                <p>{one.words}</p>
                <p className="quiet">
                  {one.place} {one.spot}
                </p>
              </li>
            </ul>
          </Part>
          {m !== null && (
            <Part title={m.typeName} note={t('调解员 {name}', { name: m.mediator })}>
              <ul className="rows">
                {m.parties.map((p) => (
                  <li key={p.party} className="row">
                    <strong>{p.name}</strong>
                    <span className={p.consents ? 'yes' : 'quiet'}>
                      {!p.consents ? t('还没有表态') : p.signed ? t('签了协议') : t('同意调解')}
                    </span>
                    {one.can.includes('dispute.consent') && !p.consents && (
                      <p className="acts">
                        <button
                          type="button"
                          className="small strong"
                          onClick={() => setGlass({ party: p.party, name: p.name ?? '', kind: 'consent' })}
                        >
                          {t('愿意调解，请签字')}
                        </button>
                      </p>
                    )}
                    {one.can.includes('dispute.sign') && p.consents && !p.signed && (
                      <p className="acts">
                        <button
                          type="button"
                          className="small strong"
                          onClick={() => setGlass({ party: p.party, name: p.name ?? '', kind: 'sign' })}
                        >
                          {t('念过协议，请签字')}
                        </button>
                      </p>
                    )}
                  </li>
                ))}
              </ul>
            </Part>
          )}
          {agreement !== null && m !== null && (
            <Part title={agreement.bound === null ? t('协议（还没有生效）') : t('协议')}>
              <ul className="rows">
                <li className="row">
                  <p>{agreement.facts}</p>
                </li>
                {agreement.terms.map((term) => (
                  <li key={term.place} className="row">
                    <strong>
                      {term.byName}：{term.what}
                    </strong>
                    <span className={term.late ? 'late' : 'quiet'}>{t('{day} 前', { day: sayDate(term.due) })}</span>
                    {agreement.bound !== null && (
                      <p className={term.state === 'confirmed' ? 'yes' : 'quiet'}>{term.stateName}</p>
                    )}
                    {one.can.includes('dispute.say-term') && (term.state === 'owed' || term.state === 'performed') && (
                      <p className="acts">
                        {m.parties
                          .filter((p) => p.party !== term.by)
                          .map((p) => (
                            <button
                              key={p.party}
                              type="button"
                              className="small"
                              onClick={() =>
                                setGlass({ party: p.party, name: p.name ?? '', kind: 'term', term: term.place })
                              }
                            >
                              {t('{name}说办到了，请签字', { name: p.name })}
                            </button>
                          ))}
                      </p>
                    )}
                  </li>
                ))}
              </ul>
            </Part>
          )}
          {one.can.includes('dispute.settle') && (
            <Foot>
              <button type="button" className="button" onClick={() => setWriting(true)}>
                {t('当场说好了')}
              </button>
            </Foot>
          )}
        </>
      )}
      {glass !== undefined && (
        <GlassOver
          who={glass.name}
          busy={busy}
          trouble={trouble}
          onClose={() => {
            setGlass(undefined);
            setTrouble(undefined);
          }}
          onDone={(strokes) => void sign(strokes)}
        />
      )}
    </>
  );
}

function Settle({ one, title, onClose }: { one: Whole; title: string; onClose: () => void }) {
  const [how, setHow] = useState('');
  const save = async (): Promise<string | undefined> =>
    how.trim().length < 4
      ? t('请写怎么说好的，双方怎么说。')
      : await handOver({ kind: 'dispute.settle', stream: one.id, title, data: { how: how.trim() } }, t('记下了。'));
  return (
    <Sheet button={t('记下，已化解')} onSend={save} onClose={onClose}>
      <Line label={t('怎么说好的，双方怎么说')}>
        <textarea rows={5} value={how} onChange={(event) => setHow(event.target.value)} />
      </Line>
    </Sheet>
  );
}
