import { z } from 'zod';
import { language, sayingBy } from '../language/saying.ts';

type Issue = Parameters<ReturnType<typeof z.locales.zhCN>['localeError']>[0];

const standards = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError };
const standard = (issue: Issue): ReturnType<typeof standards.zh> => standards[language()](issue);

const t = sayingBy({
  还没有填: 'not filled in yet',
  '不能超过 {n}': 'no more than {n}',
  '不能少于 {n}': 'no less than {n}',
  '最多 {n} 个字': 'at most {n} {n|character|characters}',
  '至少 {n} 个字': 'at least {n} {n|character|characters}',
  '最多 {n} 项': 'at most {n} {n|item|items}',
  '至少 {n} 项': 'at least {n} {n|item|items}',
  '没有这个选项，请重新选': 'there is no such choice; choose again',
  '没有选对，请重新选': 'not chosen rightly; choose again',
  '日期写成 2026-11-17 这样': 'write the date like 2026-11-17',
});

const tooBig = (origin: string): Parameters<typeof t>[0] =>
  origin === 'string' ? '最多 {n} 个字' : origin === 'array' || origin === 'set' ? '最多 {n} 项' : '不能超过 {n}';
const tooSmall = (origin: string): Parameters<typeof t>[0] =>
  origin === 'string' ? '至少 {n} 个字' : origin === 'array' || origin === 'set' ? '至少 {n} 项' : '不能少于 {n}';

/** What is wrong with an input, as one says it to the person who filled it in; the library's own sentence for the rest. */
function sayIssue(issue: Issue): ReturnType<typeof standard> {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? t('还没有填') : standard(issue);
    case 'too_big':
      return t(tooBig(issue.origin), { n: Number(issue.maximum) });
    case 'too_small': {
      const sentence = tooSmall(issue.origin);
      return issue.minimum === 1 && sentence !== '不能少于 {n}'
        ? t('还没有填')
        : t(sentence, { n: Number(issue.minimum) });
    }
    case 'invalid_value':
      return t('没有这个选项，请重新选');
    case 'invalid_format':
      return issue.format === 'uuid'
        ? t('没有选对，请重新选')
        : issue.format === 'date'
          ? t('日期写成 2026-11-17 这样')
          : standard(issue);
    default:
      return standard(issue);
  }
}

/** The locale every schema of the house speaks in: `z.config(inputWords)`. */
export const inputWords = { localeError: sayIssue };
