import type { z } from 'zod';
import type { PolicyKind } from '../policy/model.ts';
import { CAMPAIGN_TEMPLATES, type Plan, Templates, withoutKnownFacts } from './model.ts';

/**
 * The documents' own campaigns (row B5). Numbers and stages are the documents' where they give them; where they are
 * silent a figure to start from stands here with confidence C, for the county to confirm before it starts one.
 */
type Draft = z.input<typeof Plan>;

const SILENT = { source: '文件没有给出数字；系统初始设置，使用前请按本地方案核对', confidence: 'C' } as const;

const GRASSROOTS = {
  code: 'grassroots-days',
  title: '每月下基层的天数',
  measure: 'days',
  amount: 2,
  of: 'person',
  party: 'offices',
  per: 'month',
  dates: [28],
  source:
    '公开报道引述的“六访六送六帮”部署：活动月以外，每月下基层不少于 2 天；每月 28 日不开会、都下去，另一天由单位自定',
  confidence: 'B',
} as const;

const drafts: readonly Draft[] = [
  {
    code: 'six-visits',
    title: '六访六送六帮',
    aim: '变群众上访为干部下访：主题月集中走访，主题年每月下去，活动结束后成为长期任务。',
    source: '公开报道引述的一个区“六访六送六帮”活动动员部署',
    confidence: 'B',
    stages: [
      { code: 'month', title: '主题活动月', months: 1, what: '集中走访，单位主要负责人带头，制订本单位方案。' },
      { code: 'year', title: '主题活动年', months: 11, what: '每月下基层不少于 2 天，其中一天是 28 日。' },
    ],
    parties: [
      {
        code: 'offices',
        title: '机关和乡镇干部',
        by: 'post',
        roles: ['field', 'clerk', 'handler', 'head', 'leader'],
      },
    ],
    quotas: [
      {
        code: 'month-households',
        title: '走访户数',
        measure: 'households',
        amount: 6,
        of: 'person',
        party: 'offices',
        per: 'whole',
        ...SILENT,
      },
      { ...GRASSROOTS, dates: [28], after: 1 },
    ],
    form: [
      {
        code: 'helped',
        title: '这次帮上了什么',
        fact: 'help-given',
        options: ['讲清了政策', '联系了部门', '当场办了', '约定再来', '没有要帮的'],
      },
    ],
    bulletin: [
      { title: '走访户数', measure: 'households' },
      { title: '走访次数', measure: 'visits' },
      { title: '解决问题', measure: 'solved' },
      { title: '办实事', measure: 'deeds' },
    ],
    handOver: { title: '每月下基层（28 日）', quotas: [{ ...GRASSROOTS, dates: [28] }] },
  },
  {
    code: 'secretaries-visit',
    title: '书记带头大走访',
    aim: '进农村、进企业、进社区、进学校、进家庭，访民情、解民忧、汇民智、释民惑、惠民生。',
    source: '公开报道引述的一个市“书记带头大走访”活动部署：连省级共五级，为期半年',
    confidence: 'B',
    stages: [
      { code: 'launch', title: '动员部署', months: 1, what: '定方案、定目标、定走访对象；每位领导定两三个题目。' },
      { code: 'visit', title: '集中走访', months: 4, what: '带着题目走访，现场办、分级办。' },
      { code: 'review', title: '总结提高', months: 1, what: '总结上一阶段，提出下一步要求。' },
    ],
    parties: [
      {
        code: 'province',
        title: '省级书记和班子成员',
        by: 'post',
        roles: ['leader'],
        titles: ['省委书记', '省长', '省委常委', '副省长'],
      },
      {
        code: 'city',
        title: '市级书记和班子成员',
        by: 'post',
        roles: ['leader'],
        titles: ['市委书记', '市长', '市委常委', '副市长'],
      },
      { code: 'county', title: '县级书记和班子成员', by: 'post', roles: ['leader'], level: 'county' },
      { code: 'departments', title: '部门负责人和机关干部', by: 'post', roles: ['handler'], unit: 'department' },
      { code: 'townships', title: '乡镇（街道）书记和班子成员', by: 'post', roles: ['head'], level: 'township' },
      { code: 'villages', title: '村（社区）书记和驻村干部', by: 'post', roles: ['field'] },
    ],
    quotas: (
      [
        ['province', 6, 10],
        ['city', 10, 20],
        ['county', 12, 30],
        ['departments', 12, 20],
        ['townships', 24, 60],
        ['villages', 48, 100],
      ] as const
    ).flatMap(([party, days, households]) => [
      {
        code: `${party}-days`,
        title: '下基层天数',
        measure: 'days' as const,
        amount: days,
        of: 'person' as const,
        party,
        per: 'whole' as const,
        source: '活动方案对各级的天数和户数都有定量要求，报道没有给出数字；系统初始设置，使用前请按方案核对',
        confidence: 'C' as const,
      },
      {
        code: `${party}-households`,
        title: '走访户数',
        measure: 'households' as const,
        amount: households,
        of: 'person' as const,
        party,
        per: 'whole' as const,
        source: '活动方案对各级的天数和户数都有定量要求，报道没有给出数字；系统初始设置，使用前请按方案核对',
        confidence: 'C' as const,
      },
    ]),
    form: [
      {
        code: 'place',
        title: '进的是哪里',
        fact: 'visited-place',
        options: ['农村', '企业', '社区', '学校', '家庭'],
      },
    ],
    bulletin: [
      { title: '走访户数', measure: 'households' },
      { title: '走访次数', measure: 'visits' },
      { title: '座谈会', measure: 'symposia' },
      { title: '调研报告', measure: 'reports' },
      { title: '解决问题', measure: 'solved' },
    ],
    links: [{ title: '每位领导的两三个题目，在调查研究里记', to: '/duties' }],
  },
  {
    code: 'villages-firms',
    title: '驻百村、连千企、进万家',
    aim: '讲政策、搞调研、强支部、办实事、促和谐、帮企业；不扰民、不添乱。',
    source: '公开报道引述的一个县“驻百村连千企进万家”活动：11 个工作队、144 个工作组、近千名干部',
    confidence: 'B',
    scale: [
      { title: '工作队', amount: 11 },
      { title: '工作组', amount: 144 },
      { title: '干部', amount: 1000 },
    ],
    stages: [
      { code: 'start', title: '入驻', months: 3, what: '走遍驻点，摸清反映强烈的问题。' },
      { code: 'work', title: '办事', months: 6, what: '组里办不了的交队，队里办不了的书面报活动办公室。' },
      { code: 'close', title: '验收', months: 3, what: '每个阶段了结一批群众反映强烈的问题。' },
    ],
    parties: [{ code: 'teams', title: '工作队员', by: 'team' }],
    quotas: [
      {
        code: 'villages',
        title: '驻村',
        measure: 'villages',
        amount: 100,
        of: 'campaign',
        per: 'whole',
        source: '活动名称“驻百村”',
        confidence: 'B',
      },
      {
        code: 'firms',
        title: '联系企业',
        measure: 'firms',
        amount: 1000,
        of: 'campaign',
        per: 'whole',
        source: '活动名称“连千企”',
        confidence: 'B',
      },
      {
        code: 'households',
        title: '进户',
        measure: 'households',
        amount: 10_000,
        of: 'campaign',
        per: 'whole',
        source: '活动名称“进万家”',
        confidence: 'B',
      },
      {
        code: 'group-days',
        title: '每个组驻村驻企的天数',
        measure: 'days',
        amount: 240,
        of: 'group',
        per: 'whole',
        source: '省、市定最低时间，单位可以在总数内调人调日子；报道没有给出数字，系统初始设置，使用前请核对',
        confidence: 'C',
      },
      {
        code: 'team-solved',
        title: '每个队了结的问题',
        measure: 'solved',
        amount: 12,
        of: 'team',
        per: 'whole',
        ...SILENT,
      },
    ],
    form: [
      {
        code: 'content',
        title: '这次做了哪一样',
        fact: 'work-content',
        options: ['讲政策', '搞调研', '强支部', '办实事', '促和谐', '帮企业'],
      },
    ],
    bulletin: [
      { title: '进户', measure: 'households' },
      { title: '驻村', measure: 'villages' },
      { title: '联系企业', measure: 'firms' },
      { title: '了结问题', measure: 'solved' },
      { title: '办实事', measure: 'deeds' },
      { title: '座谈会', measure: 'symposia' },
    ],
  },
  {
    code: 'hundred-thousand',
    title: '十万干部百乡千村万户大走访',
    aim: '按级覆盖：走到每个乡镇、每个村、每一户。',
    source: '公开报道引述的一个市“十万干部百乡千村万户大走访”',
    confidence: 'B',
    scale: [{ title: '干部', amount: 100_000 }],
    stages: [{ code: 'visit', title: '大走访', months: 12, what: '按级覆盖；电话、没人在家、留单子都不算走到。' }],
    parties: [{ code: 'all', title: '各级干部', by: 'post', roles: ['field', 'clerk', 'handler', 'head', 'leader'] }],
    quotas: (
      [
        ['townships', '走到的乡镇', 100, '百乡'],
        ['villages', '走到的村（社区）', 1000, '千村'],
        ['households', '走到的户', 10_000, '万户'],
      ] as const
    ).map(([measure, title, amount, word]) => ({
      code: measure,
      title,
      measure,
      amount,
      of: 'campaign' as const,
      per: 'whole' as const,
      source: `活动名称“${word}”，全市的数；本县请按乡镇、村、户的实数改`,
      confidence: 'B' as const,
    })),
    bulletin: [
      { title: '走到的乡镇', measure: 'townships' },
      { title: '走到的村', measure: 'villages' },
      { title: '走到的户', measure: 'households' },
      { title: '解决问题', measure: 'solved' },
    ],
  },
  {
    code: 'five-people',
    title: '五民活动',
    aim: '听民声、知民情、解民忧、惠民生、聚民心。',
    source: '公开报道引述的“五民活动”：副科级以上单位一年开展活动 800 多场、办实事 900 多件、帮扶 9890 万元',
    confidence: 'B',
    stages: [{ code: 'year', title: '全年', months: 12, what: '系统化、制度化、具体化、常态化。' }],
    parties: [
      { code: 'units', title: '各单位干部', by: 'post', roles: ['field', 'clerk', 'handler', 'head', 'leader'] },
    ],
    quotas: (
      [
        ['activities', '开展活动', 800],
        ['deeds', '办实事', 900],
        ['aid', '帮扶款物', 98_900_000],
      ] as const
    ).map(([measure, title, amount]) => ({
      code: measure,
      title,
      measure,
      amount,
      of: 'campaign' as const,
      per: 'whole' as const,
      source: '公开报道引述的“五民活动”一年的数；本县请按方案改',
      confidence: 'B' as const,
    })),
    bulletin: [
      { title: '开展活动', measure: 'activities' },
      { title: '办实事', measure: 'deeds' },
      { title: '帮扶款物', measure: 'aid' },
      { title: '走访户数', measure: 'households' },
    ],
  },
  {
    code: 'three-haves',
    title: '三有两评',
    aim: '户户有联系卡、人人有民情日记、乡乡有民情台账；每月点评、半年一评。',
    source: '公开报道引述的一个市“三有两评”制度',
    confidence: 'B',
    standing: true,
    stages: [{ code: 'standing', title: '长期坚持', months: 1, what: '卡找得到人，日记看得到需求，台账查得到办理。' }],
    parties: [{ code: 'stationed', title: '驻村干部', by: 'post', roles: ['field'] }],
    keeps: ['cards', 'diaries', 'ledgers', 'review-meetings', 'resident-reviews'],
    quotas: [
      {
        code: 'visits',
        title: '每月走访',
        measure: 'visits',
        amount: 10,
        of: 'person',
        party: 'stationed',
        per: 'month',
        ...SILENT,
      },
    ],
    bulletin: [
      { title: '走访户数', measure: 'households' },
      { title: '走访次数', measure: 'visits' },
      { title: '解决问题', measure: 'solved' },
    ],
    links: [
      { title: '干部联系卡：每户有没有联系人', to: '/coverage' },
      { title: '民情台账', to: '/ledger' },
      { title: '群众评议', to: '/ballots' },
    ],
  },
];

export const campaignPolicies: readonly PolicyKind[] = [
  {
    name: CAMPAIGN_TEMPLATES,
    title: '活动模板',
    schema: Templates,
    standard: {
      source: '各地公开报道里的活动，每项各有出处，使用前请按本地方案核对',
      document: { templates: drafts },
    },
    upcast: withoutKnownFacts,
  },
];
