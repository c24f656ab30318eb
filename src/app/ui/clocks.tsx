import type { Remaining } from '../../calendar/explain.ts';
import type { rightedNames } from '../../register/model.ts';
import { sayDate, sayExactly } from './time.ts';
import { t } from './english.ts';

/** A clock as a record's page tells it. */
export interface ClockLike {
  readonly name: string;
  readonly startedAt: string;
  readonly stoppedAt: string | null;
  readonly due: string | null;
  readonly remaining: Remaining;
  readonly why: readonly string[];
}

/** A clock on one line, its why one click away. */
export const SmallClock = ({ clock }: { clock: ClockLike }) => (
  <details className="small-clock">
    <summary>
      <span>{clock.name}</span>{' '}
      <b
        className={clock.remaining.late ? 'late' : undefined}
        title={clock.due === null ? undefined : sayExactly(clock.due)}
      >
        {clock.due === null ? '' : sayDate(clock.due)}
      </b>{' '}
      <small className={clock.remaining.late ? 'late' : undefined}>{clock.remaining.text}</small>
    </summary>
    <ul>
      {clock.why.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  </details>
);

const rightedSaid: Record<keyof typeof rightedNames, string> = {
  corrected: t('已更正'),
  revoked: t('已撤销'),
  overruled: t('已改定'),
};

/** A document as a record's page tells it. */
export interface PaperLike {
  readonly name: string;
  readonly number: string;
  readonly on: string;
  readonly receivedOn: string | null;
  readonly righted?: keyof typeof rightedNames | null;
  readonly toUnit: string | null;
  readonly tries: readonly {
    readonly way: string;
    readonly on: string;
    readonly receiver: string | null;
    readonly witness: string | null;
    readonly tracking: string | null;
    readonly note: string | null;
  }[];
}

/** A document: its number, and how it came to the person; all tries one click away. */
export const PaperTries = ({ paper }: { paper: PaperLike }) => {
  const { name, number, on, receivedOn, righted = null, toUnit, tries } = paper;
  const over = righted === 'revoked' || righted === 'overruled';
  return (
    <details className="small-clock">
      <summary>
        {name} <small className="nowrap">{number}</small>{' '}
        {righted !== null && <small className="late">{rightedSaid[righted]} </small>}
        <small className={receivedOn === null && toUnit === null && !over ? 'soon' : undefined}>
          {receivedOn === null
            ? over
              ? ''
              : toUnit === null
                ? t('还没有送到')
                : t('等{unit}签收', { unit: toUnit })
            : t('{day}送达', { day: sayDate(receivedOn) })}
        </small>
      </summary>
      <ul>
        <li>{t('{day}出具', { day: sayDate(on) })}</li>
        {tries.map((one, n) => (
          <li key={n}>
            {[
              sayDate(one.on),
              one.way,
              one.receiver,
              one.witness === null ? null : t('见证人 {witness}', { witness: one.witness }),
              one.tracking,
              one.note,
            ]
              .filter((part) => part !== null)
              .join(t('，'))}
          </li>
        ))}
      </ul>
    </details>
  );
};
