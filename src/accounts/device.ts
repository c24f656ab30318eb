import { isIP } from 'node:net';

// The order matters: every browser also claims to be the ones it descends from.
const BROWSERS: readonly [RegExp, string][] = [
  [/MicroMessenger/i, '微信'],
  [/DingTalk/i, '钉钉'],
  [/HuaweiBrowser|ArkWeb/i, '华为浏览器'],
  [/MiuiBrowser/i, '小米浏览器'],
  [/HeyTapBrowser/i, 'OPPO 浏览器'],
  [/VivoBrowser/i, 'vivo 浏览器'],
  [/MQQBrowser|QQBrowser/i, 'QQ 浏览器'],
  [/UCBrowser|UCWEB/i, 'UC 浏览器'],
  [/360SE|360EE|QihooBrowser/i, '360 浏览器'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];

const MACHINES: readonly [RegExp, string][] = [
  [/OpenHarmony|HarmonyOS/i, '鸿蒙手机'],
  [/iPad/, '苹果平板'],
  [/iPhone/, '苹果手机'],
  [/Android.*Mobile/, '安卓手机'],
  [/Android/, '安卓平板'],
  [/Windows/, 'Windows 电脑'],
  [/Macintosh/, '苹果电脑'],
  [/Linux|X11/, 'Linux 电脑'],
];

/** What a person calls the device that sent this User-Agent: 安卓手机 Chrome. */
export function deviceInWords(userAgent: string | undefined): string {
  const of = (names: readonly [RegExp, string][]): string | undefined =>
    names.find(([sign]) => sign.test(userAgent ?? ''))?.[1];
  return [of(MACHINES) ?? '未知设备', of(BROWSERS)].filter((word) => word !== undefined).join(' ');
}

/** Where a session came from, as far as its address tells without asking anyone outside. */
export function placeInWords(address: string): string {
  const plain = address.replace(/^::ffff:/, '');
  if (isIP(plain) === 0) return '地址不明';
  if (plain === '::1' || plain.startsWith('127.')) return '服务器本机';
  if (/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd])/i.test(plain)) return `内网 ${plain}`;
  return plain;
}
