import { sayingBy } from '../language/saying.ts';

/** What the sign-in page says in English, by the Chinese. The first set-up is Chinese. */
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
} as const satisfies Record<string, string>;

/** Says one of the sign-in page's sentences in the language of the request. */
export const t = sayingBy(english);

/** A refusal's sentence, where the sign-in page has it in English; else as the rules say it. */
export const sayRefusal = (sentence: string): string =>
  sentence in english ? t(sentence as keyof typeof english) : sentence;
