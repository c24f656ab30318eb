import { type Refusal, refuse } from '../ledger/decider.ts';

/** No form of the house is deeper; what is would only cost its readers their stack. */
const DEEPEST = 40;

/**
 * Why a value sent from outside cannot be kept as it is, with the field at fault; undefined when it can.
 * PostgreSQL keeps neither the character NUL nor half of a surrogate pair, in no text and in no jsonb.
 * @param whole what the fault is called when it is not in a field of the value
 */
export function unstorable(value: unknown, whole: string): Refusal | undefined {
  // A list of what is still to look at, not recursion: the sender chooses the depth.
  const waiting: { value: unknown; path: readonly string[] }[] = [{ value, path: [] }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path } = next;
    if (typeof next.value === 'string') {
      if (!keeps(next.value)) return refuse('input.text', path.join('.') || whole);
      if (outOfTime(next.value)) return refuse('input.day', path.join('.') || whole);
    }
    if (next.value === null || typeof next.value !== 'object' || next.value instanceof File) continue;
    if (path.length >= DEEPEST) return refuse('input.deep', path[0] ?? whole);
    for (const [key, inner] of Object.entries(next.value)) {
      if (!keeps(key)) return refuse('input.text', path.join('.') || whole);
      waiting.push({ value: inner, path: [...path, key] });
    }
  }
  return undefined;
}

/** A day (or month, or instant) of a year no calendar here has; near the ends of time JavaScript and PostgreSQL part ways. */
const outOfTime = (text: string): boolean => /^(?!19|2\d)\d{4}-\d{2}(-\d{2}(T.*)?)?$/.test(text);

const keeps = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
