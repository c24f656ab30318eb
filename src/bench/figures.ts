/** What a benchmark reports: one flat or nested JSON object. */
export type Report = Readonly<Record<string, unknown>>;

export interface Bench {
  /** @param quick a tenth of the work, for trying it out */
  run(quick: boolean): Promise<Report>;
}

/** The smallest value that at least this share of the values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('a percentile of nothing');
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/** Rounded to so many decimals: figures of one run are not more exact than that. */
export const round = (value: number, decimals = 2): number => Number(value.toFixed(decimals));

export const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Seconds a job takes. */
export async function timed<T>(job: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const began = performance.now();
  const result = await job();
  return { seconds: (performance.now() - began) / 1000, result };
}
