/** For tests only: papers of every form, long enough to turn the page. */
import { type Paper, type PaperKind, paperNames } from './model.ts';

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
