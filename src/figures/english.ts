import { sayingBy } from '../language/saying.ts';

/** What the figures say of themselves, in English, by the Chinese. Printed ledgers and bulletins are Chinese, as is their form. */
export const t = sayingBy({
  '天数是从登记到首次答复的实际经过时间，按每 24 小时一天计，带小数；超过 15 天指经过时间大于 15×24 小时，恰好 15 天不算。':
    'Days are the time from registration to the first answer, 24 hours a day, with decimals; “more than 15 days” is more than 15×24 hours, 15 days sharp is not.',
  '除存量外，都只数所选日期内登记的诉求；“有答复”“已办结”“已销号”按现在的情况计，重开的不算已销号。':
    'All but the stock counts matters registered in the chosen days only; answered, resolved and closed as they stand now; reopened is not closed.',
  '期末存量是到所选末日为止登记、当时还没有销号的全部诉求，不论哪天登记；后来重开的按一直没有销号计。':
    'The stock at the end is every matter registered by the last chosen day and not closed then, whenever registered; reopened later counts as never closed.',
  '“还没有答复”的等待时间从登记算到现在。': 'Who has no answer yet has waited since registration until now.',
  '评分 1 至 5 分，4 分以上为满意；不足 5 人评分时不公布结果，以免猜出是谁评的。':
    'Ratings go from 1 to 5, 4 and more is satisfied; with fewer than 5 ratings none is told, so that nobody’s can be guessed.',
  '（已撤销）': '(dissolved)',
  未分类: 'not classified',
  未写明乡镇: 'township not given',
});
