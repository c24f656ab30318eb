import type { InEnglish, commonRefusals } from './refusals.ts';

export const commonInEnglish: InEnglish<typeof commonRefusals> = {
  'access.denied': 'Not found, or not yours to see. If you need it for your work, ask your unit’s administrator.',
  'access.sign-in': 'Please sign in first.',
  'ledger.conflict': 'Somebody has just changed this record. Reload, look at it again, then decide.',
  'ledger.id-taken': 'This command’s number is taken. Please send it once more.',
  'input.invalid': 'Something is not filled in rightly. Please mend what is pointed out.',
  'input.json': 'What was sent is not valid JSON. Please check it.',
  'input.form': 'The form arrived incomplete. Reload the page and send it again.',
  'input.text':
    'There are characters that cannot be kept (they often come with pasting). Remove them where shown and try again.',
  'input.day': 'The date is out of range: write one between 1900 and 2999.',
  'input.deep': 'What was sent is nested too deeply. Please make it simpler.',
  'input.too-large': 'What was sent is too large. Please make it smaller.',
  'limit.too-many': 'Too many requests. Please try again in a minute.',
  'route.unknown': 'There is no such address.',
  'server.error':
    'Something broke here and nothing was saved. Try again later; if it goes on, tell the administrator this number.',
};

/** What schemas say of a fault in their own words, by the Chinese; values stand at `{}`. */
export const faultsInEnglish: Readonly<Record<string, string>> = {
  '时间写成 08:30 这样': 'write the time like 08:30',
  '协办单位最多 12 个': 'at most 12 units help',
  要用的任务至少有一种证据算数: 'a duty in use needs at least one kind of evidence that counts',
  有一步重复了: 'a step stands there twice',
  结束要晚于开始: 'the end has to be later than the beginning',
  '没有“{}”这一栏，能用的有：{}': 'there is no field “{}”; there are: {}',
  大括号没有配好: 'the braces do not match',
  '邮箱写成 name@example.gov.cn 这样': 'write the address like name@example.gov.cn',
  // Going out
  至少选一条政策: 'choose at least one policy',
  写一句看到了什么: 'write a sentence on what was seen',
  '时间写成 09:00 这样': 'write the time like 09:00',
  至少选一个人: 'choose at least one person',
  '至少写 4 个字': 'write at least 4 characters',
  劳动种类重名了: 'two kinds of labour have the same name',
  '每一类要么按服务找，要么按年龄找': 'each group is found by service or by age, not both',
  // Time
  '日期应当写成 2026-11-17 这样': 'write the date like 2026-11-17',
  '时刻应当是 UTC 时间，例如 2026-11-17T01:30:00Z': 'write the instant in UTC, like 2026-11-17T01:30:00Z',
  '日期写成 2026-11-17 这样': 'write the date like 2026-11-17',
  要写明放假通知的名称和文号: 'name the holiday notice and its number',
  '{} 不在 {} 年内': '{} is not in the year {}',
  '{} 重复了': '{} stands there twice',
  '{} 有名称，却不在放假日里': '{} has a name but is no holiday',
  只有按天计算的时限才分自然日和工作日: 'only limits in days know calendar and working days',
  按小时计算的时限从当时起算: 'limits in hours count from the moment itself',
  '按小时计算的时限昼夜连续，不顺延': 'limits in hours run day and night and do not roll on',
  '按月计算的时限，开始的当天不算': 'limits in months do not count the first day',
  失效日期早于生效日期: 'it ends before it begins',
  要写明暂停的原因: 'say why the clock is paused',
  恢复时间早于暂停时间: 'it resumes before it was paused',
  要写明延期的原因: 'say why it is extended',
  延期的单位和时限的单位不相配: 'the extension’s unit does not fit the limit’s',
  '月份写成 2026-11 这样': 'write the month like 2026-11',
  '月份写成 2026-12 这样': 'write the month like 2026-12',
  // Catalogue
  编号只用小写字母和短横线: 'an id has small letters and hyphens only',
  '类别编号只用小写字母、数字和短横线': 'a category’s id has small letters, digits and hyphens only',
  '类别编号“{}”重复': 'category id “{}” stands there twice',
  '上级类别“{}”不存在': 'there is no category “{}” to stand under',
  '类别最多三级，且不能以自己的下级为上级': 'three levels at most, and none under itself',
  '下级类别的编号要以上级的“{}”开头': 'the id must begin with that of the category above, “{}”',
  '同一上级下有两个“{}”': 'two “{}” stand under the same category',
  单位类型只用小写字母和短横线: 'a kind of unit has small letters and hyphens only',
  '同一类别、层级和地区有两条规则': 'two rules for the same category, level and area',
  // Duties
  固定日子只能用在按天计算的任务里: 'fixed days go with duties counted in days only',
  每天的任务不用再定固定日子: 'a duty of every day needs no fixed days',
  '每月的某一天不能用在每周、每旬的任务里': 'a day of the month does not go with duties of a week or ten days',
  '按户数比例的任务，证据要按户数计': 'a duty by share of households counts its evidence in households',
  '户数比例不能超过 100%': 'a share of households is 100% at most',
  上限低于下限: 'the upper bound is below the lower',
  // Several together
  联名至少两个人: 'a joint matter has at least two people',
  写上代表的姓名: 'write the representative’s name',
  '推选代表，写上姓名': 'choose representatives and write their names',
  至少请一个人: 'invite at least one person',
  至少请一位: 'invite at least one guest',
  至少写一个到会的人: 'name at least one who was there',
  至少两方: 'at least two parties',
  至少写一条: 'write at least one term',
  至少选一条: 'choose at least one',
  至少选一种: 'choose at least one kind',
  至少一件: 'at least one matter',
  写明为什么作废: 'say why it is void',
  // Accounts, residents, interfaces
  '电话应当是 11 位手机号，或者带区号的座机': 'an 11-digit mobile number, or a landline with its area code',
  '类别“{}”不在类别树中': 'category “{}” is not in the tree of categories',
  '时间写成 09:30 这样': 'write the time like 09:30',
  '电话要写全：手机号，或区号加座机号': 'write the whole number: a mobile, or a landline with its area code',
  '密钥至少 24 个字符': 'the secret has at least 24 characters',
  '写成 example.gov.cn 或 10.1.2.3:8443': 'write it like example.gov.cn or 10.1.2.3:8443',
  请填客户端标识: 'fill in the client id',
  '请用 https 地址，或者允许不加密': 'use an https address, or allow it without TLS',
};

const patterns = Object.entries(faultsInEnglish).map(([chinese, english]) => ({
  whole: new RegExp(`^${chinese.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll('{}', '(.*)')}$`, 'u'),
  english,
}));

/** A schema's sentence in English; as it stands where it is in English already. */
export function faultInEnglish(message: string): string {
  for (const { whole, english } of patterns) {
    const [, ...values] = whole.exec(message) ?? [];
    if (whole.test(message)) return english.replaceAll('{}', () => values.shift() ?? '');
  }
  return message;
}
