import type { Role } from '../access/model.ts';
import { addDays, dayOf, startOfDay } from '../calendar/days.ts';
import { DUTIES_POLICY, type DutiesPolicy } from '../duties/model.ts';
import { exceptionRecord } from '../duties/tables.ts';
import type { Calendar } from '../calendar/model.ts';
import {
  CAMPAIGN_TEMPLATES,
  type CampaignCommand,
  type CampaignEvent,
  type CampaignFacts,
  type Templates,
} from '../campaigns/model.ts';
import { campaignRecord, memberRecord, teamRecord } from '../campaigns/tables.ts';
import { isRefusal } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { History } from '../ledger/ledger.ts';
import type { Policies, RecordType } from '../ledger/record.ts';
import type { RaisingPolicy } from '../matters/handling-model.ts';
import {
  type MatterCommand,
  type MatterFacts,
  type MatterSettings,
  type MatterState,
  type Outcome,
  type PaperKind,
  type PetitionSettings,
} from '../matters/model.ts';
import { writeNumber } from '../matters/number.ts';
import { paperOf, paperUnit } from '../matters/petition.ts';
import { NO_NUMBER, type TakenNumber, sayPaperNumber } from '../register/model.ts';
import { wordOf } from '../register/numbers.ts';
import { type PaperPolicy, templateOf } from '../papers/templates.ts';
import type { ClockDocument } from '../matters/policy.ts';
import { policyRecord, policyStream } from '../policy/tables.ts';
import { clocksOn, matterRecord } from '../matters/tables.ts';
import type { Level } from '../organisation/model.ts';
import { areaRecord, assignmentRecord, officialRecord, unitRecord } from '../organisation/records.ts';
import { ASSIGNMENT_RULES } from '../organisation/policies.ts';
import type { AssignmentRules } from '../organisation/model.ts';
import type { ResidentsPolicy } from '../residents/model.ts';
import { residentRecords } from '../residents/tables.ts';
import type { VisitsPolicy } from '../visits/model.ts';
import { visitRecord } from '../visits/tables.ts';
import { demoCampaigns, demoTeams } from './campaigns.ts';
import { TOLD } from './words/places.ts';
import { going } from './going.ts';
import type { Area, Assignment, Household, MatterStory, Official, Plan, Step, VisitHappening } from './model.ts';

const FIRST_DAY = '2023-01-01';
export const MADE_AT = '2023-01-01T00:00:00.000Z';
const MAKER = 'system:demo';

/** Days before the demo's last day in which what was promised is still open. */
const PROMISED_WITHIN = 14;
const PROMISES = [
  '把政策原文打出来送上门，再讲一遍',
  '问清镇里哪天来人，回来说一声',
  '把材料带到窗口交，回执送回来',
  '请水管员来看一次，一起在场',
  '把申请表填好，下次带来签字',
];

/** Turns the plan's values into histories by playing commands through the records' own rules. */
export class Maker {
  readonly counters = new Map<string, number>();
  /** The last number of each unit's papers of a series in a year. */
  readonly #papers = new Map<string, number>();
  readonly #county: number;
  readonly #plan: Plan;
  readonly #policies: Policies;
  readonly #desk: string;
  readonly #areas = new Map<string, { area: Area; chain: string[] }>();
  readonly #officials: Map<string, Official>;
  readonly #unitHead = new Map<string, string>();
  readonly #members = new Map<string, Set<string>>();
  readonly #townshipUnit = new Map<string, string>();
  readonly #households = new Map<
    string,
    { chain: readonly string[]; contact: string | null; residents: { id: string; bornYear: number }[] }
  >();
  readonly #clocks = new Map<string, ReturnType<typeof clocksOn>>();

  constructor(county: number, plan: Plan, policies: Policies, desk: string) {
    this.#county = county;
    this.#plan = plan;
    this.#policies = policies;
    this.#desk = desk;
    this.#officials = new Map(plan.officials.map((o) => [o.id, o]));
    for (const area of plan.areas) {
      const above = area.parent === undefined ? [] : this.#areas.get(area.parent)!.chain;
      this.#areas.set(area.id, { area, chain: [...above, area.id] });
    }
    for (const unit of plan.units) if (unit.kind === 'township-government') this.#townshipUnit.set(unit.area, unit.id);
    for (const official of plan.officials) {
      const members = this.#members.get(official.unit) ?? new Set();
      members.add(official.id);
      this.#members.set(official.unit, members);
      if (!this.#unitHead.has(official.unit)) this.#unitHead.set(official.unit, official.id);
    }
  }

  /** A record's history: each command decided on what the ones before left. */
  #play<S, C extends { kind: string }, E extends { kind: string }, F>(
    type: RecordType<S, C, E, F>,
    stream: string,
    steps: readonly { command: C; facts: F | ((state: S) => F); actor: string; at: string }[],
  ): History {
    let state = type.decider.initial;
    const events: History['events'][number][] = [];
    for (const { command, facts, actor, at } of steps) {
      const verdict = type.decider.decide(
        state,
        command,
        typeof facts === 'function' ? (facts as (s: S) => F)(state) : facts,
      );
      if (isRefusal(verdict))
        throw new Error(
          `${command.kind} of ${stream} was refused: ${verdict.refused} ${verdict.field ?? ''}\n${JSON.stringify(command)} ${actor} ${at}`,
        );
      for (const event of verdict) {
        const stamp = { actor, at, version: events.length + 1 };
        state = type.decider.evolve(state, event, stamp);
        events.push({ ...event, stamp });
      }
    }
    return { county: this.#county, id: idOf('demo', stream), record: type.name, stream, events };
  }

  *organisation(): Generator<History> {
    const made = { actor: MAKER, at: MADE_AT };
    for (const { area, chain } of this.#areas.values()) {
      const parent = area.parent === undefined ? undefined : this.#areas.get(area.parent)!;
      yield this.#play(areaRecord, area.id, [
        {
          ...made,
          command: {
            kind: 'area.add',
            parent: area.parent ?? null,
            type: typeOf(area),
            name: area.name,
            code: area.code,
          },
          facts: {
            parent:
              parent === undefined
                ? undefined
                : { level: parent.area.level as Level, chain: chain.slice(0, -1), closed: false },
            nameTaken: false,
            codeTaken: false,
            rootTaken: false,
            below: 0,
            inhabited: false,
          },
        },
      ]);
    }
    for (const unit of this.#plan.units) {
      const head = this.#unitHead.get(unit.id);
      const facts = {
        parentPath: unit.parent === undefined ? [] : [unit.parent],
        areaOpen: true,
        nameTaken: false,
        codeTaken: false,
        below: 0,
        officials: 0,
        atWork: [...(this.#members.get(unit.id) ?? [])],
        self: unit.id,
      };
      const short = unit.name.replace(/^清河县/, '').slice(0, 20);
      const type = unit.kind === 'township-government' ? 'township' : unit.kind;
      yield this.#play(unitRecord, unit.id, [
        {
          ...made,
          facts,
          command: {
            kind: 'unit.add',
            parent: unit.parent ?? null,
            type,
            name: unit.name,
            shortName: short,
            area: unit.area,
          },
        },
        ...(head === undefined || unit.parent !== undefined
          ? []
          : [
              {
                ...made,
                facts,
                command: { kind: 'unit.lead' as const, head, reception: this.#receptionOf(unit.id, head) },
              },
            ]),
      ]);
    }
    for (const official of this.#plan.officials) {
      const facts = { unitOpen: true, areaOpen: true, today: FIRST_DAY };
      yield this.#play(officialRecord, official.id, [
        {
          ...made,
          facts,
          command: {
            kind: 'official.register',
            name: official.name,
            title: official.post,
            unit: official.section ?? official.unit,
            phone: official.phone,
          },
        },
        ...official.roles.map((role) => ({
          ...made,
          facts,
          command: {
            kind: 'official.give-post' as const,
            role,
            unit: official.unit,
            area: this.#areaOfPost(official, role),
            title: official.post,
            since: FIRST_DAY,
          },
        })),
      ]);
    }
    yield* this.#assignments();
  }

  /** Campaigns that run, their teams, groups and members; the last groups have no village yet, one has lost its leader. */
  *campaigns(): Generator<History> {
    const root = this.#plan.areas.find((a) => a.level === 'county')!;
    const { templates } = this.#policies.get<Templates>(CAMPAIGN_TEMPLATES);
    const until = dayOf(this.#plan.until);
    const began = (ago: number): string => addDays(until, -ago);
    for (const { id, template, name, ago, amounts, told, over } of demoCampaigns) {
      const from = began(ago);
      const area = told === true ? this.#plan.areas.find((a) => a.name === TOLD)! : root;
      const { chain } = this.#areas.get(area.id)!;
      const facts = (today: string, handing?: CampaignFacts['handing']): CampaignFacts => ({
        template: templates.find((t) => t.code === template),
        chain,
        today,
        team: undefined,
        handing,
      });
      const step = (ago: number, command: CampaignCommand, handing?: CampaignFacts['handing']) => ({
        actor: MAKER,
        at: `${began(ago)}T01:00:00.000Z`,
        command,
        facts: facts(began(ago), handing),
      });
      const policy = policyStream(this.#county, DUTIES_POLICY);
      const document = this.#policies.get<DutiesPolicy>(DUTIES_POLICY);
      const history = this.#play(campaignRecord, id, [
        step(ago, { kind: 'campaign.start', template, name, area: area.id, from, amounts }),
        ...(over === undefined
          ? []
          : [
              step(over.ended, { kind: 'campaign.end', on: began(over.ended), reason: over.reason }),
              step(
                over.handed,
                { kind: 'campaign.continue' },
                { campaign: id, continued: false, policy, documents: [{ document, validFrom: began(over.handed) }] },
              ),
            ]),
      ]);
      yield history;
      // What follows from handing over is played as the reaction has it.
      for (const event of history.events as unknown as readonly CampaignEvent[]) {
        if (event.kind !== 'campaign.handed-over') continue;
        const { source, reason } = event;
        yield this.#play(
          policyRecord([]),
          policy,
          event.documents.map((version) => ({
            actor: MAKER,
            at: `${version.validFrom}T01:00:00.000Z`,
            command: { kind: 'policy.publish' as const, name: DUTIES_POLICY, ...version, source, reason },
            facts: { fault: undefined },
          })),
        );
      }
    }
    const { id: campaign, ago } = demoCampaigns[0]!;
    const since = began(ago);
    const made = { actor: MAKER, at: `${since}T01:00:00.000Z` };
    const told = new Set(this.#plan.areas.filter((a) => a.name === TOLD).map((a) => a.id));
    const period = { since, until: null, ended: false, chain: [root.id] };
    for (const [i, team] of demoTeams(this.#plan, told).entries()) {
      const facts = {
        chain: [root.id],
        parent: team.parent === null ? undefined : { ...period, parent: null },
        nameTaken: false,
        campaignKnown: true,
        placeChain: team.village === undefined ? undefined : this.#areas.get(team.village)!.chain,
        below: 0,
      };
      yield this.#play(teamRecord, team.id, [
        {
          ...made,
          facts,
          command: {
            kind: 'team.found',
            parent: team.parent,
            name: team.name,
            purpose: team.parent === null ? '驻村驻企，把群众反映强烈的问题了结一批' : '',
            area: root.id,
            campaign: team.parent === null ? campaign : null,
            since,
            until: null,
          },
        },
        ...(team.village === undefined || i % 48 === 47
          ? []
          : [
              {
                ...made,
                facts,
                command: { kind: 'team.take-place' as const, place: 'village' as const, target: team.village, since },
              },
            ]),
      ]);
      for (const { official, role } of team.members) {
        if (role === 'leader' && i % 60 === 59) continue;
        yield this.#play(memberRecord, idOf('demo', 'member', team.id, official), [
          {
            ...made,
            facts: { officialAtWork: true, team: period, chain: [root.id], doubled: false, led: false },
            command: { kind: 'member.join', official, team: team.id, role, since },
          },
        ]);
      }
    }
  }

  /** Who takes what is dispatched to a unit: its first handler who is not the head. */
  #receptionOf(unit: string, head: string): string {
    for (const id of this.#members.get(unit) ?? [])
      if (id !== head && this.#officials.get(id)!.roles.includes('handler')) return id;
    return head;
  }

  #areaOfPost(official: Official, role: Role): string | null {
    if (role === 'field') return null;
    const unit = this.#plan.units.find((u) => u.id === official.unit)!;
    return unit.area;
  }

  *#assignments(): Generator<History> {
    const rules = this.#policies.get<AssignmentRules>(ASSIGNMENT_RULES);
    const links: Partial<Record<Assignment['role'], readonly string[]>> = {
      包村领导: [rules.links[1]!.role],
      包村干部: [rules.links[2]!.role, rules.links[3]!.role],
      网格员: ['网格员'],
    };
    const filled = new Map<string, number>();
    const seen = new Set<string>();
    const townshipHeads = new Map([...this.#townshipUnit].map(([area, unit]) => [area, this.#unitHead.get(unit)!]));
    const make = (
      id: string,
      given: Omit<Assignment, 'id' | 'role' | 'target'> & {
        area: string;
        type: 'village' | 'department';
        role: string;
      },
    ): History | undefined => {
      const key = `${given.official} ${given.area} ${given.role}`;
      if (seen.has(key)) return undefined;
      seen.add(key);
      const unit = given.type === 'department' ? this.#officials.get(given.official)!.unit : null;
      if (unit !== null && this.#plan.units.find((u) => u.id === unit)!.kind !== 'department') return undefined;
      const facts = {
        officialAtWork: true,
        areaLevel: 'village' as const,
        areas: this.#areas.get(given.area)!.chain,
        householdKnown: false,
        unitType: unit === null ? undefined : ('department' as const),
        doubled: false,
        villagesOfDepartment: 0,
        departmentsInTownship: 0,
        mismatch: false,
        rules,
      };
      return this.#play(assignmentRecord, id, [
        {
          actor: MAKER,
          at: MADE_AT,
          facts,
          command: {
            kind: 'assignment.make',
            official: given.official,
            type: given.type,
            area: given.area,
            household: null,
            unit,
            role: given.role,
            since: given.from,
          },
        },
        ...(given.to === undefined
          ? []
          : [
              {
                actor: MAKER,
                at: `${given.to}T08:00:00.000Z`,
                facts,
                command: { kind: 'assignment.end' as const, until: given.to, reason: '人员调动' },
              },
            ]),
      ]);
    };
    for (const assignment of this.#plan.assignments()) {
      // Whom a household has for contact stands in the household's own record.
      if (!('area' in assignment.target)) continue;
      const place = this.#areas.get(assignment.target.area)!;
      const village = place.area.level === 'grid' ? place.area.parent! : place.area.id;
      const { official, from, to } = assignment;
      const period = { official, from, ...(to === undefined ? {} : { to }), area: village };
      if (assignment.role === '包村领导') {
        const principal = townshipHeads.get(place.chain[1]!);
        const history =
          principal === undefined
            ? undefined
            : make(idOf('demo principal', village), {
                ...period,
                official: principal,
                type: 'village',
                role: rules.links[0]!.role,
              });
        if (history !== undefined) yield history;
      }
      const roles = links[assignment.role];
      const n = filled.get(`${village} ${assignment.role}`) ?? 0;
      filled.set(`${village} ${assignment.role}`, n + 1);
      const history =
        roles === undefined
          ? make(assignment.id, { ...period, type: 'department', role: '部门包村' })
          : make(assignment.id, { ...period, type: 'village', role: roles[n % roles.length]! });
      if (history !== undefined) yield history;
    }
  }

  /**
   * Leave in the township of the demo's head, about today: some granted, some waiting, one official acting for another.
   */
  *exceptions(): Generator<History> {
    const head = this.#officials.get(this.#plan.faces.head)!;
    const today = dayOf(this.#plan.until);
    const mates = this.#plan.officials.filter((o) => o.unit === head.unit && o.id !== this.#plan.faces.field);
    const field = mates.filter((o) => o.roles.length === 1 && o.roles[0] === 'field');
    const told = [
      { n: 1, type: 'leave', from: -3, until: 4, reason: '年休假', granted: true },
      { n: 4, type: 'leave', from: -20, until: -14, reason: '家里老人住院，陪护', granted: true },
      { n: 7, type: 'training', from: -9, until: -5, reason: '县委党校培训', granted: true },
      { n: 10, type: 'secondment', from: -60, until: 30, reason: '抽到县里普查办', granted: true },
      { n: 13, type: 'leave', from: 1, until: 3, reason: '孩子结婚', granted: false },
      { n: 16, type: 'training', from: 4, until: 6, reason: '农技培训班', granted: false },
    ] as const;
    for (const { n, type, from, until, reason, granted } of told) {
      const official = field[n % Math.max(1, field.length)];
      if (official === undefined) return;
      const facts = { areas: [this.#plan.areas[0]!.id], actedKnown: false, dutyKnown: false };
      const asked = addDays(today, Math.min(from, 0) - 2);
      yield this.#play(exceptionRecord, idOf('demo exception', official.id), [
        {
          actor: official.id,
          at: startOfDay(asked),
          facts: { ...facts, actor: official.id },
          command: {
            kind: 'exception.ask',
            official: official.id,
            type,
            from: addDays(today, from),
            until: addDays(today, until),
            reason,
          },
        },
        ...(granted
          ? [
              {
                actor: head.id,
                at: startOfDay(addDays(asked, 1)),
                facts: { ...facts, actor: head.id },
                command: { kind: 'exception.decide' as const, approve: true, reason: '同意，工作交给同组的同志' },
              },
            ]
          : []),
      ]);
    }
  }

  household(household: Household): History {
    const { chain } = this.#areas.get(household.grid)!;
    const policy = this.#policies.get<ResidentsPolicy>('residents');
    const services = policy.services.map((s) => s.name);
    const facts = (day: string) => ({
      chain,
      officialKnown: true,
      services,
      lastDay: addDays(day, policy.consentDays),
      today: day,
    });
    this.#households.set(household.id, {
      chain,
      contact: household.contact ?? null,
      residents: household.residents.map((r) => ({ id: r.id, bornYear: r.birthYear })),
    });
    const needs = Map.groupBy(
      household.needs.filter((n) => services.includes(n.kind)),
      (n) => n.resident,
    );
    return this.#play(residentRecords[0], household.id, [
      {
        actor: MAKER,
        at: MADE_AT,
        facts: facts(FIRST_DAY),
        command: {
          kind: 'household.register',
          area: household.grid,
          address: this.#withinPlace(household.address, chain),
          residents: household.residents.map((r, i) => ({
            id: r.id,
            name: r.name,
            relation: r.relation,
            bornYear: r.birthYear,
            ...(i === 0 && household.phone !== undefined ? { phone: household.phone } : {}),
          })),
          ...(household.contact === undefined ? {} : { contact: household.contact }),
        },
      },
      ...[...needs].map(([resident, wanted]) => ({
        actor: household.contact ?? MAKER,
        at: `${wanted[0]!.consentedOn}T02:00:00.000Z`,
        facts: facts(wanted[0]!.consentedOn),
        command: {
          kind: 'resident.consent' as const,
          resident,
          what: 'needs' as const,
          needs: wanted.map((n) => n.kind),
          until:
            wanted[0]!.until < addDays(wanted[0]!.consentedOn, policy.consentDays)
              ? wanted[0]!.until
              : addDays(wanted[0]!.consentedOn, policy.consentDays),
        },
      })),
    ]);
  }

  /** The address as it is said inside the village: what the place's own names already say is left out. */
  #withinPlace(address: string, chain: readonly string[]): string {
    const names = chain.map((id) => this.#areas.get(id)!.area.name);
    return names.reduce((rest, name) => (rest.startsWith(name) ? rest.slice(name.length) : rest), address) || address;
  }

  /** What was promised at some of the latest conversations, due in the days to come: each such promise is still open. */
  #promised({ id, contact, at }: VisitHappening): { what: string; by: string }[] {
    const today = dayOf(this.#plan.until);
    const chance = Number.parseInt(id.slice(-2), 16);
    if (contact !== 'met' || dayOf(at) < addDays(today, -PROMISED_WITHIN) || chance % 3 > 0) return [];
    return [{ what: PROMISES[chance % PROMISES.length]!, by: addDays(today, chance % 7) }];
  }

  visit(visit: VisitHappening): History {
    const household = this.#households.get(visit.household)!;
    const digits = idOf('voucher', visit.id);
    const facts = (actor: string, at: string) => ({
      actor,
      at,
      visit: visit.id,
      revisitDays: this.#policies.get<VisitsPolicy>('visits').revisitDays,
      voucher: { code: digitsOf(digits), key: digits.replaceAll('-', '') },
      household: { chain: household.chain, contact: household.contact, residents: household.residents },
      proxyWorksHere: false,
    });
    const { signed } = visit;
    return this.#play(visitRecord, visit.id, [
      {
        actor: visit.official,
        at: visit.at,
        facts: facts(visit.official, visit.at),
        command: {
          kind: 'visit.record',
          household: visit.household,
          contact: visit.contact,
          note: visit.note,
          needs: visit.needs.map((n) => ({ words: n.text.slice(0, 500) })),
          promises: this.#promised(visit),
          metAt: visit.at,
          withWhom: [],
        },
      },
      ...(signed === undefined
        ? []
        : signed.as === 'declined'
          ? [
              {
                actor: visit.official,
                at: signed.at,
                facts: facts(visit.official, signed.at),
                command: { kind: 'visit.decline' as const, by: signed.by, reason: signed.reason },
              },
            ]
          : [
              {
                actor: visit.official,
                at: signed.at,
                facts: facts(visit.official, signed.at),
                command: {
                  kind: 'visit.countersign' as const,
                  means: signed.as,
                  by: signed.by,
                  ...(signed.as === 'signature'
                    ? { signature: SCRAWL }
                    : signed.as === 'code'
                      ? { code: digitsOf(digits) }
                      : { card: '8800 1234' }),
                  ...(signed.comment === undefined ? {} : { comment: signed.comment }),
                },
              },
            ]),
    ]);
  }

  /** What the year of visits leaves to labour days, pairs and the next festival. */
  *going(met: readonly VisitHappening[]): Generator<History> {
    const villages = new Map<string, Set<string>>();
    for (const { official, target, to } of this.#plan.assignments()) {
      if (!('area' in target) || to !== undefined) continue;
      const { area } = this.#areas.get(target.area)!;
      const village = area.level === 'grid' ? area.parent! : area.id;
      const here = villages.get(village) ?? new Set();
      villages.set(village, here.add(official));
    }
    const told = new Set([...this.#households.values()].map(({ chain }) => chain[2]));
    yield* going({
      today: dayOf(this.#plan.until),
      policies: this.#policies,
      officials: this.#officials,
      villages: [...villages]
        .filter(([village]) => told.has(village))
        .map(([village, here]) => ({ chain: this.#areas.get(village)!.chain, officials: [...here] })),
      households: this.#households,
      met,
      faces: this.#plan.faces,
      play: (type, stream, steps) => this.#play(type, stream, steps),
    });
  }

  matter(story: MatterStory): History {
    const { chain } = this.#areas.get(story.area)!;
    const desk = this.#townshipUnit.get(chain[1] ?? '') ?? this.#desk;
    const month = dayOf(story.registeredAt).slice(2, 7).replace('-', '');
    const count = this.counters.get(`matter ${month}`) ?? 1;
    this.counters.set(`matter ${month}`, count + 1);
    const number = writeNumber(this.#plan.county.prefix, month, count);
    const fresh = { number, code: digitsOf(story.id), desk };
    const resident = `resident:${number}`;

    const steps: { command: MatterCommand; facts: (state: MatterState) => MatterFacts; actor: string; at: string }[] =
      [];
    const give = (command: MatterCommand, actor: string, at: string): void => {
      const unit = 'unit' in command ? command.unit : command.kind === 'matter.return' ? command.betterUnit : undefined;
      steps.push({
        command,
        actor,
        at,
        facts: (state) =>
          this.#matterFacts(state, actor, at, unit, { chain, area: story.area, fresh }, paperOf(state, command)),
      });
    };
    const { name, phone, confidential } = story.reporter;
    give(
      {
        kind: 'matter.register',
        channel: story.channel,
        subject: story.subject.slice(0, 120),
        body: story.body,
        area: story.area,
        reporter: { ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }), confidential },
        ...(story.household === undefined ? {} : { household: story.household }),
        ...(story.reporter.resident === undefined ? {} : { resident: story.reporter.resident }),
        ...(story.channel === 'visit' && story.registeredBy !== undefined ? { official: story.registeredBy } : {}),
        ...(story.visit === undefined ? {} : { origin: `visit ${story.visit}` }),
      },
      story.registeredBy ?? 'anyone',
      story.registeredAt,
    );
    const state = { disposition: undefined as string | undefined, unit: desk };
    for (const step of story.steps) {
      this.#step(step, story, step.by === 'reporter' ? resident : step.by, give, state);
      this.#tellAfter(step, story, give);
      // Each command of a matter is one event: the last one's place is the number of them all.
      if (this.#isPetition(story)) this.#bring(step, story, steps.length, give);
    }
    this.#lookAgain(story, give);
    return this.#play(matterRecord, story.id, steps);
  }

  /** One step of a story as the commands it takes. */
  #step(
    step: Step,
    story: MatterStory,
    actor: string,
    give: (command: MatterCommand, actor: string, at: string) => void,
    state: { disposition: string | undefined; unit: string },
  ): void {
    const { at } = step;
    switch (step.kind) {
      case 'dispatch':
        state.unit = step.unit;
        return give(
          {
            kind: 'matter.dispatch',
            unit: step.unit,
            category: story.category,
            ...this.#gradeOf(story),
            ...(step.text === '' ? {} : { note: step.text }),
          },
          actor,
          at,
        );
      case 'return':
        return give({ kind: 'matter.return', betterUnit: step.betterUnit, reason: step.text }, actor, at);
      case 'adjudicate':
        state.unit = step.unit;
        return give({ kind: 'matter.adjudicate', unit: step.unit, ground: step.text }, actor, at);
      case 'acknowledge': {
        give(
          {
            kind: 'matter.acknowledge',
            leader: this.#unitHead.get(state.unit) ?? step.lead,
            handler: step.lead,
            measures: step.measures,
          },
          actor,
          at,
        );
        // A petition is accepted in writing the same hour; the notice is brought with the next walk.
        return this.#isPetition(story) ? give({ kind: 'matter.accept' }, actor, at) : undefined;
      }
      case 'progress':
        return give({ kind: 'matter.progress', note: step.text }, actor, at);
      case 'instruct':
        return give({ kind: 'matter.instruct', text: step.text }, actor, at);
      case 'ask-extension':
        return give({ kind: 'matter.ask-extension', days: step.days, reason: step.text }, actor, at);
      case 'grant-extension':
        return give({ kind: 'matter.decide-extension', grant: true, reason: step.text }, actor, at);
      case 'refuse-extension':
        return give({ kind: 'matter.decide-extension', grant: false, reason: step.text }, actor, at);
      case 'suspend':
        return give({ kind: 'matter.suspend', reason: step.text }, actor, at);
      case 'resume':
        return give({ kind: 'matter.resume', note: step.text }, actor, at);
      case 'explain-delay':
        return give({ kind: 'matter.explain-delay', reason: step.text }, actor, at);
      case 'answer': {
        const { disposition, text, plan, recheckOn, policy } = step;
        state.disposition = disposition;
        give(
          {
            kind: 'matter.dispose',
            disposition,
            cause: text.slice(0, 2_000),
            ...(plan === undefined ? {} : { plan }),
            ...(recheckOn === undefined ? {} : { recheckOn }),
            ...(policy === undefined ? {} : { policy }),
          },
          actor,
          at,
        );
        return give({ kind: 'matter.answer', text }, actor, at);
      }
      case 'resolve':
        if (state.disposition === undefined || state.disposition === 'deferred') {
          state.disposition = 'solvable';
          give({ kind: 'matter.dispose', disposition: 'solvable', cause: step.text }, actor, at);
        }
        return give(
          {
            kind: 'matter.resolve',
            answer: step.answer,
            ...(this.#isPetition(story) ? opinionOf(state.disposition, story.categoryName) : {}),
          },
          actor,
          at,
        );
      case 'confirm':
        return give({ kind: 'matter.confirm', comment: step.text }, actor, at);
      case 'deny':
        return give({ kind: 'matter.deny', reason: step.text }, actor, at);
      case 'call-back':
        return give({ kind: 'matter.call-back', outcome: step.outcome, words: step.text }, actor, at);
      case 'reopen':
        return give({ kind: 'matter.reopen', reason: step.text }, actor, at);
      case 'rate':
        return give({ kind: 'matter.rate', score: step.stars, comment: step.text }, actor, at);
    }
  }

  /** Nine times in ten the resident hears by telephone the next morning what was put off or given more time. */
  #tellAfter(step: Step, story: MatterStory, give: (command: MatterCommand, actor: string, at: string) => void): void {
    const what =
      step.kind === 'grant-extension' && !this.#isPetition(story)
        ? 'extension'
        : step.kind === 'answer' && step.disposition === 'deferred'
          ? 'deferral'
          : undefined;
    const at = new Date(Date.parse(step.at) + 20 * 3_600_000).toISOString();
    const next = story.steps[story.steps.indexOf(step) + 1];
    if (
      what === undefined ||
      digitsOf(story.id).endsWith('7') ||
      at > this.#plan.until ||
      (next !== undefined && next.at <= at)
    )
      return;
    give({ kind: 'matter.tell', what, means: 'phone' }, step.by, at);
  }

  /** Where a petition went is told by telephone the same day; notices and opinions are handed over within two days. */
  #bring(
    step: Step,
    story: MatterStory,
    paper: number,
    give: (command: MatterCommand, actor: string, at: string) => void,
  ): void {
    const { name, phone } = story.reporter;
    if (name === undefined && phone === undefined && story.reporter.resident === undefined) return;
    const next = story.steps[story.steps.indexOf(step) + 1];
    const later = (minutes: number): string | undefined => {
      const at = new Date(Date.parse(step.at) + minutes * 60_000).toISOString();
      return at > this.#plan.until || (next !== undefined && next.at <= at) ? undefined : at;
    };
    if (step.kind === 'dispatch') {
      const at = later(12);
      if (at !== undefined) give({ kind: 'matter.tell', what: 'whereabouts', means: 'phone' }, step.by, at);
      return;
    }
    if (!['acknowledge', 'grant-extension', 'resolve'].includes(step.kind) || digitsOf(story.id).endsWith('4')) return;
    const at = later(24 * 60) ?? later(20);
    if (at === undefined) return;
    const posted = story.channel === 'letter' && digitsOf(story.id).endsWith('6');
    give(
      posted
        ? { kind: 'matter.serve', paper, way: 'posted', on: dayOf(at), tracking: `EX${digitsOf(story.id)}CN` }
        : { kind: 'matter.serve', paper, way: 'handed', on: dayOf(at), receiver: name ?? '本人' },
      step.by,
      at,
    );
  }

  /** What was put off is looked at on its day, as long as the story leaves it put off: mostly it has to wait again. */
  #lookAgain(story: MatterStory, give: (command: MatterCommand, actor: string, at: string) => void): void {
    const last = story.steps.findLast((step) => step.kind !== 'instruct' && step.kind !== 'explain-delay');
    if (last?.kind !== 'answer' || last.disposition !== 'deferred' || last.recheckOn === undefined) return;
    if (digitsOf(story.id).endsWith('3')) return;
    const latest = story.steps.at(-1)!.at;
    for (let day = last.recheckOn; ; day = addDays(day, 120)) {
      const at = `${day}T02:10:00.000Z`;
      if (at > this.#plan.until) return;
      if (at <= latest) continue;
      give(
        {
          kind: 'matter.dispose',
          disposition: 'deferred',
          cause: '到约定的日子又看了一次，条件还没有到位，不能糊弄您。',
          plan: last.plan ?? '条件一到马上办',
          recheckOn: addDays(day, 120),
        },
        last.by,
        at,
      );
      const told = new Date(Date.parse(at) + 3_600_000).toISOString();
      if (told <= this.#plan.until) give({ kind: 'matter.tell', what: 'deferral', means: 'phone' }, last.by, told);
    }
  }

  /** Letters and visits to the hall follow the petition procedure, which has its own clocks. */
  #gradeOf(story: MatterStory): { clock?: string } {
    return this.#isPetition(story) ? {} : { clock: `hotline.${story.grade}` };
  }

  #isPetition(story: MatterStory): boolean {
    return this.#policies.get<MatterSettings>('matters').petitionChannels.includes(story.channel);
  }

  /** The next number of a unit's papers of a kind in a year. */
  #taken(kind: PaperKind, unit: string, day: string): TakenNumber {
    const policy = this.#policies.get<PaperPolicy>('papers');
    const place = { series: templateOf(policy, kind).series, year: Number(day.slice(0, 4)) };
    const key = `${unit} ${place.series} ${place.year}`;
    const serial = (this.#papers.get(key) ?? 0) + 1;
    this.#papers.set(key, serial);
    const named = this.#plan.units.find(({ id }) => id === unit);
    const word = wordOf(policy, kind, {
      name: named?.name ?? '',
      short: (named?.name ?? '').replace(/^清河县/, '').slice(0, 20),
    });
    return { number: sayPaperNumber({ word, year: place.year, serial }), place: { ...place, serial } };
  }

  #matterFacts(
    state: MatterState,
    actor: string,
    at: string,
    unit: string | undefined,
    of: { chain: readonly string[]; area: string; fresh: { number: string; code: string; desk: string } },
    kind: PaperKind | undefined,
  ): MatterFacts {
    const day = dayOf(at);
    let clocks = this.#clocks.get(day);
    if (clocks === undefined)
      this.#clocks.set(day, (clocks = clocksOn(this.#policies.get<ClockDocument>('clocks'), day)));
    const head = unit === undefined ? undefined : this.#unitHead.get(unit);
    const official = this.#officials.get(actor);
    return {
      actor,
      at,
      clocks,
      units: official === undefined ? [] : [official.unit],
      calendar: this.#policies.get<Calendar>('calendar'),
      settings: this.#policies.get<MatterSettings>('matters'),
      raising: this.#policies.get<RaisingPolicy>('raising'),
      place: { area: of.area, chain: of.chain },
      fresh: of.fresh,
      people: this.#members.get(state.unit ?? state.desk) ?? new Set(),
      petition: {
        settings: this.#policies.get<PetitionSettings>('petitions'),
        heads: true,
        taken: kind === undefined ? NO_NUMBER : this.#taken(kind, paperUnit(state, kind), day),
      },
      ...(unit === undefined
        ? {}
        : { unit: { id: unit, ...(head === undefined ? {} : { head, reception: this.#receptionOf(unit, head) }) } }),
    };
  }
}

/** A signature of a few strokes, as the field room draws them. */
const SCRAWL = '{"w":300,"h":120,"s":[[20,60,34,48,52,66,70,40,96,72],[110,44,128,80,150,38,172,70,204,52]]}';

/** What a written opinion says beside its answer. */
const opinionOf = (
  disposition: string | undefined,
  category: string,
): { outcome: Outcome; findings: string; basis: string } => ({
  outcome: disposition === 'solvable' ? 'supported' : disposition === 'not-permitted' ? 'not-supported' : 'explained',
  findings: disposition === 'unfounded' ? '经现场核实，情况与反映的不一致。' : '经现场核实，反映的情况属实。',
  basis: `《信访工作条例》第三十二条；${category}现行规定`,
});

/** Six digits that follow from an id. */
const digitsOf = (id: string): string =>
  String(Number.parseInt(id.replaceAll('-', '').slice(-10), 16) % 1_000_000).padStart(6, '0');

const typeOf = (area: Area): string => {
  const own = /(县|镇|乡|街道|社区|村|网格)$/.exec(area.name)?.[1];
  if (own !== undefined) return own;
  return { county: '县', township: '镇', village: area.urban ? '社区' : '村', grid: '网格' }[area.level];
};
