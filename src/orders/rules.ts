import { dayOf } from '../calendar/days.ts';
import type { Owed } from '../owed/model.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import { drawnUp } from '../register/model.ts';
import {
  type BulletinCommand,
  type BulletinEvent,
  type BulletinFacts,
  type BulletinState,
  type Order,
  type OrderCommand,
  type OrderEvent,
  type OrderFacts,
  type OrderState,
  type orderRefusals,
  paperOfForm,
} from './model.ts';

const no = (code: keyof typeof orderRefusals, field?: string): Refusal => refuse(code, field);
const given = <K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } =>
  (value === undefined || value === '' ? {} : { [key]: value }) as { [k in K]?: V };

/** An order lives until its giver says that it is done, or takes it back. The unit reports; it does not judge. */
export const orders: Decider<OrderState, OrderCommand, OrderEvent, OrderFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    const { actor, at } = stamp;
    if (event.kind === 'order.issued') {
      const { kind: _, personal, paper, ...rest } = event;
      const words = personal?.words;
      return {
        giver: undefined,
        person: undefined,
        matter: undefined,
        matterNumber: undefined,
        reference: undefined,
        ...rest,
        text: words,
        papers: paper === undefined ? [] : [drawnUp(paper, stamp, words === undefined ? undefined : { words })],
        status: 'open',
        firstDue: event.due,
        issuedBy: actor,
        issuedAt: at,
        reportedAt: undefined,
        doneAt: undefined,
        onTime: undefined,
        reminders: 0,
        sentBack: 0,
        checks: [],
      };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'order.taken-up':
        return { ...state, person: event.person };
      case 'order.fed-back':
        return event.final ? { ...state, status: 'reported', reportedAt: at } : state;
      case 'order.reminded':
        return { ...state, reminders: state.reminders + 1 };
      case 'order.judged':
        return event.done
          ? { ...state, status: 'done', doneAt: at, onTime: event.onTime }
          : {
              ...state,
              status: 'open',
              reportedAt: undefined,
              sentBack: state.sentBack + 1,
              due: event.due ?? state.due,
            };
      case 'order.due-changed':
        return { ...state, due: event.due };
      case 'order.withdrawn':
        return { ...state, status: 'withdrawn' };
      case 'order.checked': {
        const { month, finding, words } = event;
        return { ...state, checks: [...state.checks, { month, finding, words }] };
      }
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'order.issue') return state.status === 'none' ? issue(command, facts) : no('order.exists');
    if (state.status === 'none') return no('order.unknown');
    if (command.kind === 'order.check') return check(state, command, facts);
    if (isOver(state)) return no('order.over');
    const today = dayOf(facts.at);
    switch (command.kind) {
      case 'order.take-up':
        if (!isUnits(state, facts)) return no('order.not-unit');
        return facts.personOfUnit
          ? [{ kind: 'order.taken-up', person: command.person }]
          : no('order.person-unknown', 'person');
      case 'order.feed-back':
        if (!isUnits(state, facts)) return no('order.not-unit');
        return [{ kind: 'order.fed-back', final: command.final, personal: { words: command.words } }];
      case 'order.remind':
        return [{ kind: 'order.reminded', personal: { words: command.words } }];
      case 'order.judge': {
        if (!judges(state, facts)) return no('order.not-giver');
        if (state.status !== 'reported') return no('order.not-reported');
        const { done, words, due } = command;
        const personal = { words };
        // On time is when the result came, not when its giver found time to look at it.
        if (done) return [{ kind: 'order.judged', done, onTime: dayOf(state.reportedAt!) <= state.due, personal }];
        if (due === undefined) return no('order.due-missing', 'due');
        if (due < today) return no('order.due-past', 'due');
        return [{ kind: 'order.judged', done, onTime: false, due, personal }];
      }
      case 'order.change-due':
        if (!judges(state, facts)) return no('order.not-giver');
        if (command.due < today) return no('order.due-past', 'due');
        return [{ kind: 'order.due-changed', from: state.due, due: command.due, reason: command.reason }];
      case 'order.withdraw':
        return judges(state, facts) ? [{ kind: 'order.withdrawn', reason: command.reason }] : no('order.not-giver');
    }
  },
};

/** What is owed: by the unit, or the person it named, to report; then by the giver, to judge. */
export function ordersOwed(state: OrderState): Owed[] {
  if (state.status === 'none' || isOver(state)) return [];
  const { number, text: title, matter } = state;
  return state.status === 'open'
    ? [
        {
          run: `result ${state.sentBack}`,
          kind: state.form,
          unit: state.unit,
          official: state.person,
          due: state.due,
          since: state.issuedAt,
          number,
          title,
          matter,
        },
      ]
    : [
        {
          run: 'judge',
          kind: 'judge',
          official: state.giver ?? state.issuedBy,
          since: state.reportedAt ?? state.issuedAt,
          number,
          title,
          matter,
        },
      ];
}

export const isOver = ({ status }: Order): boolean => status === 'done' || status === 'withdrawn';

/** The giver judges; of one who does not work here (any more), whoever wrote it down by their word, or an inspector. */
const judges = (state: Order, facts: OrderFacts): boolean => {
  if (state.giver !== undefined && facts.giverAtWork) return facts.actor === state.giver;
  return facts.actor === state.issuedBy || !facts.units.includes(state.unit);
};

/** Whose order it is to carry out. */
const isUnits = (state: Order, facts: OrderFacts): boolean =>
  facts.units.includes(state.unit) || facts.actor === state.person;

function issue(command: Extract<OrderCommand, { kind: 'order.issue' }>, facts: OrderFacts): OrderEvent[] | Refusal {
  const { form, from, giver, text, unit, person, due, matter, reference } = command;
  const { source, chain, taken, issuer } = facts;
  if (source === undefined) return no('order.source-unknown', 'source');
  if (!facts.unitKnown || chain === undefined || issuer === undefined) return no('order.unit-unknown', 'unit');
  if (matter !== undefined && !facts.matterKnown) return no('order.matter-unknown', 'matter');
  if (person !== undefined && !facts.personOfUnit) return no('order.person-unknown', 'person');
  if (giver !== undefined && !facts.giverAtWork) return no('order.giver-unknown', 'giver');
  if (giver === undefined && facts.units.includes(unit)) return no('order.own-unit', 'unit');
  if (due < dayOf(facts.at)) return no('order.due-past', 'due');
  return [
    {
      kind: 'order.issued',
      number: taken.number,
      form,
      source: source.id,
      sourceName: source.name,
      from,
      ...given('giver', giver),
      unit,
      ...given('person', person),
      due,
      ...given('matter', matter),
      ...given('matterNumber', facts.matterNumber),
      ...given('reference', reference),
      chain,
      paper: {
        kind: paperOfForm(form),
        ...taken,
        on: dayOf(facts.at),
        unit: issuer,
        toUnit: unit,
        fields: {
          form,
          source: source.name,
          from,
          until: due,
          ...given('reference', reference),
          ...given('matter', facts.matterNumber),
        },
      },
      personal: { words: text },
    },
  ];
}

function check(
  state: Order,
  { month, finding, words }: Extract<OrderCommand, { kind: 'order.check' }>,
  facts: OrderFacts,
): OrderEvent[] | Refusal {
  if (month > dayOf(facts.at).slice(0, 7)) return no('order.month-coming', 'month');
  if (state.checks.some((c) => c.month === month)) return no('order.checked-already', 'month');
  if (isOver(state)) return no('order.over');
  return [{ kind: 'order.checked', month, finding, words }];
}

/** What may happen next, before posts are looked at. */
export function possible(
  state: OrderState,
  facts: { actor: string; units: readonly string[]; month: string },
): OrderCommand['kind'][] {
  if (state.status === 'none') return ['order.issue'];
  if (isOver(state)) return [];
  const unit = facts.units.includes(state.unit) || facts.actor === state.person;
  const giver =
    state.giver === undefined
      ? facts.actor === state.issuedBy || !facts.units.includes(state.unit)
      : facts.actor === state.giver;
  return [
    ...(giver && state.status === 'reported' ? (['order.judge'] as const) : []),
    ...(unit ? (['order.feed-back', 'order.take-up'] as const) : []),
    ...(unit ? [] : (['order.remind'] as const)),
    ...(giver ? (['order.change-due', 'order.withdraw'] as const) : []),
    ...(state.checks.some((c) => c.month === facts.month) ? [] : (['order.check'] as const)),
  ];
}

/** A month's bulletin says what stood on the day it was published, and is not changed afterwards. */
export const bulletins: Decider<BulletinState, BulletinCommand, BulletinEvent, BulletinFacts> = {
  initial: { status: 'none' },
  evolve(_state, event, { actor, at }) {
    const { kind: _, ...rest } = event;
    return { ...rest, status: 'published', at, by: actor };
  },
  decide(state, { month, words }, { at, own, items, sources }) {
    if (!own) return no('bulletin.misplaced');
    if (state.status !== 'none') return no('bulletin.published');
    if (month > dayOf(at).slice(0, 7)) return no('bulletin.month-coming', 'month');
    return [{ kind: 'bulletin.published', month, words, items, sources }];
  },
};
