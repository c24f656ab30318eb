import { z } from 'zod';
import type { PolicyKind } from '../policy/model.ts';
import { ofKind } from '../register/numbers.ts';
import { PaperForm, PaperKind, paperNames } from './model.ts';

/*
 * How each paper reads: text with fields in braces, {反映人}. A county changes the words in the rule document `papers`; a field
 * that is not known is a fault that names it.
 */

/** What a text may name in each kind of paper, with what it means to whoever fills it in by hand. */
const common = {
  单位: '出文书的单位',
  今天: '成文的日子',
  联系人: '承办人或联系人',
  联系电话: '单位或承办人的电话',
} as const;
const ofMatter = {
  编号: '诉求编号',
  事由: '诉求的题目',
  反映内容: '群众反映的原话',
  反映人: '反映人的称呼；要求保密的，发给单位的文书里不写',
  来源: '从哪里来的：来信、来访、来电……',
  收到日期: '收到的日子',
  登记日期: '登记的日子',
  地点: '乡镇、村、网格和具体位置',
  承办单位: '负责办理的单位',
  受理单位: '登记、派单的单位',
  承办领导: '包案领导',
  承办人: '具体承办人',
  措施: '打算怎么办',
  时限名称: '按哪条时限',
  到期日: '应当办结的日子',
} as const;
const ofLetter = {
  交办来由: '为什么交给这个单位：群众怎么反映的，或者谁交办的',
  交办要求: '要求办到什么程度，哪天以前',
} as const;
const ofWrong = {
  原文书: '要更正、撤销的是哪种文书',
  原文号: '它的文号',
  原日期: '它落款的日子',
  理由: '为什么更正、撤销',
} as const;
const remedies = { 救济途径: '不服的怎么办：向谁、多少日以内、不提出的后果' } as const;
export const paperFields: Readonly<Record<PaperKind, Readonly<Record<string, string>>>> = {
  acceptance: { ...common, ...ofMatter, 附言: '受理时另外写给反映人的话；没有写的，这一段不出现' },
  refusal: { ...common, ...ofMatter, 不予受理理由: '为什么不受理', 建议途径: '应当向哪里提出' },
  forwarding: { ...common, ...ofMatter, ...ofLetter },
  assignment: { ...common, ...ofMatter, ...ofLetter },
  extension: { ...common, ...ofMatter, 原到期日: '延期以前的到期日', 延期天数: '延长几天', 延期理由: '为什么延期' },
  opinion: {
    ...common,
    ...ofMatter,
    查明情况: '调查核实的情况',
    处理意见: '对每项请求的答复',
    政策依据: '依据的法律、法规、政策',
    复查机关: '不服可以向谁申请复查',
    代替说明: '代替了哪一份已经撤销的意见书；没有的，这一段不出现',
    ...remedies,
  },
  review: {
    ...common,
    ...ofMatter,
    原办理单位: '作出处理意见的单位',
    原文号: '原意见书的文号',
    申请日期: '哪天申请的',
    申请理由: '申请复查的理由',
    政策依据: '依据的法律、法规、政策',
    听证情况: '听证在哪天举行；没有听证的为空',
    ...remedies,
    查明情况: '复查查明的情况',
    复查意见: '复查的结论',
    复核机关: '不服可以向谁申请复核',
  },
  're-review': {
    ...common,
    ...ofMatter,
    原办理单位: '作出复查意见的单位',
    原文号: '复查意见书的文号',
    申请日期: '哪天申请的',
    申请理由: '申请复核的理由',
    政策依据: '依据的法律、法规、政策',
    听证情况: '听证在哪天举行；没有听证的为空',
    ...remedies,
    查明情况: '复核查明的情况',
    复核意见: '复核的结论',
  },
  supervision: {
    ...common,
    ...ofMatter,
    督办种类: '督办单，或者批示事项的督办单',
    督办来源: '哪一级、谁交办的，来文文号',
    督办事项: '督办什么',
    督办要求: '要求怎么办',
    完成期限: '哪天以前办完并报告',
  },
  mediation: {
    ...common,
    调解种类: '人民调解、行政调解、司法调解',
    当事人: '各方当事人，一行一个',
    签名情况: '各方哪天、怎样签的名',
    确认期限: '哪天以前可以申请司法确认',
    效力告知: '从什么时候起生效，不履行怎么办',
    甲方: '当事人甲',
    乙方: '当事人乙',
    纠纷事项: '为什么争',
    查明情况: '争议的事实',
    协议内容: '双方自愿达成的各项',
    履行期限: '哪天以前履行',
    调解员: '调解员',
  },
  minutes: {
    ...common,
    会议名称: '什么会',
    会议时间: '什么时候开的',
    会议地点: '在哪里开的',
    主持人: '谁主持',
    议定事项: '定了哪些事，谁办，哪天以前',
    出席: '出席的人',
    请假: '请假的人',
    列席: '列席的人',
    记录人: '谁记的',
  },
  correction: { ...common, ...ofMatter, ...ofWrong, 更正内容: '原来怎么写的，应当怎么写' },
  revocation: { ...common, ...ofMatter, ...ofWrong },
  ledger: { ...common, 台账单位: '哪里的台账', 月份: '哪个月', 合计: '合计一行' },
};

/** Where a table of the paper goes. */
export const TABLE_PLACE = '{表格}';

export const fieldsIn = (text: string): string[] =>
  [...text.matchAll(/\{([^{}\n]{0,40})\}/g)].map((match) => match[1]!);

export const Template = z.object({
  form: PaperForm,
  title: z.string().min(2).max(120),
  /** What stands in red on top, for a document, a letter and minutes. */
  head: z.string().max(60).optional(),
  addressee: z.string().max(200),
  /** A line is a paragraph. */
  body: z.string().min(1).max(8_000),
  note: z.string().max(200).optional(),
  copies: z.array(z.string().min(1).max(60)).max(20),
  sealed: z.boolean(),
  /** Whether 印发机关 and 印发日期 stand at the foot. */
  printed: z.boolean(),
  signatures: z.array(z.string().min(1).max(40)).max(10),
  /** What comes after the unit's word in the number: 清水 + 受告. */
  word: z.string().min(1).max(8),
  /** Kinds with the same series share one running number. */
  series: z.string().regex(/^[a-z-]{1,20}$/, '只用小写字母和短横'),
  source: z.string().min(2).max(300),
  confidence: z.enum(['A', 'B', 'C']),
});
export type Template = z.infer<typeof Template>;

/** Texts of a template that may hold fields, by where a fault is told to be. */
const textsOf = (template: Template): [place: string, text: string][] => [
  ['title', template.title],
  ['head', template.head ?? ''],
  ['addressee', template.addressee],
  ['body', template.body],
  ['note', template.note ?? ''],
];

/** Fields a template names that its kind does not have, or braces that do not close: each with its place. */
export function faultsOf(kind: PaperKind, template: Template): { place: string; field: string }[] {
  const known = paperFields[kind];
  return textsOf(template).flatMap(([place, text]) => {
    const named = fieldsIn(text)
      .filter((field) => !Object.hasOwn(known, field) && `{${field}}` !== TABLE_PLACE)
      .map((field) => ({ place, field }));
    const bare = /[{}]/.exec(text.replace(/\{[^{}\n]{0,40}\}/g, ''));
    return bare === null ? named : [...named, { place, field: bare[0] }];
  });
}

export const PaperPolicy = z
  .object({
    /** 机关代字 by the unit's name as it is called for short. Without one its short name stands. */
    words: z.record(z.string().max(40), z.string().min(1).max(12)),
    // A document published before there was a kind has it as the product brings it.
    kinds: z.preprocess(
      (given) =>
        typeof given === 'object' && given !== null
          ? { correction: standardKinds.correction, revocation: standardKinds.revocation, ...given }
          : given,
      z.record(PaperKind, Template),
    ),
  })
  .superRefine(({ kinds }, context) => {
    for (const kind of PaperKind.options)
      for (const { place, field } of faultsOf(kind, kinds[kind]))
        context.addIssue({
          code: 'custom',
          // The path names the field itself: that is what a refusal shows.
          path: ['kinds', kind, place, `{${field}}`],
          message: `《${paperNames[kind]}》没有“${field}”这个字段，可以用的有：${Object.keys(paperFields[kind]).join('、')}`,
        });
  });
export type PaperPolicy = z.infer<typeof PaperPolicy>;

/** How papers of a kind read. */
export const templateOf = (policy: PaperPolicy, kind: PaperKind): Template => ofKind(policy.kinds, kind);

const REGULATION = '《信访工作条例》（2022 年 5 月 1 日起施行）；文字随系统提供，由县里确认或修改';
const HOUSE = '随系统提供的文字，由县里确认或修改';

const standardKinds: Record<PaperKind, Template> = {
  acceptance: {
    form: 'served',
    title: '信访事项受理告知书',
    addressee: '{反映人}',
    body: [
      '您于{收到日期}通过{来源}反映的“{事由}”（编号{编号}），我单位已经收到。根据《信访工作条例》的有关规定，决定予以受理。现将有关情况告知如下：',
      '一、受理的事项',
      '{反映内容}',
      '二、办理的单位和联系人',
      '{承办单位}，联系人{联系人}，联系电话{联系电话}。',
      '三、办理的时限',
      '我单位将在{到期日}以前作出处理意见，书面答复您。情况复杂的，经单位负责人批准可以延长，延长不超过30日，并会告知您理由。',
      '{附言}',
      '您可以凭编号和登记时给您的查询码，在网上随时查看办到哪一步。',
      '特此告知。',
    ].join('\n'),
    copies: [],
    sealed: true,
    printed: false,
    signatures: [],
    word: '受告',
    series: 'acceptance',
    source: REGULATION,
    confidence: 'B',
  },
  refusal: {
    form: 'served',
    title: '信访事项不予受理告知书',
    addressee: '{反映人}',
    body: [
      '您于{收到日期}通过{来源}反映的“{事由}”（编号{编号}），我单位已经收到。经审查，决定不予受理。现告知如下：',
      '一、反映的事项',
      '{反映内容}',
      '二、不予受理的理由',
      '{不予受理理由}',
      '三、您可以这样做',
      '{建议途径}',
      '对本告知有异议的，或者有新的事实和理由的，请与我单位联系，联系人{联系人}，联系电话{联系电话}。',
      '特此告知。',
    ].join('\n'),
    copies: [],
    sealed: true,
    printed: false,
    signatures: [],
    word: '不受告',
    series: 'refusal',
    source: REGULATION,
    confidence: 'B',
  },
  forwarding: {
    form: 'letter',
    head: '{单位}',
    title: '关于转送“{事由}”信访事项的函',
    addressee: '{承办单位}',
    body: [
      '{交办来由}。经审核，属于你单位职责范围。根据《信访工作条例》的有关规定，现转送你单位办理。',
      '一、反映的内容',
      '{反映内容}',
      '二、办理的要求',
      '{交办要求}',
      '联系人{联系人}，联系电话{联系电话}。反映人的个人信息只用于办理本事项，请注意保密。',
    ].join('\n'),
    copies: [],
    sealed: true,
    printed: false,
    signatures: [],
    word: '转',
    series: 'letter',
    source: REGULATION,
    confidence: 'B',
  },
  assignment: {
    form: 'letter',
    head: '{单位}',
    title: '关于交办“{事由}”的函',
    addressee: '{承办单位}',
    body: [
      '{交办来由}，现交由你单位办理。',
      '一、交办的事项',
      '{反映内容}',
      '二、办理的要求',
      '{交办要求}',
      '联系人{联系人}，联系电话{联系电话}。涉及的个人信息只用于办理本事项，请注意保密。',
    ].join('\n'),
    copies: [],
    sealed: true,
    printed: false,
    signatures: [],
    word: '交',
    series: 'letter',
    source: REGULATION,
    confidence: 'B',
  },
  extension: {
    form: 'served',
    title: '信访事项延期办理告知书',
    addressee: '{反映人}',
    body: [
      '您反映的“{事由}”（编号{编号}），我单位正在办理，原定{原到期日}以前办结。因情况复杂，经单位负责人批准，延长{延期天数}日，至{到期日}。',
      '延期的理由：{延期理由}',
      '给您带来的不便，请谅解。联系人{联系人}，联系电话{联系电话}。',
      '特此告知。',
    ].join('\n'),
    copies: [],
    sealed: true,
    printed: false,
    signatures: [],
    word: '延告',
    series: 'extension',
    source: `${REGULATION}；第三十四条`,
    confidence: 'B',
  },
  opinion: {
    form: 'served',
    title: '信访事项处理意见书',
    addressee: '{反映人}',
    body: [
      '您于{收到日期}通过{来源}反映的“{事由}”（编号{编号}），我单位已经办理完毕。现将处理意见答复如下：',
      '一、您反映的事项',
      '{反映内容}',
      '二、调查核实的情况',
      '{查明情况}',
      '三、处理意见',
      '{处理意见}',
      '四、依据',
      '{政策依据}',
      '{代替说明}',
      '{救济途径}',
    ].join('\n'),
    copies: [],
    sealed: true,
    printed: false,
    signatures: [],
    word: '信处',
    series: 'opinion',
    source: `${REGULATION}；第三十四条、第三十五条`,
    confidence: 'B',
  },
  review: {
    form: 'served',
    title: '信访事项复查意见书',
    addressee: '{反映人}',
    body: [
      '您不服{原办理单位}作出的处理意见（{原文号}），就“{事由}”于{申请日期}申请复查。我们受理后进行了复查，现答复如下：',
      '一、申请复查的理由',
      '{申请理由}',
      '二、复查查明的情况',
      '{查明情况}',
      '三、复查意见',
      '{复查意见}',
      '四、依据',
      '{政策依据}',
      '{救济途径}',
    ].join('\n'),
    copies: [],
    sealed: true,
    printed: false,
    signatures: [],
    word: '信查',
    series: 'review',
    source: `${REGULATION}；第三十五条`,
    confidence: 'B',
  },
  're-review': {
    form: 'served',
    title: '信访事项复核意见书',
    addressee: '{反映人}',
    body: [
      '您不服{原办理单位}作出的复查意见（{原文号}），就“{事由}”于{申请日期}申请复核。我们受理后进行了复核，现答复如下：',
      '一、申请复核的理由',
      '{申请理由}',
      '二、复核查明的情况',
      '{查明情况}',
      '三、复核意见',
      '{复核意见}',
      '四、依据',
      '{政策依据}',
      '{救济途径}',
    ].join('\n'),
    copies: [],
    sealed: true,
    printed: false,
    signatures: [],
    word: '信核',
    series: 're-review',
    source: `${REGULATION}；第三十六条`,
    confidence: 'B',
  },
  supervision: {
    form: 'document',
    head: '{单位}',
    title: '{督办种类}',
    addressee: '{承办单位}',
    body: [
      '根据{督办来源}，现将下列事项交你单位办理：',
      '一、督办的事项',
      '{督办事项}',
      '二、完成的期限',
      '{督办要求}不能按期完成的，请提前说明原因和新的安排。办没办好，由交办的人认定。',
      '联系人{联系人}，联系电话{联系电话}。',
    ].join('\n'),
    copies: [],
    sealed: true,
    printed: true,
    signatures: [],
    word: '督',
    series: 'supervision',
    source: HOUSE,
    confidence: 'C',
  },
  mediation: {
    form: 'served',
    title: '{调解种类}协议书',
    addressee: '',
    body: [
      '{当事人}',
      '一、纠纷的事项',
      '{纠纷事项}',
      '二、查明的情况',
      '{查明情况}',
      '三、各方自愿达成的协议和履行的期限',
      '{协议内容}',
      '四、效力',
      '{效力告知}',
      '五、签名',
      '{签名情况}。调解员：{调解员}。',
    ].join('\n'),
    copies: [],
    sealed: true,
    printed: false,
    signatures: ['甲方（签名）：', '乙方（签名）：', '调解员（签名）：'],
    word: '调',
    series: 'mediation',
    source: '《中华人民共和国人民调解法》第二十九条、第三十一条至第三十三条；文字随系统提供，由县里确认或修改',
    confidence: 'B',
  },
  minutes: {
    form: 'minutes',
    head: '{会议名称}纪要',
    title: '{会议名称}纪要',
    addressee: '',
    body: [
      '{会议时间}，在{会议地点}召开{会议名称}，{主持人}主持。现将议定的事项纪要如下：',
      '{议定事项}',
      '{表格}',
      '出席：{出席}',
      '请假：{请假}',
      '列席：{列席}',
      '记录：{记录人}',
    ].join('\n'),
    copies: [],
    sealed: false,
    printed: true,
    signatures: [],
    word: '纪',
    series: 'minutes',
    source: 'GB/T 9704-2012 第 10.3 条；文字随系统提供，由县里确认或修改',
    confidence: 'B',
  },
  correction: {
    form: 'served',
    title: '关于更正《{原文书}》的通知书',
    addressee: '{反映人}',
    body: [
      '您反映的“{事由}”（编号{编号}），我单位于{原日期}出具的《{原文书}》（{原文号}）有写错的地方，现更正如下：',
      '{更正内容}',
      '更正的原因：{理由}',
      '其他内容不变。请把本通知书和《{原文书}》放在一起。给您带来的不便，请谅解。',
      '联系人{联系人}，联系电话{联系电话}。',
      '特此通知。',
    ].join('\n'),
    copies: [],
    sealed: true,
    printed: false,
    signatures: [],
    word: '更',
    series: 'correction',
    source: HOUSE,
    confidence: 'C',
  },
  revocation: {
    form: 'served',
    title: '关于撤销《{原文书}》的通知书',
    addressee: '{反映人}',
    body: [
      '您反映的“{事由}”（编号{编号}），我单位于{原日期}出具了《{原文书}》（{原文号}）。经核查，该意见确有错误，现予撤销，自始不发生效力。',
      '撤销的原因：{理由}',
      '这件事由我单位重新办理，在{到期日}以前重新作出处理意见，书面答复您。对新的处理意见不服的，可以请求复查。',
      '联系人{联系人}，联系电话{联系电话}。',
      '特此通知。',
    ].join('\n'),
    copies: [],
    sealed: true,
    printed: false,
    signatures: [],
    word: '撤',
    series: 'revocation',
    source:
      '《党政机关公文处理工作条例》（中办发〔2012〕14 号）：公文由发文机关按职权撤销，被撤销的视为自始无效（条次待核对）；文字随系统提供，由县里确认或修改',
    confidence: 'C',
  },
  ledger: {
    form: 'sheet',
    title: '{台账单位}民情台账（{月份}）',
    addressee: '',
    body: '{表格}\n{合计}',
    copies: [],
    sealed: true,
    printed: false,
    signatures: [],
    word: '台账',
    series: 'ledger',
    source: HOUSE,
    confidence: 'C',
  },
};

export const paperPolicy: PolicyKind = {
  name: 'papers',
  title: '文书格式',
  schema: PaperPolicy,
  standard: {
    document: { words: {}, kinds: standardKinds } satisfies PaperPolicy,
    source: 'GB/T 9704-2012《党政机关公文格式》、《信访工作条例》；每种文书写明出处和把握',
  },
};
