import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import { idOf } from '../ledger/ids.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * What each place must have to serve its people (阵地建设): checklists by kind of place, each item with its state, day,
 * what was seen and who answers for it.
 * Row A5; mechanisms ORG-05, ORG-06, ORG-16, H4, J8, 2:D2, 2:A1, 2:A2, 2:B15, 2:G4, 2:M7.
 */
export const ItemState = z.enum(['there', 'partly', 'missing']);
export type ItemState = z.infer<typeof ItemState>;

const Ref = { list: z.string().min(1).max(40), area: z.uuid(), item: z.string().min(1).max(40) };

export const PremiseCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('premise.check'),
    ...Ref,
    state: ItemState,
    /** The day it was looked at. */
    on: Day,
    /** What was seen, in words. */
    note: z.string().trim().min(2, '写一句看到了什么').max(300),
  }),
  z.object({ kind: z.literal('premise.charge'), ...Ref, official: z.uuid(), due: Day }),
]);
export type PremiseCommand = z.infer<typeof PremiseCommand>;

export type PremiseEvent =
  | {
      kind: 'premise.checked';
      list: string;
      area: string;
      chain: readonly string[];
      item: string;
      state: ItemState;
      on: string;
      note: string;
    }
  | {
      kind: 'premise.charged';
      list: string;
      area: string;
      chain: readonly string[];
      item: string;
      official: string;
      due: string;
    };

export interface PremiseItem {
  readonly state: ItemState | undefined;
  readonly on: string | undefined;
  readonly note: string;
  readonly by: string | undefined;
  readonly official: string | undefined;
  readonly due: string | undefined;
}
export type PremiseState =
  | { readonly status: 'none' }
  | {
      readonly status: 'open';
      readonly list: string;
      readonly area: string;
      readonly chain: readonly string[];
      readonly items: Readonly<Record<string, PremiseItem>>;
      /** Who went there to look, each day once: their day out stands whoever looks later. */
      readonly looks: readonly { readonly official: string; readonly on: string }[];
    };

export interface PremiseFacts {
  readonly at: string;
  readonly chain: readonly string[] | undefined;
  /** Whether the list is asked of this kind of place and has the item, and the record is the one of place and list. */
  readonly fits: boolean;
  readonly atWork: boolean;
}

export const premiseRefusals = {
  'premise.unknown': '这个地方没有这一项，请刷新后再看。',
  'premise.in-future': '还没有到的日子不能写。',
  'premise.person-unknown': '这位干部不在岗，请重新选。',
  'premise.due-past': '期限要在今天以后。',
} as const;

/** The one record of a place's list: two people who check the same place write into the same one. */
export const premiseStream = (county: number, area: string, list: string): string =>
  idOf('premise', String(county), area, list);

/** Which places a list is asked of. */
export const Kind = z.enum(['county', 'township', 'village', 'community', 'village-or-community']);
export type Kind = z.infer<typeof Kind>;
export const kindNames: Record<Kind, string> = {
  county: '县',
  township: '乡镇',
  village: '村',
  community: '社区',
  'village-or-community': '村、社区',
};

const Item = z.object({ id: z.string().min(1).max(40), name: z.string().min(1).max(40) });
export const PremisesPolicy = z.object({
  lists: z
    .array(
      z.object({
        id: z.string().min(1).max(40),
        title: z.string().min(2).max(60),
        of: Kind,
        items: z.array(Item).min(1).max(30),
        /** By when it has to stand; open where the source sets none. */
        due: Day.optional(),
        source: z.string().min(2).max(300),
        /** A: as the document says; B: the document names it, the items are the usual ones; C: to be confirmed. */
        confidence: z.enum(['A', 'B', 'C']),
      }),
    )
    .max(50),
});
export type PremisesPolicy = z.infer<typeof PremisesPolicy>;
export type Checklist = PremisesPolicy['lists'][number];

const items = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([id, name]) => ({ id, name }));

const standard: PremisesPolicy = {
  lists: [
    {
      id: 'town-room',
      title: '镇群众工作服务室“五有”',
      of: 'township',
      items: items({ staff: '有人员', sign: '有牌子', computer: '有微机', ledger: '有台帐', rules: '有工作制度' }),
      source: '公开报道引述的镇群众工作服务室标准：有人员、有牌子、有微机、有台帐、有工作制度',
      confidence: 'A',
    },
    {
      id: 'village-point',
      title: '村级群众工作服务点“三有”',
      of: 'village-or-community',
      items: items({ staff: '有人员', place: '有场所', rules: '有制度' }),
      source: '公开报道引述的村级群众工作服务点标准：每个村都要建，搞试点不行，覆盖 100%',
      confidence: 'A',
    },
    {
      id: 'two-centres',
      title: '两个平台',
      of: 'county',
      items: items({ service: '政务服务中心', reception: '信访接待中心' }),
      source: '公开报道引述的一个市的做法：市、县、乡镇都建政务服务中心和信访接待中心，100% 的单位两个都有',
      confidence: 'A',
    },
    {
      id: 'town-platform',
      title: '两个中心、一站一室',
      of: 'township',
      items: items({ service: '政务服务中心', reception: '信访接待中心', station: '群众工作站', room: '群众工作室' }),
      source:
        '一次乡镇会议要求“两个中心、一站一室”确保 6 月底建成，没有写组成；这里按“两个平台”加群众工作站、群众工作室。年份和组成请按本地文件核对',
      confidence: 'C',
    },
    {
      id: 'work-station',
      title: '群众工作站“四有”',
      of: 'township',
      items: items({ listens: '有人听', notes: '有人记', coordinates: '有人协调', solves: '有人解决' }),
      source: '一个乡镇的报告：群众工作站配 1 名副职、2 名一般干部，有人听、有人记、有人协调、有人解决',
      confidence: 'A',
    },
    {
      id: 'community',
      title: '一委一居一站一办',
      of: 'community',
      items: items({ party: '社区党委', residents: '居民委员会', station: '社区服务站', office: '社区综治办' }),
      source: '公开报道引述的一个县的做法：每个社区一委、一居、一站、一办。没有写全称，请按本地叫法核对',
      confidence: 'B',
    },
    {
      id: 'base',
      title: '有人干事、有钱办事、有场地做事',
      of: 'village-or-community',
      items: items({ people: '有人干事', money: '有钱办事', place: '有场地做事' }),
      source: '公开报道引述的基层保障要求：有人干事、有钱办事、有场地做事；人、财、物下到基层',
      confidence: 'A',
    },
    {
      id: 'five-small',
      title: '乡镇“五小设施”',
      of: 'township',
      items: items({ canteen: '小食堂', dormitory: '小宿舍', bath: '小澡堂', library: '小书屋', sports: '小活动室' }),
      source: '一次全市会议只写“五小设施”，没有列哪五项；这里是常见的五项，请按本地文件核对',
      confidence: 'C',
    },
  ],
};

export const premisePolicies: readonly PolicyKind[] = [
  {
    name: 'premises',
    title: '阵地建设',
    schema: PremisesPolicy,
    standard: { source: '各项清单各有出处，见每张清单', document: standard },
  },
];
