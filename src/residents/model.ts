import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * A household and the residents at its address: the least needed to serve them. Who lives there, how to reach them,
 * what they asked for, with consent and an end date. One record for each household, its residents inside it.
 */
const Name = z.string().trim().min(1).max(50);
const Relation = z.string().trim().min(1).max(20);
const BornYear = z.int().min(1900).max(2100);
export const Phone = z.string().regex(/^(1\d{10}|0\d{2,3}-?\d{7,8})$/, '电话应当是 11 位手机号，或者带区号的座机');
export type Phone = z.infer<typeof Phone>;
const Address = z.string().trim().min(1).max(200);

/** What a household may agree to. Needs are services asked for, never a label of a person. */
export const Consented = z.enum(['needs', 'sms']);
export type Consented = z.infer<typeof Consented>;

const ResidentSent = z.object({
  id: z.uuid(),
  name: Name,
  /** 户主, 配偶, 子女 … as the household book calls it. */
  relation: Relation,
  bornYear: BornYear.optional(),
  phone: Phone.optional(),
});

const register = z.object({
  kind: z.literal('household.register'),
  /** Its grid; the village where a place has no grids. */
  area: z.uuid(),
  address: Address,
  residents: z.array(ResidentSent).min(1).max(30),
  /** The official who keeps contact (联户). */
  contact: z.uuid().optional(),
});
const amend = z.object({
  kind: z.literal('household.amend'),
  area: z.uuid().optional(),
  address: Address.optional(),
  /** The whole household has moved away (or is back). */
  moved: z.boolean().optional(),
});
const contact = z.object({ kind: z.literal('household.contact'), official: z.uuid().nullable() });
const add = z.object({ kind: z.literal('resident.add'), resident: ResidentSent });
const amendResident = z.object({
  kind: z.literal('resident.amend'),
  resident: z.uuid(),
  name: Name.optional(),
  relation: Relation.optional(),
  bornYear: BornYear.nullable().optional(),
  phone: Phone.nullable().optional(),
});
const leave = z.object({
  kind: z.literal('resident.leave'),
  resident: z.uuid(),
  reason: z.enum(['moved', 'died', 'mistaken']),
});
const consent = z.object({
  kind: z.literal('resident.consent'),
  resident: z.uuid(),
  what: Consented,
  /** The services agreed to be known for; only with `needs`. Names of the residents policy. */
  needs: z.array(z.string().trim().min(1).max(30)).max(20).optional(),
  /** Last day it may be kept and used; null withdraws the consent now. */
  until: Day.nullable(),
});

/** Given by the mechanism of retention alone: what is known of a household that is gone long enough is erased. */
const forget = z.object({ kind: z.literal('household.forget') });

/** What a client sends. */
export const HouseholdRequest = z.discriminatedUnion('kind', [
  register,
  amend,
  contact,
  add,
  amendResident,
  leave,
  consent,
]);

/**
 * What the ledger takes: the request with the keyed print of each phone number, made where the key is, so that
 * a number can be looked up without standing readable in any table.
 */
const Print = z.string().max(64);
const ResidentPrinted = ResidentSent.extend({ phonePrint: Print.optional() });
export const HouseholdCommand = z.discriminatedUnion('kind', [
  register.extend({ residents: z.array(ResidentPrinted).min(1).max(30) }),
  amend,
  contact,
  add.extend({ resident: ResidentPrinted }),
  amendResident.extend({ phonePrint: Print.nullable().optional() }),
  leave,
  consent,
  forget,
]);
export type HouseholdCommand = z.infer<typeof HouseholdCommand>;
export type ResidentInput = z.infer<typeof ResidentPrinted>;

/** What is personal of one resident: encrypted apart from the event, absent once erased. */
export interface Personal {
  name: string;
  relation: string;
  bornYear?: number | undefined;
  phone?: string | undefined;
}
type Amended = { [K in keyof Personal]?: Personal[K] | null | undefined };

/** Commands write the personal parts whole; what is read back may lack them. */
export type HouseholdEvent =
  | {
      kind: 'household.registered';
      /** Areas that contain it, from the county down. */
      chain: readonly string[];
      contact: string | null;
      residents: readonly { id: string; phonePrint?: string | undefined }[];
      personal?: { address: string; residents: readonly ({ id: string } & Personal)[] };
    }
  | { kind: 'household.amended'; chain?: readonly string[]; moved?: boolean; personal?: { address: string } }
  | { kind: 'household.contact-given'; contact: string | null }
  | { kind: 'resident.added'; resident: string; phonePrint?: string | undefined; personal?: Personal }
  | { kind: 'resident.amended'; resident: string; phonePrint?: string | null | undefined; personal?: Amended }
  | { kind: 'resident.left'; resident: string; reason: 'moved' | 'died' | 'mistaken' }
  | {
      kind: 'resident.consented';
      resident: string;
      what: Consented;
      until: string;
      personal?: { needs: readonly string[] };
    }
  | { kind: 'resident.consent-ended'; resident: string; what: Consented }
  /** After this the boxes of the record are erased; the events stay, and the chain with them. */
  | { kind: 'household.forgotten' };

export interface Consent {
  readonly what: Consented;
  readonly needs: readonly string[];
  readonly until: string;
  readonly givenAt: string;
}

export interface Resident extends Readonly<Personal> {
  readonly id: string;
  readonly phonePrint: string | undefined;
  readonly left: boolean;
  readonly consents: readonly Consent[];
}

export interface HouseholdState {
  readonly registered: boolean;
  readonly chain: readonly string[];
  readonly address: string;
  readonly contact: string | null;
  readonly moved: boolean;
  readonly residents: readonly Resident[];
  /** The day since which nobody of it lives there; null while somebody does. */
  readonly goneOn: string | null;
  readonly forgotten: boolean;
}

export interface HouseholdFacts {
  /** Areas from the county down to the one named; undefined when it is unknown, closed, or no place people live in. */
  readonly chain: readonly string[] | undefined;
  /** Whether the official named works here. */
  readonly officialKnown: boolean;
  /** Names of services that may be registered. */
  readonly services: readonly string[];
  /** Longest time a consent may run: its last possible day. */
  readonly lastDay: string;
  readonly today: string;
  /** forget: who is gone since this day or longer has been kept long enough. */
  readonly goneBefore?: string;
  /** forget: something it raised is not closed yet. */
  readonly busy?: boolean;
}

/** What stands in the place of erased personal data. */
export const ERASED = '（已删除）';

export const householdRefusals = {
  'household.exists': '这一户已经登记过了。',
  'household.unknown': '没有找到这一户。',
  'household.area-unknown': '没有这个网格，或者已经停用。请重新选择。',
  'household.official-unknown': '没有这位干部，或者已经离任。请重新选择联系人。',
  'household.kept': '还没有过保管期，或者还有没办完的事，不能删除。',
  'resident.twice': '这个人已经在这一户里了。',
  'resident.unknown': '这一户没有这个人，或者已经迁出。',
  'resident.too-many': '一户最多登记 30 人。',
  'resident.need-unknown': '没有这一项服务。请从清单里选；清单由管理员维护。',
  'resident.needs-missing': '请写明同意登记哪几项服务。',
  'resident.consent-over': '同意的截止日期已经过了。请选今天以后的日期。',
  'resident.consent-too-long': '同意的期限太长。请按规定的最长期限选一个更近的日期，到期可以再问。',
  'import.file': '文件读不出来。请用 .xlsx 或 .csv 格式（UTF-8 或 GB18030 编码）。',
  'import.header': '表头不对。请使用这些列：户主、与户主关系、姓名、出生年份、电话、村/社区、网格、门牌、联系干部。',
} as const;

/** What a county decides about its residents' register: services that may be registered, and for how long. */
export const ResidentsPolicy = z.object({
  /** Services a household may ask for. A larger weight is visited earlier. */
  services: z.array(z.object({ name: z.string().trim().min(1).max(30), weight: z.int().min(0).max(100) })).max(50),
  /** A consent ends after this many days at the latest; then it is asked again. */
  consentDays: z.int().min(1).max(3_660),
});
export type ResidentsPolicy = z.infer<typeof ResidentsPolicy>;

/**
 * How long a county keeps what it knows of people (row L3). The Personal Information Protection Law asks for the
 * shortest time the purpose needs (Articles 19 and 47) and names no number; the number is the county's decision.
 */
export const RetentionPolicy = z.object({
  /** Years after a household is gone (moved away, or nobody of it left) until its file is erased. */
  householdYears: z.int().min(1).max(30),
});
export type RetentionPolicy = z.infer<typeof RetentionPolicy>;

export const residentPolicies: readonly PolicyKind[] = [
  {
    name: 'retention',
    title: '信息保管期限',
    schema: RetentionPolicy,
    standard: {
      source: '系统初始设置（《个人信息保护法》第十九条、第四十七条只要求最短必要，没有规定年数，请由县里确定）',
      document: { householdYears: 3 } satisfies RetentionPolicy,
    },
  },
  {
    name: 'residents',
    title: '群众登记',
    schema: ResidentsPolicy,
    standard: {
      source: '系统初始设置，使用前请按本地规定核对',
      document: {
        services: [
          { name: '独居老人关照', weight: 10 },
          { name: '留守儿童关爱', weight: 9 },
          { name: '残疾人康复', weight: 8 },
          { name: '慢病随访', weight: 7 },
          { name: '低保救助', weight: 7 },
          { name: '高龄津贴代办', weight: 5 },
          { name: '就业帮助', weight: 4 },
          { name: '妇幼保健', weight: 3 },
          { name: '助学', weight: 3 },
          { name: '优抚', weight: 3 },
        ],
        consentDays: 730,
      },
    },
  },
];
