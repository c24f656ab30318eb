import type { z } from 'zod';
import type { t } from './english.ts';

/**
 * Which fact each field of each form asks for, and whether the system could know it already (rows B12, Y7, J13). The
 * forms are the commands' own schemas, so a new form is looked at from the day it exists.
 */
export interface Form {
  /** The kind of record it is given to. */
  readonly record: string;
  readonly kind: string;
  /** Paths of its fields, e.g. `needs.words`. */
  readonly fields: readonly string[];
}

/** A kind of record with the shapes of its commands. */
export interface Asking {
  readonly name: string;
  readonly commands: z.ZodType;
}

type Shape = {
  readonly type?: string;
  readonly shape?: Record<string, Defined>;
  readonly element?: Defined;
  readonly innerType?: Defined;
};
type Defined = { readonly def: Shape; readonly shape?: Record<string, Defined> };

/** What stands inside optional, default, nullable and refined fields. */
const inner = (type: Defined): Defined => (type.def.innerType === undefined ? type : inner(type.def.innerType));

function pathsOf(shape: Readonly<Record<string, Defined>>, above = ''): string[] {
  return Object.entries(shape).flatMap(([name, sent]) => {
    const path = above === '' ? name : `${above}.${name}`;
    let type = inner(sent);
    if (type.def.element !== undefined) type = inner(type.def.element);
    return type.shape === undefined ? [path] : pathsOf(type.shape, path);
  });
}

/** All forms there are, out of the records' commands. */
export function formsOf(records: readonly Asking[]): Form[] {
  return records.flatMap(({ name, commands }) => {
    const options = (commands as unknown as { options?: readonly Defined[] }).options ?? [
      commands as unknown as Defined,
    ];
    return options.map((option) => {
      const { kind, ...fields } = option.shape as Record<string, Defined>;
      return {
        record: name,
        kind: (kind as unknown as { value: string }).value,
        fields: pathsOf(fields),
      };
    });
  });
}

/** Commands by which a record begins; what they ask is known in the record from then on. */
const BEGINS = /\.(register|record|make|add|open|propose|import|issue|publish|found|start|create)$/;

/** Commands made to change a fact of their record: there the old one stands in the field already. */
const AMENDS = /\.(amend|rename|move|correct|classify|reset|set-[a-z]+|change-[a-z]+)$/;

/** A new record's own name and kind, which no other record can know. */
const OWN = new Set(['name', 'shortName', 'type', 'parent', 'code', 'title', 'id']);

/** The same word for another fact. */
const DECLARED: Readonly<Record<string, string>> = {
  // In person, by telephone, nobody at home: not the official who keeps contact.
  'visit.record contact': 'visit.kindOfContact',
  // What the post is called, not the person.
  'official.give-post title': 'post.title',
  // Who takes the minutes, not who calls the meeting.
  'meeting.call recorder': 'meeting.minutes',
};

/** Fields that name a record whose own facts are then known. */
const REFERENCES: Readonly<Record<string, string>> = {
  household: 'household',
  resident: 'household',
  person: 'household',
  official: 'official',
  contact: 'official',
  leader: 'official',
  handler: 'official',
  head: 'official',
  reception: 'official',
  unit: 'unit',
  area: 'area',
  village: 'area',
  visit: 'visit',
  matter: 'matter',
  pair: 'pair',
  festival: 'festival',
  campaign: 'campaign',
  team: 'team',
};

/** The same fact under other names. */
const SAME: Readonly<Record<string, string>> = {
  tel: 'phone',
  mobile: 'phone',
  telephone: 'phone',
  homeAddress: 'address',
  householdAddress: 'address',
  householdHead: 'name',
  headName: 'name',
  residentName: 'name',
  birthYear: 'bornYear',
  yearOfBirth: 'bornYear',
  officialName: 'writer',
  recorder: 'writer',
  recordedBy: 'writer',
  reportedBy: 'writer',
  filledBy: 'writer',
  operator: 'writer',
  unitName: 'writerUnit',
  officialUnit: 'writerUnit',
  officialPhone: 'writerPhone',
  officialTitle: 'writerTitle',
  filledAt: 'now',
  recordedAt: 'now',
  reportedAt: 'now',
  countyName: 'county',
};

/** What every form knows of whoever fills it in, when and where. */
const KNOWN = new Set(['writer', 'writerUnit', 'writerPhone', 'writerTitle', 'now', 'county']);

/** Figures are worked out from the entries; a form that asks for one asks a second time, whatever it calls it. */
const FIGURE = /(Count|Total|Sum|Times|Rate|Percent)$|^(count|total|households?Met|visitsMade|labourDays|daysWorked)$/;

/**
 * Said anew each time, so never known beforehand: words, reasons, proofs, days of something new, and places in a list.
 * A fact of a record must not be called by one of these.
 */
const SAID = new Set(
  (
    'note reason words how comment text answer body subject ground plan measures measure what signature code card key ' +
    'means by until since day on at metAt receivedAt due starts validFrom expected kind grant outcome promise place index ' +
    'days hours goods cents amount limit url document source hash password secret events scopes'
  ).split(' '),
);

export interface Fact {
  readonly form: Form;
  readonly field: string;
  /** The fact's name: `household.address`, `actor.writer`, `said.reason`, `figure.visitCount`. */
  readonly fact: string;
}

const leafOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
const nameOf = (path: string): string => SAME[leafOf(path)] ?? leafOf(path);

/** The fact a field asks for. Every field has one. */
export function factOf(form: Form, field: string): Fact {
  const name = nameOf(field);
  const declared = DECLARED[`${form.kind} ${field}`];
  if (declared !== undefined) return { form, field, fact: declared };
  const fact = KNOWN.has(name)
    ? `actor.${name}`
    : FIGURE.test(name)
      ? `figure.${name}`
      : SAID.has(name)
        ? `said.${name}`
        : `${form.record}.${name}`;
  return { form, field, fact };
}

/** Fields that look as if they asked twice and have a reason to; one that is no longer found fails the test. */
export const agreed: readonly Agreed[] = [
  {
    form: 'official.give-post',
    field: 'unit',
    why: '兼职的岗位可以在别的单位；本单位已经填好，不改就不用动',
  },
  { form: 'official.give-post', field: 'area', why: '岗位管的地区可以和单位所在地不同' },
  { form: 'assignment.make', field: 'area', why: '包村、包户、部门包村用的是不同的格子，一次只填一个' },
  { form: 'assignment.make', field: 'unit', why: '部门包村时写的是部门，不一定是本人的单位' },
  { form: 'matter.register', field: 'area', why: '事发生的地方不一定是家里；选了住户会先填好' },
  { form: 'matter.register', field: 'reporter.name', why: '来说事的人不一定登记在这一户；选了住户的人就不用填' },
  { form: 'matter.register', field: 'reporter.phone', why: '这一次怎么回话由来说的人定；选了住户的人就不用填' },
  { form: 'matter.dispatch', field: 'category', why: '登记时的分类只是建议，派单的人定下来；已经填好，不改就不用动' },
  { form: 'team.found', field: 'area', why: '一个队驻的地方只是活动地区的一部分' },
  { form: 'occasion.record', field: 'area', why: '在哪里办的，和哪个单位不是一回事' },
  { form: 'outreach.take', field: 'phone', why: '来说事的人不一定登记在这一户；预约过的已经填好' },
  {
    form: 'reception-day.receive',
    field: 'phone',
    why: '来访的人不一定登记在这一户；预约过的已经填好',
  },
  { form: 'reception-day.receive', field: 'area', why: '事发生的地方不一定是家里；不填就算接访的地方' },
  { form: 'ticket.register', field: 'phone', why: '来大厅的人不一定登记在这一户，取号也不留名' },
  { form: 'ticket.register', field: 'area', why: '事发生的地方不一定是家里；不填就算大厅所在的地方' },
  { form: 'hall-desk.open', field: 'area', why: '窗口在哪个大厅，和派人来的单位在哪里不是一回事' },
  { form: 'dialogue.announce', field: 'area', why: '哪里办的这一场，和嘉宾的单位在哪里不是一回事' },
  { form: 'dialogue.announce', field: 'phone', why: '热线的号码，不是嘉宾的电话' },
  { form: 'need-report.file', field: 'area', why: '缺什么的地方不一定是家里；选了住户会先填好' },
  { form: 'dispute.register', field: 'area', why: '纠纷在哪里，和负责的单位在哪里不是一回事' },
  { form: 'dispute.regrade', field: 'signs', why: '迹象变了才改；原来的已经填好' },
  { form: 'dispute.assign', field: 'person', why: '换谁来负责，是新定的' },
  { form: 'dispute.hand-over', field: 'unit', why: '请哪个单位接，是新定的' },
  { form: 'dispute.take', field: 'person', why: '接手的单位另定自己的人' },
  { form: 'mediator.enrol', field: 'phone', why: '调解员多数不是干部；写的是找他调解的电话' },
  { form: 'mediator.enrol', field: 'area', why: '在哪里调解，和所在的调委会在哪里不是一回事' },
  { form: 'mediator.enrol', field: 'unit', why: '写的是聘他的调委会，不是本人上班的单位' },
  { form: 'mediator.amend', field: 'phone', why: '调解员多数不是干部；原来的电话已经填好' },
  { form: 'mediator.amend', field: 'area', why: '在哪里调解可以改；原来的已经填好' },
  { form: 'mediator.amend', field: 'unit', why: '写的是聘他的调委会；原来的已经填好' },
  { form: 'sweep.find', field: 'area', why: '先填好排查的地方；事发生在下面哪个村、组的可以改' },
  { form: 'hard-case.adopt', field: 'matter', why: '在哪件诉求上按“包下”就是哪件，不用填' },
  { form: 'hard-case.hand-over', field: 'leader', why: '交给哪位领导，是新定的' },
  { form: 'matter.register', field: 'joint.representatives.name', why: '代表由联名的人推选，不一定登记在这一户' },
  { form: 'matter.register', field: 'joint.representatives.phone', why: '代表由联名的人推选，不一定登记在这一户' },
  { form: 'matter.split', field: 'area', why: '分出来的事可能在别处；不选就和原来那件一样' },
  { form: 'matter.split', field: 'spot', why: '分出来的事可能在别处；可以不写' },
  { form: 'matter.name-persons', field: 'about', why: '改正反映的是谁，原来的已经填在那一格里' },
  { form: 'matter.hear-meeting', field: 'name', why: '从会议纪要自动来，没有人填' },
  { form: 'matter.hear-meeting', field: 'unit', why: '从会议纪要自动来，没有人填' },
  { form: 'matter.hear-meeting', field: 'official', why: '从会议纪要自动来，没有人填' },
  { form: 'matter.raise-again', field: 'channel', why: '这一次怎么来的，和上一次可以不同' },
  { form: 'matter.make-joint', field: 'joint.persons', why: '后来才联名，或者人数变了；记过的已经填好' },
  {
    form: 'matter.make-joint',
    field: 'joint.representatives.name',
    why: '后来才推选的代表，或者换了人；看得到的已经填好',
  },
  {
    form: 'matter.make-joint',
    field: 'joint.representatives.phone',
    why: '后来才推选的代表，或者换了人；看得到的已经填好',
  },
  { form: 'order.take-up', field: 'person', why: '交办时没有指定的，由单位定承办人；也可以换人' },
  { form: 'paper.issue', field: 'unit', why: '文书由系统写好，没有人填这一格' },
  { form: 'route-change.propose', field: 'area', why: '退单多在一个地方的，一按就带上，不用填' },
  { form: 'tip-circle.confirm', field: 'official', why: '在名单上按那一位，不用填' },
  { form: 'tip-circle.remove', field: 'official', why: '在名单上按那一位，不用填' },
];

/** A form that looks as if it asked twice and has a reason to. */
export interface Agreed {
  readonly form: string;
  readonly field: string;
  readonly why: Parameters<typeof t>[0];
}

export interface AskedTwice {
  readonly form: string;
  readonly field: string;
  readonly fact: string;
  /** Where the system has it from: who fills it in, the entries, the record itself, or the record named by a field. */
  readonly known: 'giver' | 'entries' | 'itself' | 'named';
  /** The kind of record that holds it, where one does. */
  readonly record?: string;
}

/** Fields that ask for a fact the system has when the form is opened: from its giver, its record, or a record it names. */
export function askedTwice(forms: readonly Form[]): AskedTwice[] {
  const begun = new Map<string, Set<string>>();
  for (const form of forms.filter((f) => BEGINS.test(f.kind))) {
    const held = begun.get(form.record) ?? new Set<string>();
    for (const field of form.fields) {
      const { fact } = factOf(form, field);
      if (!fact.startsWith('said.')) held.add(nameOf(field));
    }
    begun.set(form.record, held);
  }
  return forms.flatMap((form) => {
    const begins = BEGINS.test(form.kind);
    const named = form.fields.flatMap((field) => {
      const record = REFERENCES[leafOf(field)];
      return record === undefined || record === form.record ? [] : [{ field, record }];
    });
    return form.fields.flatMap((field) => {
      const { fact } = factOf(form, field);
      const twice = (known: AskedTwice['known'], record?: string): AskedTwice[] => [
        { form: form.kind, field, fact, known, ...(record === undefined ? {} : { record }) },
      ];
      if (fact.startsWith('actor.')) return twice('giver');
      if (fact.startsWith('figure.')) return twice('entries');
      if (fact.startsWith('said.') || DECLARED[`${form.kind} ${field}`] !== undefined) return [];
      if (!begins && !AMENDS.test(form.kind) && begun.get(form.record)?.has(nameOf(field)) === true)
        return twice('itself', form.record);
      const nested = field.includes('.');
      if (!nested && OWN.has(leafOf(field))) return [];
      const from = named.find(
        (n) =>
          n.field !== field &&
          // What stands in a group of its own is somebody's or something's: of a person it may be known.
          (!nested || n.record === 'household') &&
          begun.get(n.record)?.has(nameOf(field)) === true,
      );
      return from === undefined ? [] : twice('named', from.record);
    });
  });
}

/** What is left when the agreed ones are taken away, and which of those agreed are no longer needed. */
export function faultsOf(forms: readonly Form[], agreed: readonly Agreed[]) {
  const found = askedTwice(forms);
  const same = (a: { form: string; field: string }, b: { form: string; field: string }): boolean =>
    a.form === b.form && a.field === b.field;
  return {
    faults: found.filter((f) => !agreed.some((a) => same(a, f))),
    kept: found.flatMap((f) => {
      const line = agreed.find((a) => same(a, f));
      return line === undefined ? [] : [{ ...f, why: line.why }];
    }),
    idle: agreed.filter((a) => !found.some((f) => same(a, f))),
  };
}
