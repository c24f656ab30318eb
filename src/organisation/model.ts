import { z } from 'zod';
import { Role } from '../access/model.ts';

/**
 * The county as it is organised: the tree of areas, the tree of units, officials with their posts, and
 * assignments (包联) that bind an official to a place (rows A1, A3, A4).
 *
 * Four kinds of records. Each area, unit, official and assignment is a record of its own, so that two
 * administrators at work in different corners never wait for each other.
 */

export const levels = ['county', 'township', 'village', 'grid'] as const;
export type Level = (typeof levels)[number];

/** What an area of a level may be called in law. */
export const areaTypes: Readonly<Record<Level, readonly string[]>> = {
  county: ['县', '区', '市', '旗', '开发区'],
  township: ['镇', '乡', '街道', '园区'],
  village: ['村', '社区'],
  grid: ['网格', '小组', '楼栋'],
};
export const levelNames: Readonly<Record<Level, string>> = {
  county: '县',
  township: '乡镇',
  village: '村（社区）',
  grid: '网格',
};

const Name = z.string().trim().min(1).max(60);
const Id = z.uuid();
const Day = z.iso.date();
const Code = z.string().trim().min(1).max(40);

export const AreaCommand = z.discriminatedUnion('kind', [
  /** Adds an area below its parent; adding one that was closed opens it again. */
  z.object({
    kind: z.literal('area.add'),
    parent: Id.nullable(),
    type: z.string().trim().min(1).max(10),
    name: Name,
    code: Code,
  }),
  z.object({ kind: z.literal('area.rename'), name: Name, type: z.string().trim().min(1).max(10).optional() }),
  /** Puts it under another parent; given again with the same parent it takes over the parent's new path. */
  z.object({ kind: z.literal('area.move'), parent: Id }),
  z.object({ kind: z.literal('area.close') }),
]);
export type AreaCommand = z.infer<typeof AreaCommand>;

export type AreaEvent =
  | {
      kind: 'area.added';
      parent: string | null;
      /** The parent's path, from the county down. */
      above: readonly string[];
      level: Level;
      type: string;
      name: string;
      code: string;
    }
  | { kind: 'area.renamed'; name: string; type: string }
  | { kind: 'area.moved'; parent: string; above: readonly string[] }
  | { kind: 'area.closed' };

export interface AreaState {
  readonly stage: 'none' | 'open' | 'closed';
  readonly parent: string | null;
  readonly above: readonly string[];
  readonly level: Level;
  readonly type: string;
  readonly name: string;
  readonly code: string;
  /** The command that takes the last change back. */
  readonly undo?: AreaCommand;
}

export interface AreaFacts {
  /** The parent the command names, or the present one. */
  readonly parent: { readonly level: Level; readonly chain: readonly string[]; readonly closed: boolean } | undefined;
  readonly nameTaken: boolean;
  readonly codeTaken: boolean;
  readonly rootTaken: boolean;
  readonly below: number;
  readonly inhabited: boolean;
}

export const unitTypes = ['department', 'township', 'section', 'enterprise'] as const;
export type UnitType = (typeof unitTypes)[number];
export const unitTypeNames: Readonly<Record<UnitType, string>> = {
  department: '部门',
  township: '乡镇政府',
  section: '内设机构',
  enterprise: '企事业单位',
};

export const UnitCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('unit.add'),
    parent: Id.nullable(),
    type: z.enum(unitTypes),
    name: Name,
    shortName: z.string().trim().min(1).max(20).optional(),
    area: Id,
    code: Code.optional(),
  }),
  z.object({ kind: z.literal('unit.rename'), name: Name, shortName: z.string().trim().min(1).max(20).optional() }),
  z.object({ kind: z.literal('unit.move'), parent: Id.nullable(), area: Id }),
  /** Who leads it and who takes what is dispatched to it. */
  z.object({ kind: z.literal('unit.lead'), head: Id.nullable(), reception: Id.nullable() }),
  z.object({ kind: z.literal('unit.close') }),
]);
export type UnitCommand = z.infer<typeof UnitCommand>;

export type UnitEvent =
  | {
      kind: 'unit.added';
      parent: string | null;
      type: UnitType;
      name: string;
      shortName: string;
      area: string;
      code: string | null;
    }
  | { kind: 'unit.renamed'; name: string; shortName: string }
  | { kind: 'unit.moved'; parent: string | null; area: string }
  | { kind: 'unit.led'; head: string | null; reception: string | null }
  | { kind: 'unit.closed' };

export interface UnitState {
  readonly stage: 'none' | 'open' | 'closed';
  readonly parent: string | null;
  readonly type: UnitType;
  readonly name: string;
  readonly shortName: string;
  readonly area: string;
  readonly code: string | null;
  readonly head: string | null;
  readonly reception: string | null;
  readonly undo?: UnitCommand;
}

export interface UnitFacts {
  /** The parent the command names and everything above it; undefined when it is closed or not there. */
  readonly parentPath: readonly string[] | undefined;
  readonly areaOpen: boolean;
  readonly nameTaken: boolean;
  readonly codeTaken: boolean;
  readonly below: number;
  readonly officials: number;
  /** Of the officials the command names, those who are there and at work. */
  readonly atWork: readonly string[];
  /** The record itself. */
  readonly self: string;
}

const Phone = z
  .string()
  .trim()
  .regex(/^[0-9+\- ]{0,20}$/);

export const OfficialCommand = z.discriminatedUnion('kind', [
  /** Registers an official; registering one who had retired brings them back with their posts. */
  z.object({
    kind: z.literal('official.register'),
    name: Name,
    title: z.string().trim().max(60),
    unit: Id,
    phone: Phone,
    code: Code.optional(),
  }),
  z.object({
    kind: z.literal('official.amend'),
    name: Name.optional(),
    title: z.string().trim().max(60).optional(),
    unit: Id.optional(),
    phone: Phone.optional(),
    photo: z.string().max(200).nullable().optional(),
  }),
  z.object({
    kind: z.literal('official.give-post'),
    role: Role,
    unit: Id,
    area: Id.nullable(),
    title: z.string().trim().max(60),
    since: Day,
  }),
  z.object({ kind: z.literal('official.end-post'), place: z.int().min(1).max(1000), until: Day }),
  z.object({ kind: z.literal('official.retire'), until: Day }),
]);
export type OfficialCommand = z.infer<typeof OfficialCommand>;

export interface Post {
  readonly place: number;
  readonly role: Role;
  readonly unit: string;
  readonly area: string | null;
  readonly title: string;
  readonly since: string;
  readonly until: string | null;
}

export type OfficialEvent =
  | { kind: 'official.registered'; name: string; title: string; unit: string; phone: string; code: string | null }
  | { kind: 'official.amended'; name: string; title: string; unit: string; phone: string; photo: string | null }
  | ({ kind: 'official.post-given' } & Omit<Post, 'until'>)
  | { kind: 'official.post-ended'; place: number; until: string }
  | { kind: 'official.retired'; until: string };

export interface OfficialState {
  readonly stage: 'none' | 'working' | 'retired';
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly phone: string;
  readonly photo: string | null;
  readonly code: string | null;
  readonly posts: readonly Post[];
  /** The last day of a retired official; their posts end with it. */
  readonly until?: string;
  readonly undo?: OfficialCommand;
}

export interface OfficialFacts {
  readonly unitOpen: boolean;
  readonly areaOpen: boolean;
}

export const assignmentTypes = ['village', 'household', 'contact-point', 'department'] as const;
export type AssignmentType = (typeof assignmentTypes)[number];
export const assignmentTypeNames: Readonly<Record<AssignmentType, string>> = {
  village: '包村',
  household: '联户',
  'contact-point': '定点联系',
  department: '部门包村',
};

export const AssignmentCommand = z.discriminatedUnion('kind', [
  /** Binds an official; making one that was ended, with the same official and target, lets it go on. */
  z.object({
    kind: z.literal('assignment.make'),
    official: Id,
    type: z.enum(assignmentTypes),
    area: Id.nullable(),
    household: Id.nullable(),
    unit: Id.nullable(),
    role: z.string().trim().min(1).max(20),
    since: Day,
    /** Why a department is matched with this village against the matching rule. */
    reason: z.string().trim().min(2).max(300).optional(),
  }),
  z.object({ kind: z.literal('assignment.end'), until: Day, reason: z.string().trim().min(2).max(300).optional() }),
]);
export type AssignmentCommand = z.infer<typeof AssignmentCommand>;

export type AssignmentEvent =
  | {
      kind: 'assignment.made';
      official: string;
      type: AssignmentType;
      area: string | null;
      household: string | null;
      unit: string | null;
      role: string;
      since: string;
      lockedUntil: string | null;
      reason: string | null;
    }
  | { kind: 'assignment.ended'; until: string; reason: string | null };

export interface AssignmentState {
  readonly stage: 'none' | 'running' | 'ended';
  readonly official: string;
  readonly type: AssignmentType;
  readonly area: string | null;
  readonly household: string | null;
  readonly unit: string | null;
  readonly role: string;
  readonly since: string;
  readonly until: string | null;
  readonly lockedUntil: string | null;
  readonly undo?: AssignmentCommand;
}

export interface AssignmentFacts {
  readonly officialAtWork: boolean;
  readonly areaLevel: Level | undefined;
  /** The path of the target's area. */
  readonly areas: readonly string[];
  readonly householdKnown: boolean;
  readonly unitType: UnitType | undefined;
  /** The same official already holds the same target in the same role. */
  readonly doubled: boolean;
  /** Other villages this department has now. */
  readonly villagesOfDepartment: number;
  /** Other departments in the village's township now. */
  readonly departmentsInTownship: number;
  /** Whether the matching rule speaks against this department for this village. */
  readonly mismatch: boolean;
  readonly rules: AssignmentRules;
}

const Range = z.object({ min: z.int().min(0).max(100), max: z.int().min(0).max(100) });

/** How officials are bound to places: numbers, roles and the matching rule (rows A3; VIS-07, VIS-11, 2:G9). */
export const AssignmentRules = z.object({
  /** Years a department stays with a village. */
  lockYears: z.int().min(0).max(10),
  departmentsPerTownship: Range,
  villagesPerDepartment: Range,
  /** The roles every village must have filled; the first one leads. */
  links: z
    .array(z.object({ role: z.string().min(1).max(20), title: z.string().min(1).max(30) }))
    .min(1)
    .max(8),
  /** What each county leader must have as contact points. */
  contactPoints: z.array(z.enum(['township', 'village', 'enterprise'])).max(3),
  /** Which class of department suits which need. Needs are named for what would help, never for what is wrong. */
  matching: z
    .array(
      z.object({
        class: z.string().regex(/^[a-z-]{1,30}$/),
        className: z.string().min(1).max(30),
        need: z.string().regex(/^[a-z-]{1,30}$/),
        needName: z.string().min(1).max(30),
      }),
    )
    .max(20),
  /** Class of each department by its id. Departments not named match every village. */
  classes: z.record(z.uuid(), z.string().max(30)),
  /** Need of each village by its id. */
  needs: z.record(z.uuid(), z.string().max(30)),
});
export type AssignmentRules = z.infer<typeof AssignmentRules>;

export const organisationRefusals = {
  'area.exists': '这个区划已经有了，不用再添加。',
  'area.missing': '没有这个区划，可能还没添加。请先添加。',
  'area.closed': '这个区划已撤销。要继续使用，请先恢复。',
  'area.no-parent': '上级区划没有找到或已撤销，请另选上级。',
  'area.wrong-level': '上级的层级不对：县下设乡镇，乡镇下设村（社区），村（社区）下设网格。请另选上级。',
  'area.wrong-type': '类别和层级不相符，请改选类别，例如乡镇一级选镇、乡、街道。',
  'area.name-taken': '同一上级下已有这个名称，请换一个名称。',
  'area.code-taken': '这个区划代码已被使用，请核对代码。',
  'area.root-taken': '县级区划只能有一个，请把它加在现有的县之下。',
  'area.unchanged': '和现在一样，不用修改。',
  'area.has-below': '下面还有没撤销的区划，请先处理下级。',
  'area.inhabited': '这里还有登记的住户，请先把住户转到别的网格。',
  'area.root-fixed': '县级区划不能移到别处。',
  'unit.exists': '这个单位已经有了，不用再添加。',
  'unit.missing': '没有这个单位，可能还没添加。请先添加。',
  'unit.closed': '这个单位已撤销。要继续使用，请先恢复。',
  'unit.no-parent': '上级单位没有找到或已撤销，请另选上级。',
  'unit.no-area': '服务区域没有找到或已撤销，请另选区域。',
  'unit.name-taken': '同一上级下已有这个单位名称，请换一个名称。',
  'unit.code-taken': '这个单位代码已被使用，请核对代码。',
  'unit.circle': '不能移到它自己或它的下级单位之下，请另选上级。',
  'unit.section-parent': '内设机构必须有上级单位，请选择上级。',
  'unit.unchanged': '和现在一样，不用修改。',
  'unit.has-below': '下面还有没撤销的单位，请先处理下级。',
  'unit.has-officials': '还有干部在这个单位，请先调整他们的单位。',
  'unit.no-official': '没有找到这位干部，或者已离任。请另选一位。',
  'official.exists': '这位干部已经登记过，不用再登记。',
  'official.missing': '没有这位干部，请先登记。',
  'official.retired': '这位干部已离任。要继续使用，请先恢复。',
  'official.no-unit': '单位没有找到或已撤销，请另选单位。',
  'official.no-area': '区域没有找到或已撤销，请另选区域。',
  'official.post-area': '这个角色要说明管哪片区域，请选择区域。',
  'official.post-doubled': '这位干部已有同样的岗位，不用再添加。',
  'official.no-post': '没有这个岗位，或者已经结束。请刷新后再看。',
  'official.ends-early': '结束日期早于开始日期，请改日期。',
  'official.unchanged': '和现在一样，不用修改。',
  'assignment.exists': '这项包联已经有了，不用再添加。',
  'assignment.missing': '没有这项包联，可能还没建立。',
  'assignment.ended': '这项包联已经结束。',
  'assignment.no-official': '没有找到这位干部，或者已离任。请另选一位。',
  'assignment.no-area': '请选择包联的村（社区）；定点联系也可以选乡镇。',
  'assignment.no-household': '没有找到这户，请先登记住户。',
  'assignment.no-unit': '请选择单位：部门包村选部门，定点联系选企事业单位。',
  'assignment.one-target': '一项包联只对应一个对象，请去掉多余的。',
  'assignment.doubled': '这位干部已在这里担任同样的角色，不用再添加。',
  'assignment.department-full': '这个部门包的村已经够数，请换一个部门，或先结束一项。',
  'assignment.township-full': '这个乡镇的包村部门已经够数，请换一个乡镇，或先结束一项。',
  'assignment.mismatch': '按配对规则，这个部门和这个村的需求不对口。确要这样安排，请写明理由。',
  'assignment.locked': '还在固定年限内。确要提前结束，请写明理由。',
  'assignment.ends-early': '结束日期早于开始日期，请改日期。',
  'import.no-file': '请选择要导入的 xlsx 文件。',
  'import.not-xlsx': '文件打不开。请用 Excel 或 WPS 另存为 .xlsx 后再导入。',
} as const;
export type OrganisationRefusal = keyof typeof organisationRefusals;
