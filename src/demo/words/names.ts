/** Names of people. Each is put together by chance; a likeness to anyone is chance too. */
import type { Gender } from '../model.ts';
import type { Random } from '../random.ts';

/** Common surnames, the commonest several times as likely as the last. */
const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'];

type Generation = { readonly before: number; readonly male: readonly string[]; readonly female: readonly string[] };
const list = (text: string): string[] => text.split(' ');

/** Given names follow the years people were born in. */
const GENERATIONS: readonly Generation[] = [
  {
    before: 1950,
    male: list('德福 长顺 庆余 有财 金山 福生 永贵 守信 玉堂 万春 树林 炳文 家兴 怀仁 洪发 老根 得水 天佑 克俭 润生 茂才 广田 喜来 连城 满仓'),
    female: list('桂英 秀兰 玉珍 凤英 桂兰 素珍 淑芬 月娥 银花 翠莲 秀芝 金凤 腊梅 玉莲 巧云 菊香 兰英 春兰 桂芝 素芳 荷花 莲香 招弟 水仙 秋菊'),
  },
  {
    before: 1965,
    male: list('建国 国庆 志强 新民 卫东 建军 德明 国良 永昌 大林 长河 志远 宝山 振华 文斌 学文 传友 先进 玉成 正才 双喜 水生 运来 继忠 光明 立功'),
    female: list('秀英 桂花 玉兰 春梅 秀珍 美英 金枝 红英 爱华 冬梅 素云 玉华 菊英 凤琴 淑珍 秋香 彩云 改花 会兰 云霞 小娥 国珍 桂香 庆兰 翠花 雪梅'),
  },
  {
    before: 1980,
    male: list('建平 志刚 海军 永强 红星 文军 军民 立新 国平 春生 爱国 小兵 卫平 金龙 利民 学军 长青 新华 东升 向阳 少华 开明 兴旺 洪波 跃进 继承'),
    female: list('丽华 小红 海燕 春花 秋菊 艳红 小梅 红霞 玉梅 建英 爱萍 丽萍 金花 晓燕 桂芳 利芳 红梅 淑英 春燕 香云 美华 小玲 凤霞 群英 艳萍 彩霞'),
  },
  {
    before: 1995,
    male: list('伟 勇 磊 鹏 涛 超 杰 军 斌 浩 刚 强 峰 亮 俊杰 志鹏 海涛 晓东 文涛 振宇 小龙 宏伟 建波 学良 明辉 立军 春雷 洋 凯 旭东'),
    female: list('静 丽 敏 娟 艳 娜 芳 玲 燕 婷婷 丹 霞 倩 雪 莉 小芳 晓丽 红艳 海霞 春玲 文静 丽娟 秀秀 巧玲 慧敏 晶晶 佳 璐 蓉 琴'),
  },
  {
    before: 2010,
    male: list('浩然 子豪 宇航 俊豪 志豪 文博 天宇 嘉豪 明轩 家乐 鑫 宇轩 博文 子涵 晨阳 泽宇 思远 伟豪 一鸣 佳俊 梓豪 子轩 皓宇 少杰 毅'),
    female: list('欣怡 佳怡 雨欣 梦琪 思雨 诗涵 子涵 梓涵 雅婷 紫萱 雨婷 心怡 佳琪 婉婷 馨月 梦婷 晓雨 静怡 若曦 可欣 语嫣 美琳 思琪 雪儿 佳慧'),
  },
  {
    before: 9999,
    male: list('沐宸 浩宇 奕辰 宇泽 子墨 梓睿 一诺 俊熙 睿 辰逸 铭泽 星辰 嘉树 亦安 知远 乐天 煜城 承泽 景行 安然'),
    female: list('若汐 梓萱 一诺 依诺 沐妍 欣妍 可馨 语桐 芷晴 念安 舒窈 星玥 悦宁 苡沫 诗雅 安琪 知夏 糖果 锦书 初晴'),
  },
];

/** A surname; a village's own surnames are half of its households. */
export const surname = (random: Random, local: readonly string[] = []): string =>
  local.length > 0 && random.chance(0.55)
    ? random.pick(local)
    : // The square bends an even draw towards the head of the list.
      (SURNAMES[Math.floor(random.unit() ** 2 * SURNAMES.length)] as string);

export const givenName = (random: Random, gender: Gender, birthYear: number): string => {
  const generation = GENERATIONS.find((g) => birthYear < g.before) as Generation;
  return random.pick(generation[gender]);
};

/** How one addresses a neighbour: 王大爷, 李大姐, 小张. */
export const address = (family: string, gender: Gender, age: number): string => {
  if (age >= 65) return family + (gender === 'male' ? '大爷' : '大娘');
  if (age >= 45) return family + (gender === 'male' ? '大哥' : '大姐');
  return `小${family}`;
};
