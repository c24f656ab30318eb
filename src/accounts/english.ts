import { commonInEnglish } from '../contract/refusals-english.ts';
import { commonRefusals } from '../contract/refusals.ts';
import { language, sayingBy } from '../language/saying.ts';
import { accountRefusals } from './model.ts';
import { accountRefusalsInEnglish } from './refusals-english.ts';

/** What the sign-in page and the first set-up say in English, by the Chinese. */
export const english = {
  设一个新密码: 'Set a new password',
  干部登录: 'Officials: sign in',
  登录名: 'Login name',
  一次性密码: 'One-time password',
  密码: 'Password',
  新密码: 'New password',
  '换成新密码，登录': 'Change the password and sign in',
  登录: 'Sign in',
  或者: 'or',
  '用指纹、面容或通行密钥登录': 'Sign in with a passkey',
  '忘记密码，请联系本单位管理员重置。': 'Forgot your password? Ask your unit’s administrator to reset it.',
  '群众说事、查进度不用登录，': 'To tell us something or check progress you need no account: ',
  从这里进: 'this way',
  '至少 10 个字符。几个不相干的词连起来，又长又好记。':
    'At least 10 characters. A few unrelated words together are long and easy to remember.',
  显示方式: 'Display',
  大字: 'Large type',
  标准字: 'Normal type',
  深色: 'Dark',
  浅色: 'Light',
  '这是一次性密码。请再输入一遍，并设一个只有您知道的新密码。':
    'This is a one-time password. Enter it once more, and set a new one that only you know.',
  '新密码和一次性密码一样，请换一个。': 'The new password is the one-time one; please choose another.',
  '密码太短了，请至少用 10 个字符。几个不相干的词连起来，又长又好记。':
    'Too short: use at least 10 characters. A few unrelated words together are long and easy to remember.',
  '密码不能和登录名一样，请换一个。': 'The password must differ from the login name; please choose another.',
  '这个密码太常见，容易被人猜到。请换一个，几个不相干的词连起来就很好。':
    'This password is common and easily guessed. A few unrelated words together are good.',
  '登录名或密码不对，请检查后再试。忘记密码的话，请联系本单位管理员重置。':
    'Login name or password is wrong. If you forgot it, ask your unit’s administrator to reset it.',
  '您现在没有在任的岗位，还不能进入系统。请联系本单位管理员。':
    'You hold no post at present and cannot come in yet. Please ask your unit’s administrator.',
  '密码错的次数太多了。请过 {minutes} 分钟再试；忘记密码的话，请联系本单位管理员重置。':
    'Too many wrong passwords. Try again in {minutes} minutes; if you forgot it, ask your unit’s administrator to reset it.',
  还没有设置好: 'Not set up yet',
  '这是一个新装的系统。请打开启动时打印出来的设置链接，填好县名和第一位管理员，就可以开始用了。':
    'This system is new. Open the set-up link it printed when it started, name the county and its first administrator, and it is ready.',
  '找不到链接的话，请在服务器上重新启动，会再打印一个。':
    'If the link is lost, start the server again: it prints another.',
  第一次设置: 'First set-up',
  '填好下面几项，系统就可以用了。乡镇、村、干部可以登录以后再导入。这个链接只能用一次。':
    'Fill these in and the system is ready. Townships, villages and officials can be imported after you sign in. This link works once.',
  哪个县: 'Which county',
  '县（市、区）名': 'Name of the county, city or district',
  '例如：清河县': 'its full Chinese name',
  行政区划代码: 'Division code',
  '6 位数字': '6 digits',
  编号字头: 'Prefix of numbers',
  '2 个字母': '2 letters',
  '每件事的编号都以它开头，例如清河县用 QH。以后不能改。':
    'Every matter’s number begins with it, for example QH. It cannot be changed later.',
  第一位管理员: 'First administrator',
  姓名: 'Name',
  '姓名、拼音或手机号都行。': 'A name, its pinyin or a mobile number.',
  '设置好，进入系统': 'Set up and go in',
  已经设置好了: 'It is set up already',
  这个链接打不开设置: 'This link does not open the set-up',
  去登录: 'Sign in',
  '请填县（市、区）的全名。': 'Please give the full name of the county, city or district.',
  '行政区划代码是 6 位数字，请检查。': 'The division code has 6 digits; please check.',
  '编号字头是 2 个英文字母，请检查。': 'The prefix has 2 Latin letters; please check.',
  '请填管理员的姓名。': 'Please give the administrator’s name.',
  '登录名要 2 到 32 个字，可以用汉字、字母、数字，以汉字、字母或数字开头。':
    'A login name has 2 to 32 characters (Chinese, letters, digits) and begins with one of these.',
  '密码太长了，请不要超过 200 个字符。': 'This password is too long: at most 200 characters.',
  '没有用上通行密钥。请再试一次，或者用密码登录。':
    'The passkey was not used. Try again, or sign in with your password.',
  '没有连上服务器，请检查网络后再试。': 'The server was not reached. Check the network and try again.',
} as const satisfies Record<string, string>;

/** Says one of the sign-in page's sentences in the language of the request. */
export const t = sayingBy(english);

const inEnglish: Readonly<Record<string, string>> = { ...commonInEnglish, ...accountRefusalsInEnglish };
const refusalsByChinese = new Map(
  Object.entries({ ...commonRefusals, ...accountRefusals }).map(([code, chinese]) => [
    chinese as string,
    inEnglish[code],
  ]),
);

/** A refusal's sentence, where the pages before the rooms have it in English; else as the rules say it. */
export const sayRefusal = (sentence: string): string =>
  sentence in english
    ? t(sentence as keyof typeof english)
    : language() === 'en'
      ? (refusalsByChinese.get(sentence) ?? sentence)
      : sentence;
