/**
 * Chance that can be repeated. Every thing of the county draws from a source of its own, named by what
 * it is, so that a household reads the same whichever part of the county is told around it.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** @param name what the chance is for, e.g. the seed, 'household' and its number */
  constructor(...name: readonly (string | number)[]) {
    let h1 = 0x9e3779b9;
    let h2 = 0x85ebca6b;
    let h3 = 0xc2b2ae35;
    const text = name.join('/');
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      h1 = Math.imul(h1 ^ c, 0x01000193);
      h2 = Math.imul(h2 ^ c, 0x5bd1e995) ^ (h1 >>> 13);
      h3 = Math.imul(h3 ^ c, 0x27d4eb2f) ^ (h2 >>> 15);
    }
    this.#a = h1;
    this.#b = h2;
    this.#c = h3;
    // The first outputs of similar names resemble each other; a dozen rounds drive them apart.
    for (let i = 0; i < 12; i++) this.#next();
  }

  /** The small fast counter generator sfc32: 32 random bits. */
  #next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** In [0, 1). */
  unit(): number {
    return this.#next() / 0x1_0000_0000;
  }

  /** A whole number from `low` to `high`, both possible. */
  between(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('nothing to pick from');
    return list[Math.floor(this.unit() * list.length)] as T;
  }

  weighted<T>(list: readonly (readonly [T, number])[]): T {
    let left = this.unit() * list.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of list) {
      left -= weight;
      if (left < 0) return value;
    }
    // Only rounding leads here; what has no weight is never drawn.
    return (list.findLast(([, weight]) => weight > 0) ?? this.pick(list))[0];
  }

  /** A count around `mean`, spread as independent arrivals are (Poisson, by Knuth's product). */
  arrivals(mean: number): number {
    const floor = Math.exp(-mean);
    let count = 0;
    for (let p = this.unit(); p > floor; p *= this.unit()) count++;
    return count;
  }

  /** A UUID of version 7 for a thing that came to be at `ms` (epoch milliseconds). */
  uuid(ms: number): string {
    const time = ms.toString(16).padStart(12, '0');
    const hex = (bits: number, digits: number): string =>
      (bits >>> (32 - digits * 4)).toString(16).padStart(digits, '0');
    const variant = '89ab'.charAt(this.#next() >>> 30);
    return (
      `${time.slice(0, 8)}-${time.slice(8)}-7${hex(this.#next(), 3)}` +
      `-${variant}${hex(this.#next(), 3)}-${hex(this.#next(), 6)}${hex(this.#next(), 6)}`
    );
  }
}

/** Cuts `total` into `parts` whole shares of at least `least`, uneven by chance, exact in sum. */
export const shares = (random: Random, total: number, parts: number, least: number): number[] => {
  const weights = Array.from({ length: parts }, () => 0.6 + random.unit() * 0.8);
  const sum = weights.reduce((a, b) => a + b, 0);
  const spare = total - least * parts;
  const cut = weights.map((w) => least + Math.floor((spare * w) / sum));
  let missing = total - cut.reduce((a, b) => a + b, 0);
  for (let i = 0; missing > 0; i = (i + 1) % parts, missing--) cut[i] = (cut[i] ?? 0) + 1;
  return cut;
};
