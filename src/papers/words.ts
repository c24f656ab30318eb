const inChinese = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
/** 一 … 九十九, for the order of a paper's headings. */
export const inOrder = (n: number): string =>
  n <= 10
    ? inChinese[n - 1]!
    : `${n >= 20 ? inChinese[Math.floor(n / 10) - 1] : ''}十${n % 10 === 0 ? '' : inChinese[(n % 10) - 1]}`;
