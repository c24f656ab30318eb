const DIGITS = '零一二三四五六七八九';
const SPOKEN = /[一二三四五六七八九]?十[一二三四五六七八九]?|[零一二三四五六七八九]/g;

/** 十二组 as 12组, so that what is counted in words follows in the order of its numbers. */
export const counted = (words: string): string =>
  words.replace(SPOKEN, (number) => {
    const [tens, ones] = number.includes('十') ? number.split('十') : ['零', number];
    return String((tens === '' ? 1 : DIGITS.indexOf(tens!)) * 10 + (ones === '' ? 0 : DIGITS.indexOf(ones!)));
  });

const collator = new Intl.Collator('zh-CN', { numeric: true });

/** Names as a person puts them in order: by pinyin, numbers by what they count, 第二 before 第十. */
export const inOrder = (a: string, b: string): number => collator.compare(counted(a), counted(b));
