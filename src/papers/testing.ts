/** For tests only: papers of every form, long enough to turn the page. */
import { paperOf } from './fill.ts';
import { type Paper, type PaperKind, paperNames } from './model.ts';
import { type PaperPolicy, paperFields, paperPolicy, templateOf } from './templates.ts';

export const BODY = [
  '您于2026年11月3日通过来信反映的“柳河村东头机耕路雨后积水，农机进不去”（编号QH 2611 0482 3），我单位已经收到。根据《信访工作条例》的有关规定，决定予以受理。现将有关情况告知如下：',
  '一、受理的事项',
  '柳河村东头机耕路雨后积水，影响秋收农机进地，要求修整路面、疏通排水沟（约300米）。',
  '（一）办理的时限。自受理之日起60日内办结；情况复杂的，经本单位负责人批准，可以延长不超过30日，并告知延期理由。',
  '1.承办单位：水利局；联系电话：0999-1234567。',
  '（1）查询方式：在网上输入编号和查询码，可以随时查看办理进度……如果对办理情况有意见——请直接来电。',
].join('\n');

export const paperFor = (more: Partial<Paper> & { kind?: PaperKind } = {}): Paper => ({
  kind: 'acceptance',
  form: 'served',
  title: `信访事项${paperNames.acceptance}`,
  addressee: '陈秀英',
  blocks: [{ kind: 'text', text: `${BODY}\n${BODY}` }],
  attachments: [],
  unit: '清河县水利局',
  date: '2026-11-06',
  sealed: true,
  copies: [],
  number: { word: '清水受告', year: 2026, serial: 12 },
  ...more,
});

export const letter = paperFor({
  kind: 'assignment',
  form: 'letter',
  head: '清河县群众工作部',
  title: '关于交办柳河村机耕路雨后积水影响秋收农机进地问题的函',
  addressee: '清河县水利局',
  attachments: ['来信复印件', '现场照片以及其他能够证明情况的材料清单，一共二十三页，另附光盘一张'],
  copies: ['县委办公室', '县政府办公室', '县信访局'],
});

export const order = paperFor({
  kind: 'supervision',
  form: 'document',
  head: '清河县委督查室',
  issuer: '何书记',
  urgency: '特急',
  title: '关于督办柳河村机耕路雨后积水影响秋收农机进地问题的通知',
  addressee: '清河县水利局',
  copies: ['县委办公室', '县政府办公室'],
  printed: { unit: '清河县委办公室', date: '2026-11-06' },
  number: { word: '清督', year: 2026, serial: 3 },
});

export const minutes = paperFor({
  kind: 'minutes',
  form: 'minutes',
  head: '清河县信访工作联席会议纪要',
  title: '第三季度信访工作联席会议纪要',
  addressee: '',
  sealed: false,
  blocks: [
    {
      kind: 'text',
      text: '11月6日上午，会议在县政府三楼会议室召开。\n一、关于柳河村机耕路\n会议决定由水利局牵头，11月底前完成。\n出席：何书记、张敏\n请假：钱程',
    },
  ],
});

export const sheet = paperFor({
  kind: 'ledger',
  form: 'sheet',
  title: '柳河镇民情台账（2026年11月）',
  addressee: '',
  blocks: [
    {
      kind: 'table',
      table: {
        head: ['序号', '编号', '主要内容', '责任单位', '办理结果'],
        widths: [1, 3, 8, 3, 8],
        rows: Array.from({ length: 60 }, (_, i) => [
          String(i + 1),
          `QH 2611 ${String(i).padStart(4, '0')} 3`,
          '村东头机耕路雨后积水，农机进不去，要求修路疏沟',
          '水利局',
          '正在办理',
        ]),
      },
    },
    { kind: 'text', text: '合计 60 件。' },
  ],
});

/** What stands in a field of a sample, where the field's meaning is not enough. */
const samples: Readonly<Record<string, string>> = {
  单位: '清河县水利局',
  今天: '2026年11月6日',
  联系人: '李强',
  联系电话: '0999-1234567',
  编号: 'QH\u00a02611\u00a00482\u00a03',
  事由: '柳河村东头机耕路雨后积水，农机进不去',
  反映内容: '一下雨东头那段机耕路就积水，收割机进不去，眼看要误农时。请求修一修路面，把路边的排水沟疏通。',
  反映人: '陈秀英',
  来源: '来信',
  收到日期: '2026年11月3日',
  登记日期: '2026年11月3日',
  地点: '柳河镇柳河村第一网格',
  承办单位: '清河县水利局',
  受理单位: '柳河镇人民政府',
  附言: '下周二上午去现场勘察，请您在家等候。',
  到期日: '2027年1月5日',
  原到期日: '2027年1月5日',
  延期天数: '20',
  延期理由: '地冻了，要等化冻以后才能铺路面。',
  不予受理理由:
    '已经或者依法应当通过诉讼、仲裁、行政复议解决。依据：《信访工作条例》关于通过法定途径解决的规定。补偿的争议已经由县人民法院立案。',
  建议途径: '请向清河县人民法院提出。',
  原文书: '处理意见书',
  原日期: '2026年11月20日',
  更正内容: '原文“排水沟于11月30日前铺砂石”，应为“路面于11月30日前铺砂石”。',
  理由: '核对施工记录时发现写错。',
  代替说明: '我单位2026年11月10日的《处理意见书》（清水信处〔2026〕9号）已经撤销，以本意见为准。',
  查明情况: '经现场勘察，排水沟堵塞三处，路面低洼约60米，反映的情况属实。',
  处理意见: '予以支持。排水沟三处堵塞已经疏通，路面于11月30日前铺砂石。',
  政策依据: '《农村公路养护管理办法》第十二条。',
  救济途径:
    '如果不服本处理意见，可以自收到之日起30日内，向县人民政府信访事项复查复核委员会书面提出复查申请；逾期不提出的，视为接受本处理意见。',
  交办来由:
    '2026年11月3日，我单位通过来信收到群众反映的“柳河村东头机耕路雨后积水，农机进不去”（编号QH 2611 0482 3，地点：柳河镇柳河村第一网格）',
  交办要求:
    '请自收到之日起15日内决定是否受理，并书面告知反映人；受理的，在60日内作出处理意见，并把处理结果报告我单位。不属于你单位职责范围的，请在两个工作日内提出，写明应当由哪个单位办理。',
  原办理单位: '清河县水利局',
  原文号: '清水信处〔2026〕12号',
  申请日期: '2026年11月20日',
  申请理由: '处理意见只说铺砂石，没有说排水沟以后谁来管。',
  复查意见: '维持。排水沟已列入村级管护，由村委会每年春秋两次清淤。',
  复核意见: '维持。复查意见查明的情况属实，适用的规定正确。',
  督办种类: '督办单',
  督办来源: '督查室督办（县委督查室）',
  督办事项: '柳河村东头机耕路积水，群众反映三次。请查明原因，一次修好。',
  督办要求: '请于2026年12月20日以前办理完毕，并书面报告结果。',
  完成期限: '2026年12月20日',
  调解种类: '人民调解',
  当事人: '甲方：陈大河\n乙方：周小满',
  甲方: '陈大河',
  乙方: '周小满',
  纠纷事项: '两个组为分水争执。',
  协议内容:
    '1.甲方（陈大河）于2026年11月9日以前：拆掉堵口的石头。\n2.乙方（周小满）于2026年11月26日以前：清淤时出四个工。',
  效力告知:
    '本协议自各方签名之日起生效，各方应当按照约定履行。一方不履行的，另一方可以请求督促，也可以向人民法院起诉；各方可以在2026年12月6日以前共同向人民法院申请司法确认。',
  签名情况: '甲方（陈大河）2026年11月6日当面在屏幕上签名；乙方（周小满）2026年11月6日用本人的链接签名',
  调解员: '吴守义',
  会议名称: '柳河镇民情周例会',
  会议时间: '2026年11月6日09:00',
  会议地点: '镇政府二楼会议室',
  主持人: '张敏',
  议定事项: '一、冬灌准备\n二、机耕路修整',
  出席: '张敏、李芳、王建军',
  请假: '赵小兰（培训）',
  列席: '柳河村村委会主任',
  记录人: '李芳',
  台账单位: '柳河镇',
  月份: '2026年11月',
  合计: '合计60件：本月登记41件，上月结转19件；已销号38件。',
};

/** A paper of each kind by the template that comes with the system, with words in every field. */
export function sampleOf(kind: PaperKind): Paper {
  const policy = paperPolicy.standard.document as PaperPolicy;
  const fields = Object.fromEntries(
    Object.keys(paperFields[kind]).map((name) => [name, samples[name] ?? paperFields[kind][name]!]),
  );
  const draft = {
    fields,
    unit: '',
    ...(kind === 'minutes'
      ? {
          tables: [
            {
              head: ['序号', '议定的事', '谁来办', '完成日期'],
              widths: [1.4, 6.2, 3.2, 4.2],
              rows: [
                ['1', '修好北渠分水闸', '水利局\n李强', '2026年11月20日'],
                ['2', '机耕路铺砂石', '水利局\n李强', '2026年11月30日'],
              ],
            },
          ],
        }
      : kind === 'ledger'
        ? { tables: sheet.blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : [])) }
        : {}),
    ...(kind === 'mediation' ? { signatures: ['甲方（签名）：', '乙方（签名）：', '调解员（签名）：'] } : {}),
  };
  const number = { word: `清水${templateOf(policy, kind).word}`, year: 2026, serial: 12 };
  return paperOf({ kind, policy, draft, unit: '清河县水利局', number, date: '2026-11-06' });
}
