import { readNumber } from '../matters/number.ts';

const DIGITS = '〇一二三四五六七八九';

/** A number as somebody writes or says it, with what stands around it taken off: 编号：qh２６１１－0482－3, 二六一一 零四八二 三. */
const plainOf = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/^(编号|单号|工单号?|NO\.?|№)/u, '')
    .replace(/[\s\-–—_.·:#、,，]/g, '')
    .replace(/零/g, '〇')
    .replace(/幺/g, '一')
    .replace(/[〇一二三四五六七八九]/g, (digit) => String(DIGITS.indexOf(digit)));

/**
 * The whole number that was meant, however it was spelt; undefined when it is none or its check digit does not fit.
 * @param prefix the county's letters, for numbers read out without them
 */
export function numberOf(typed: string, prefix: string): string | undefined {
  const plain = plainOf(typed);
  return readNumber(/^\d/.test(plain) ? prefix + plain : plain);
}

/** What has been typed of a number so far, as numbers begin; undefined when it is no beginning of one. */
export function numberStart(typed: string, prefix: string): string | undefined {
  const plain = plainOf(typed);
  if (/^\d{4,13}$/.test(plain)) return prefix + plain;
  return /^[A-Z]{1,4}\d{2,13}$/.test(plain) ? plain : undefined;
}
