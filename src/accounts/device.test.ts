import { expect, test } from 'vitest';
import { deviceInWords, placeInWords } from './device.ts';

test.each([
  [
    'Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
    '安卓手机 Chrome',
  ],
  [
    'Mozilla/5.0 (Linux; Android 12; SM-T870) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
    '安卓平板 Chrome',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    '苹果手机 Safari',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49',
    '苹果手机 微信',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0',
    'Windows 电脑 Edge',
  ],
  [
    'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1 Mobile HuaweiBrowser/5.0',
    '鸿蒙手机 华为浏览器',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Linux 电脑 Firefox'],
  ['curl/8.5', '未知设备'],
  [undefined, '未知设备'],
])('%s is %s', (userAgent, words) => {
  expect(deviceInWords(userAgent)).toBe(words);
});

test.each([
  ['::ffff:127.0.0.1', '服务器本机'],
  ['10.3.2.1', '内网 10.3.2.1'],
  ['172.20.1.1', '内网 172.20.1.1'],
  ['172.40.1.1', '172.40.1.1'],
  ['fd12::1', '内网 fd12::1'],
  ['unknown', '地址不明'],
])('%s is %s', (address, words) => {
  expect(placeInWords(address)).toBe(words);
});
