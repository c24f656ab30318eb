import type { Doubt } from './model.ts';

/**
 * Words by which a text speaks of what somebody did, thinks or says, or where somebody is. It is plain advice: it
 * decides nothing, it sees to it that a person does. Kept broad on purpose; a need that is caught is looked at by one
 * person, a person that slips through is reported about.
 */
const signs: Readonly<Record<Exclude<Doubt, 'name'>, RegExp>> = {
  conduct:
    /赌博|打牌赌|吸毒|偷(东西|盗|鸡|电)|小偷|打架|打人|骂人|吵架|闹事|酗酒|喝醉|不孝|出轨|超生|违建|违法|犯法|犯罪|邪教|信教|烧香|上访|缠访|闹访|告状|举报|刁民|钉子户|可疑|盯着|重点人/,
  opinion:
    /不满|有意见|意见(很|好|挺)?大|发牢骚|抱怨|议论|说.{0,6}坏话|反对|思想(上|动态|有)|情绪|骂(政府|干部|书记|镇|县|村)|群里(说|发|讲)|转发|煽动|鼓动/,
  whereabouts:
    /(去|到|进|跑|回)(了)?(北京|京城|省城|省里|市里|县里)|进京|行踪|去向|去哪|出门了|外出|跟.{0,6}(来往|见面|走得近|接触)|串联|跟踪|几点(回|走|出)|半夜(回|出)|住在谁/,
};

/** What speaks against a text, by kind; nothing for one that only says what is needed. */
export const doubtsOf = (words: string, named: boolean): Doubt[] => [
  ...(Object.entries(signs) as [Exclude<Doubt, 'name'>, RegExp][]).flatMap(([doubt, sign]) =>
    sign.test(words.normalize('NFKC').replaceAll(/\s/g, '')) ? [doubt] : [],
  ),
  ...(named ? (['name'] as const) : []),
];
