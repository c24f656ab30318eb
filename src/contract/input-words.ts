import { z } from 'zod';

type Issue = Parameters<ReturnType<typeof z.locales.zhCN>['localeError']>[0];

const standard = z.locales.zhCN().localeError;
const counted = (origin: string): string =>
  origin === 'string' ? ' 个字' : origin === 'array' || origin === 'set' ? ' 项' : '';

/** What is wrong with an input, as one says it to the person who filled it in; the library's own sentence for the rest. */
function sayIssue(issue: Issue): ReturnType<typeof standard> {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? '还没有填' : standard(issue);
    case 'too_big':
      return counted(issue.origin) === ''
        ? `不能超过 ${issue.maximum}`
        : `最多 ${issue.maximum}${counted(issue.origin)}`;
    case 'too_small':
      return counted(issue.origin) === ''
        ? `不能少于 ${issue.minimum}`
        : issue.minimum === 1
          ? '还没有填'
          : `至少 ${issue.minimum}${counted(issue.origin)}`;
    case 'invalid_value':
      return '没有这个选项，请重新选';
    case 'invalid_format':
      return issue.format === 'uuid'
        ? '没有选对，请重新选'
        : issue.format === 'date'
          ? '日期写成 2026-11-17 这样'
          : standard(issue);
    default:
      return standard(issue);
  }
}

/** The locale every schema of the house speaks in: `z.config(inputWords)`. */
export const inputWords = { localeError: sayIssue };
