import { useRef, useState } from 'react';
import { useDraft } from '../../app/field/drafts.ts';
import { type Item, outbox } from '../../app/field/outbox.ts';
import { Fault, Foot, Segments } from '../../app/field/parts.tsx';
import { go } from '../../app/field/place.ts';
import { newId } from '../../app/ui/client.ts';
import { hereAt, rightNow, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import type { Contact, VisitCommand } from '../model.ts';
import { today } from './answers.ts';
import { Explained } from './explained.tsx';
import { PromisesOf } from './promises.tsx';
import { promiseDays } from './words.ts';
import { useSigners } from './sign.tsx';
import { t } from './english.ts';

type Recording = Extract<VisitCommand, { kind: 'visit.record' }>;
interface PromiseLine {
  readonly what: string;
  readonly by: string;
}
interface Draft {
  readonly contact: Contact | undefined;
  readonly note: string;
  readonly needs: readonly string[];
  readonly promises: readonly PromiseLine[];
  /** Policies explained, by their ids. */
  readonly explained: readonly string[];
  /** When the writing began (ms), to know how long it takes; stays on the device. */
  readonly started: number;
  /** When they met, where it was not just now: 2026-11-17T09:30. */
  readonly metAt: string;
}

const begin = (contact?: Contact): Draft => ({
  contact,
  note: '',
  needs: [],
  promises: [],
  explained: [],
  started: Date.now(),
  metAt: '',
});

/** As the form shows it, what was sent before and came back. */
function draftOf({ data }: Item): Draft {
  const { contact, note, needs, promises, metAt, explained = [] } = data as unknown as Recording;
  return { ...begin(contact), note, needs: needs.map((n) => n.words), promises, explained, metAt: hereAt(metAt) };
}

/** Longer than this nobody is kept waiting with the household looking on; the rest goes up by itself. */
const PATIENCE_MS = 5_000;
/** From here on a wait is felt as one, and said. */
const SEEN_MS = 150;
const LOCAL_OFFSET = '+08:00';

interface Props {
  readonly official: string;
  readonly household: string;
  readonly head: string;
  readonly mend: Item | undefined;
  readonly phone: boolean;
}

/** The note of one visit. Whom, what was said, what is to be done, what was promised: then it goes to be signed. */
export function WriteForm({ official, household, head, mend, phone }: Props) {
  const of = mend?.id ?? household;
  const { draft, change, done } = useDraft(official, of, () =>
    mend === undefined ? begin(phone ? 'phone' : undefined) : draftOf(mend),
  );
  const [trouble, setTrouble] = useState<string | undefined>(
    // Why it was refused there says nothing of another household.
    mend?.data['household'] === household ? mend?.why : undefined,
  );
  const [busy, setBusy] = useState(false);
  const { contact, note, needs, promises } = draft;
  const talked = contact === 'met' || contact === 'phone';
  useSigners(talked ? household : undefined);

  const saving = useRef(false);
  const save = async (): Promise<void> => {
    if (saving.current) return;
    const fault = faultOf(draft);
    if (fault !== undefined) return setTrouble(fault);
    saving.current = true;
    // Mostly it is kept before a word about it could be read; the form is not drawn again for that.
    const late = setTimeout(() => setBusy(true), SEEN_MS);
    try {
      await handOver();
    } finally {
      clearTimeout(late);
      setBusy(false);
      saving.current = false;
    }
  };
  const handOver = async (): Promise<void> => {
    setTrouble(undefined);
    const said = dataOf(household, draft);
    // When they met stays as it was to the second, unless somebody set it anew.
    const met = mend?.data['metAt'];
    const data = typeof met === 'string' && hereAt(met) === draft.metAt ? { ...said, metAt: met } : said;
    const title = t('{head}家：记一笔', { head });
    const visit = mend?.stream ?? newId();
    const sending =
      mend === undefined
        ? outbox.send({
            kind: 'visit.record',
            stream: visit,
            data,
            title,
            ...(draft.metAt === '' ? { clocked: ['metAt'] } : {}),
            seconds: Math.round((Date.now() - draft.started) / 1_000),
          })
        : outbox.mend(mend.id, { ...data }, undefined, title);
    const item = await Promise.race([
      sending,
      new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS)),
    ]);
    if (item?.state === 'refused') {
      // A refusal is mended here and now; only what was refused later waits in the list.
      if (mend !== undefined) {
        // The new attempt stands in the old one's place: from here on it is the one to mend.
        done();
        return go(`/field/write?mend=${item.id}`, { replace: true });
      }
      void outbox.drop(item.id);
      return setTrouble(item.why);
    }
    done();
    performance.measure(t('记一笔'), {
      start: Math.max(0, draft.started - performance.timeOrigin),
      end: performance.now(),
    });
    if (talked) return go(`/field/sign/${visit}`, { replace: true });
    tell(item?.state === 'accepted' ? t('记下了：没人在家，补访会排进名单。') : t('存在本机了，有信号就传。'));
    go('/field', { replace: true });
  };

  const contacts = (
    <Segments
      label={t('怎么联系的')}
      big
      options={[
        ['met', t('见到了')],
        ['phone', t('电话')],
        ['not-at-home', t('没人在家')],
      ]}
      value={contact}
      onChange={(chosen) => change({ contact: chosen })}
    />
  );
  if (contact === undefined) {
    return (
      <>
        <PromisesOf household={household} />
        <Foot>{contacts}</Foot>
      </>
    );
  }
  return (
    <form
      className="write"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {contacts}
      {talked ? (
        <>
          <label className="field">
            <span>{t('他们说了什么')}</span>
            <textarea
              rows={5}
              value={note}
              placeholder={t('按原话记。可以用键盘上的话筒说。')}
              onChange={(event) => change({ note: event.target.value })}
            />
          </label>
          <Lines needs={needs} onChange={(next) => change({ needs: next })} />
          <Promises promises={promises} onChange={(next) => change({ promises: next })} />
          <Explained chosen={draft.explained} onChange={(next) => change({ explained: next })} />
        </>
      ) : (
        <p className="say">{t('不用写别的。保存以后，这一家会排进补访。')}</p>
      )}
      <When value={draft.metAt} onChange={(metAt) => change({ metAt })} />
      <Fault text={trouble} />
      <Foot>
        <button type="submit" className="button" disabled={busy}>
          {busy ? t('正在保存') : talked ? t('保存，请他们签字') : t('保存')}
        </button>
      </Foot>
    </form>
  );
}

/** What keeps a note from being handed over, in a sentence. */
function faultOf({ contact, note, needs, promises, metAt }: Draft): string | undefined {
  if (metAt !== '' && Date.parse(metAt + LOCAL_OFFSET) > rightNow()) return t('时间不能晚于现在。');
  if (contact === 'not-at-home') return undefined;
  if (note.trim() === '') return t('请写下他们说了什么，一句也行。');
  if (needs.some((need) => need.trim().length === 1)) return t('要办的事写得太短，请写成一句话。');
  if (promises.some(({ what }) => what.trim().length === 1)) return t('答应的事写得太短，请写成一句话。');
  if (promises.some(({ what, by }) => what.trim() !== '' && by === '')) return t('答应的事要定一个日子。');
  return undefined;
}

function dataOf(
  household: string,
  { contact, note, needs, promises, metAt, explained }: Draft,
): Omit<Recording, 'kind'> {
  const talked = contact !== 'not-at-home';
  return {
    household,
    contact: contact ?? 'met',
    note: talked ? note.trim() : '',
    needs: talked
      ? needs
          .map((words) => words.trim())
          .filter((words) => words !== '')
          .map((words) => ({ words }))
      : [],
    promises: talked
      ? promises.map(({ what, by }) => ({ what: what.trim(), by })).filter(({ what }) => what !== '')
      : [],
    metAt: (metAt === '' ? new Date() : new Date(metAt + LOCAL_OFFSET)).toISOString(),
    withWhom: [],
    ...(talked && explained.length > 0 ? { explained: [...explained] } : {}),
  };
}

function Lines({ needs, onChange }: { needs: readonly string[]; onChange(needs: readonly string[]): void }) {
  return (
    <fieldset className="lines">
      <legend>{t('要办的事')}</legend>
      {needs.map((need, i) => (
        <div key={i} className="entry">
          <input
            aria-label={t('要办的事，第 {n} 件', { n: i + 1 })}
            placeholder={t('一件事写一句')}
            value={need}
            autoFocus={need === ''}
            onChange={(event) => onChange(needs.with(i, event.target.value))}
          />
          <button
            type="button"
            className="off"
            aria-label={t('去掉这一件')}
            onClick={() => onChange(needs.toSpliced(i, 1))}
          >
            ×
          </button>
        </div>
      ))}
      <button type="button" className="add" onClick={() => onChange([...needs, ''])}>
        {needs.length === 0 ? t('加一件要办的事') : t('再加一件')}
      </button>
    </fieldset>
  );
}

function Promises({
  promises,
  onChange,
}: {
  promises: readonly PromiseLine[];
  onChange(promises: readonly PromiseLine[]): void;
}) {
  const days = promiseDays(today());
  const put = (i: number, part: Partial<PromiseLine>): void => onChange(promises.with(i, { ...promises[i]!, ...part }));
  return (
    <fieldset className="lines">
      <legend>{t('我答应的')}</legend>
      {promises.map(({ what, by }, i) => (
        <div key={i} className="promise">
          <div className="entry">
            <input
              aria-label={t('答应的事，第 {n} 件', { n: i + 1 })}
              placeholder={t('答应做什么')}
              value={what}
              autoFocus={what === ''}
              onChange={(event) => put(i, { what: event.target.value })}
            />
            <button
              type="button"
              className="off"
              aria-label={t('去掉这一件')}
              onClick={() => onChange(promises.toSpliced(i, 1))}
            >
              ×
            </button>
          </div>
          <div className="chips" role="group" aria-label={t('什么时候以前')}>
            {days.map(({ name, day }) => (
              <button key={name} type="button" aria-pressed={by === day} onClick={() => put(i, { by: day })}>
                {name}
              </button>
            ))}
            <label className={days.some(({ day }) => day === by) || by === '' ? '' : 'on'}>
              <span>{days.some(({ day }) => day === by) || by === '' ? t('选日子') : sayDate(by)}</span>
              <input
                type="date"
                aria-label={t('选日子')}
                min={today()}
                value={by}
                onChange={(event) => put(i, { by: event.target.value })}
              />
            </label>
          </div>
        </div>
      ))}
      <button type="button" className="add" onClick={() => onChange([...promises, { what: '', by: days[1]!.day }])}>
        {promises.length === 0 ? t('加一件答应的事') : t('再加一件')}
      </button>
    </fieldset>
  );
}

/** Just now, unless it is written down later. */
const When = ({ value, onChange }: { value: string; onChange(value: string): void }) => (
  <label className="when-met">
    <span>{t('什么时候')}</span>
    {value === '' ? (
      <button type="button" className="small" onClick={() => onChange(nowHere())}>
        {t('刚刚（改）')}
      </button>
    ) : (
      <input type="datetime-local" value={value} max={nowHere()} onChange={(event) => onChange(event.target.value)} />
    )}
  </label>
);

const nowHere = (): string => hereAt(rightNow());
