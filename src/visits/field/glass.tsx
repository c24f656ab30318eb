import { useEffect, useRef, useState } from 'react';
import SignaturePad from 'signature_pad';
import { Over } from '../../app/field/parts.tsx';
import { type Drawing, isSignature, onto, pack } from './strokes.ts';
import { t } from './english.ts';

/** The whole screen as a sheet of paper. Turned sideways it is a longer one; what was written stays. */
export function Glass({
  who,
  busy,
  trouble,
  onDone,
  onClose,
}: {
  who: string;
  busy: boolean;
  trouble: string | undefined;
  onDone(strokes: string): void;
  onClose(): void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad>(null);
  const [written, setWritten] = useState(false);
  const [fault, setFault] = useState<string>();

  useEffect(() => {
    const sheet = canvas.current!;
    const made = new SignaturePad(sheet, { minWidth: 1.6, maxWidth: 4.5, minDistance: 2, penColor: '#1f2328' });
    pad.current = made;
    const fit = (): void => {
      const { clientWidth: width, clientHeight: height } = sheet;
      const ratio = Math.max(devicePixelRatio, 1);
      const drawn = made.toData();
      const move = onto(
        drawn.map((group) => group.points),
        { width, height },
      );
      const kept = drawn.map((group) => ({ ...group, points: group.points.map((p) => ({ ...p, ...move(p) })) }));
      sheet.width = width * ratio;
      sheet.height = height * ratio;
      sheet.getContext('2d')!.scale(ratio, ratio);
      made.fromData(kept);
    };
    const ended = (): void => setWritten(!made.isEmpty());
    const watch = new ResizeObserver(fit);
    watch.observe(sheet);
    made.addEventListener('endStroke', ended);
    return () => {
      watch.disconnect();
      made.removeEventListener('endStroke', ended);
      made.off();
    };
  }, []);

  const undo = (): void => {
    pad.current!.fromData(pad.current!.toData().slice(0, -1));
    setWritten(!pad.current!.isEmpty());
  };
  const clear = (): void => {
    pad.current!.clear();
    setWritten(false);
  };
  const finish = (): void => {
    const { clientWidth: width, clientHeight: height } = canvas.current!;
    const drawn: Drawing = {
      width,
      height,
      strokes: pad.current!.toData().map((group) => group.points.map(({ x, y }) => ({ x, y }))),
    };
    if (!isSignature(drawn)) return setFault(t('还看不出是签名，请写下名字。'));
    const strokes = pack(drawn);
    if (strokes === undefined) return setFault(t('写得太密，存不下。请清掉重写一次。'));
    setFault(undefined);
    onDone(strokes);
  };

  return (
    <Over className="glass" label={t('请{who}签字', { who })} onClose={onClose}>
      <header>
        <button type="button" className="small" onClick={onClose}>
          {t('返回')}
        </button>
        <b>{t('请{who}在这里签名', { who })}</b>
        <span className="turn">{t('横过来更好写')}</span>
      </header>
      <div className="sheet">
        <canvas ref={canvas} aria-label={t('签名的地方')} />
        {!written && <i aria-hidden="true" />}
      </div>
      {(fault ?? trouble) !== undefined && (
        <p className="bad" role="alert">
          {fault ?? trouble}
        </p>
      )}
      <footer>
        <button type="button" className="button second" disabled={!written} onClick={clear}>
          {t('清掉')}
        </button>
        <button type="button" className="button second" disabled={!written} onClick={undo}>
          {t('退一笔')}
        </button>
        <button type="button" className="button" disabled={!written || busy} onClick={finish}>
          {busy ? t('正在保存') : t('签好了')}
        </button>
      </footer>
    </Over>
  );
}
