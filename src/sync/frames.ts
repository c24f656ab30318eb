/**
 * Frames of a stream: four bytes of length, then so many bytes. An empty frame ends it, so that a stream that broke off
 * is told from one that is complete.
 */
export function frame(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(4 + bytes.length);
  new DataView(out.buffer).setUint32(0, bytes.length);
  out.set(bytes, 4);
  return out;
}
export const END: Uint8Array = new Uint8Array(4);

/** The stream broke off before its end. */
class Broken extends Error {}

/** Reads frames as they come. @throws Broken when the stream ends without its last frame */
export async function* framesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  const take = (count: number): Uint8Array => {
    const out = new Uint8Array(count);
    let at = 0;
    while (at < count) {
      const first = held[0]!;
      const part = first.subarray(0, count - at);
      out.set(part, at);
      at += part.length;
      if (part.length === first.length) held.shift();
      else held[0] = first.subarray(part.length);
    }
    size -= count;
    return out;
  };
  let wanted: number | undefined;
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    held.push(chunk);
    size += chunk.length;
    for (;;) {
      if (wanted === undefined) {
        if (size < 4) break;
        const head = take(4);
        wanted = new DataView(head.buffer).getUint32(0);
        if (wanted === 0) return;
      }
      if (size < wanted) break;
      yield take(wanted);
      wanted = undefined;
    }
  }
  held = [];
  throw new Broken('the stream ended early');
}

/** 32 hexadecimal digits as an id. */
export const idAt = (hex: string, place: number): string => {
  const at = place * 32;
  return `${hex.slice(at, at + 8)}-${hex.slice(at + 8, at + 12)}-${hex.slice(at + 12, at + 16)}-${hex.slice(at + 16, at + 20)}-${hex.slice(at + 20, at + 32)}`;
};
export const idsIn = (hex: string): string[] => Array.from({ length: hex.length / 32 }, (_, i) => idAt(hex, i));
export const hexOf = (ids: readonly string[]): string => ids.map((id) => id.replaceAll('-', '')).join('');
