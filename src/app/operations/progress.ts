const EVERY_MS = 500;

export interface Progress {
  /** So many are done; the total when it is known. */
  at(done: number, total?: number): void;
  end(): void;
}

/** A line on standard error that says how far it is: rows, rows a second, time left. Silent where nobody watches. */
export function progress(what: string, unit = '行'): Progress {
  const began = performance.now();
  const terminal = process.stderr.isTTY === true;
  let told = 0;
  let last: { done: number; total: number | undefined } = { done: 0, total: undefined };
  const text = (): string => {
    const seconds = Math.max((performance.now() - began) / 1000, 0.001);
    const rate = last.done / seconds;
    const { done, total } = last;
    const of = total === undefined ? '' : `/${total}`;
    const left =
      total === undefined || rate === 0 || total <= done ? '' : `，还要约 ${duration((total - done) / rate)}`;
    return `${what}：${done}${of} ${unit}，每秒 ${Math.round(rate)} ${unit}${left}`;
  };
  return {
    at(done, total) {
      last = { done, total };
      const now = performance.now();
      if (!terminal || now - told < EVERY_MS) return;
      told = now;
      process.stderr.write(`\r\u001b[K${text()}`);
    },
    end() {
      process.stderr.write(
        `${terminal ? '\r\u001b[K' : ''}${text()}，用时 ${duration((performance.now() - began) / 1000)}\n`,
      );
    },
  };
}

/** Seconds in words. */
const duration = (seconds: number): string =>
  seconds < 90
    ? `${Math.ceil(seconds)} 秒`
    : seconds < 5400
      ? `${Math.ceil(seconds / 60)} 分钟`
      : `${(seconds / 3600).toFixed(1)} 小时`;
