import { Fragment, type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Bell } from '../../notices/field/bell.tsx';
import { sayMoment } from '../ui/time.ts';
import { useStatus } from './engine.ts';
import { t } from './english.ts';
import { back, go, usePlace } from './place.ts';
import { isUnkept, unsent, useOutbox } from './outbox.ts';
import { useUpdate } from './update.ts';

/** A link within the room. */
export function To({
  href,
  className,
  label,
  here = false,
  children,
}: {
  href: string;
  className?: string;
  label?: string;
  here?: boolean;
  children: ReactNode;
}) {
  const onClick = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(href);
  };
  return (
    <a href={href} className={className} aria-label={label} aria-current={here ? 'page' : undefined} onClick={onClick}>
      {children}
    </a>
  );
}

/** The strip on top: where we are, the way back, and what this phone still holds. */
export function Top({ title, from, children }: { title: string; from?: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = t('{title} · 民情', { title });
  }, [title]);
  return (
    <>
      <header className="top">
        {from !== undefined && (
          <button type="button" className="back" aria-label={t('返回')} onClick={() => back(from)}>
            <Chevron />
          </button>
        )}
        <h1>{title}</h1>
        {children}
        {from === undefined && <Bell />}
        <Held />
      </header>
      <Strip />
    </>
  );
}

/** How this phone stands with the server, in one line that is always there. */
function Strip() {
  const { phase, online, contactAt, loading, complete, households, full, expired, warning, busy } = useStatus();
  // What is on its way is not sent yet: only a verdict is a verdict.
  const open = useOutbox().filter((item) => item.state !== 'accepted');
  const update = useUpdate();
  const place = usePlace();
  if (phase === 'opening') return null;
  const state =
    loading !== undefined
      ? t('正在把住户资料存到手机：{done}/{of} 户', loading)
      : !online
        ? t('没有网络')
        : busy
          ? t('正在核对')
          : '';
  const when = contactAt === undefined ? '' : t('{when} 对过', { when: sayMoment(new Date(contactAt).toISOString()) });
  // Where something waits, the count stands above.
  const held = open.length === 0 ? t('都传完了') : open.every((item) => item.busy) ? t('正在上传') : '';
  const unkept = open.filter(isUnkept).length;
  const trouble = full
    ? t('手机快存满了，请删些照片、视频腾地方。')
    : phase === 'closed'
      ? t('这台设备不能离线保存，请在有网的地方用。')
      : expired && !complete
        ? t('太久没有联网，手机上的住户资料已清除；没传完的还在。')
        : warning === 'own-only'
          ? t('户数太多，手机上只存您自己联系的。')
          : warning === 'many'
            ? t('手机上存了 {n} 户，偏多，可能会慢。', { n: households })
            : '';
  return (
    <div className="strip" role="status">
      <p>{[state, held, when].filter((part) => part !== '').join(' · ')}</p>
      {unkept > 0 ? (
        <p className="bad" role="alert">
          {t('手机存满了，有 {n} 件只在这一页里。别关这一页。', { n: unkept })}
          {place !== '/field/unsent' && (
            <To href="/field/unsent" className="small">
              {t('怎么办')}
            </To>
          )}
        </p>
      ) : (
        trouble !== '' && <p className={full ? 'bad' : undefined}>{trouble}</p>
      )}
      {update !== undefined && unkept === 0 && (
        <button type="button" onClick={update}>
          {t('新版本，点一下更新')}
        </button>
      )}
    </div>
  );
}

/** How many things are not with the server yet; always in sight while there are any. */
function Held() {
  const waiting = unsent(useOutbox());
  if (waiting.length === 0) return null;
  const refused = waiting.filter((item) => item.state === 'refused').length;
  const unkept = waiting.filter(isUnkept).length;
  return (
    <To href="/field/unsent" className={unkept + refused > 0 ? 'held refused' : 'held'}>
      {unkept > 0
        ? t('{n} 件没存住', { n: unkept })
        : refused > 0
          ? t('{n} 件被退回', { n: refused })
          : t('{n} 件存在本机', { n: waiting.length })}
    </To>
  );
}

const Chevron = () => (
  <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
    <path
      d="M15 5l-7 7 7 7"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

/** Facts side by side; a line breaks between two of them, not in the middle of a date or a name. */
export const Facts = ({ of }: { of: readonly (string | null | undefined)[] }) =>
  of
    .filter((fact) => fact !== null && fact !== undefined && fact !== '')
    .map((fact, i, { length }) => (
      <Fragment key={i}>
        <span className="fact">{i < length - 1 ? `${fact} ·` : fact}</span>
        {i < length - 1 && ' '}
      </Fragment>
    ));

/**
 * What comes late above a list: until it is there it takes the room that it took last time, and the list stays where the
 * thumb is on its way to.
 */
export function Steady({ name, pending, children }: { name: string; pending: boolean; children: ReactNode }) {
  const part = useRef<HTMLDivElement>(null);
  const kept = `minqing:tall:${name}`;
  useEffect(() => {
    if (part.current === null) return;
    // Told of its height when it is laid out; asked for it, the whole page would be laid out at once.
    const seen = new ResizeObserver(([one]) => localStorage.setItem(kept, String(Math.round(one!.contentRect.height))));
    seen.observe(part.current);
    return () => seen.disconnect();
  }, [kept, pending]);
  const [tall] = useState(() => Number(localStorage.getItem(kept) ?? 0));
  return pending ? (
    <div className={tall > 0 ? 'steady waiting' : 'steady'} aria-hidden="true" style={{ height: tall }}>
      {tall > 0 && (
        <>
          <i />
          <i />
        </>
      )}
    </div>
  ) : (
    <div className="steady" ref={part}>
      {children}
    </div>
  );
}

export const Part = ({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) => (
  <section className="part">
    <h2>
      {title}
      {note !== undefined && <small>{note}</small>}
    </h2>
    {children}
  </section>
);

/** One choice of a few, each as large as a thumb. */
export function Segments<T extends string>({
  label,
  options,
  value,
  onChange,
  big = false,
}: {
  label: string;
  options: readonly (readonly [T, string])[];
  value: T | undefined;
  onChange(value: T): void;
  big?: boolean;
}) {
  return (
    <div className={big ? 'segments big' : 'segments'} role="group" aria-label={label}>
      {options.map(([key, name]) => (
        <button key={key} type="button" aria-pressed={value === key} onClick={() => onChange(key)}>
          {name}
        </button>
      ))}
    </div>
  );
}

/** What the page is for, in reach of the thumb. */
export const Foot = ({ children }: { children: ReactNode }) => <div className="foot">{children}</div>;

/** Why it could not be done, brought into sight: the button is at the thumb, what is to be mended may be far from it. */
export function Fault({ text }: { text: string | undefined }) {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => line.current?.scrollIntoView({ block: 'nearest' }), [text]);
  return text === undefined ? null : (
    <p ref={line} className="bad" role="alert">
      {text}
    </p>
  );
}

/** Something that lies over the page until it is closed: by Escape, the way back, or a touch beside it. */
export function Over({
  label,
  className,
  onClose,
  children,
}: {
  label: string;
  className: string;
  onClose(): void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current!.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className={className}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      {children}
    </dialog>
  );
}

/** An SVG drawing as a picture; codes stay dark on white in every look. */
export const Drawing = ({ svg, name }: { svg: string; name: string }) => (
  <img className="drawing" alt={name} src={`data:image/svg+xml,${encodeURIComponent(svg)}`} />
);

/** A switch of the settings. */
export const Toggle = ({ name, on, onChange }: { name: string; on: boolean; onChange(on: boolean): void }) => (
  <button type="button" className="line" role="switch" aria-checked={on} onClick={() => onChange(!on)}>
    <span>{name}</span>
    <i className="toggle" aria-hidden="true" />
  </button>
);
