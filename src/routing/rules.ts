import { dayOf } from '../calendar/days.ts';
import type { RoutingCatalogue, RoutingRule } from '../catalogue/model.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import type {
  RouteChange,
  RouteChangeCommand,
  RouteChangeEvent,
  RouteChangeFacts,
  RouteChangeState,
  routeChangeRefusals,
} from './model.ts';

const no = (code: keyof typeof routeChangeRefusals, field?: string): Refusal => refuse(code, field);

/** A person proposes, another decides; what is accepted becomes the next version of the catalogue. */
export const routeChanges: Decider<RouteChangeState, RouteChangeCommand, RouteChangeEvent, RouteChangeFacts> = {
  initial: { state: 'none' },

  evolve(state, event, { actor, at }) {
    if (event.kind === 'route-change.proposed') {
      const { kind: _, ...rest } = event;
      return {
        area: undefined,
        beforeName: undefined,
        ...rest,
        state: 'proposed',
        proposedAt: at,
        proposedBy: actor,
        decidedAt: undefined,
        decidedBy: undefined,
        answer: undefined,
      };
    }
    if (state.state === 'none') return state;
    const decided = { decidedAt: at, decidedBy: actor, answer: event.words };
    return { ...state, ...decided, state: event.kind === 'route-change.accepted' ? 'accepted' : 'declined' };
  },

  decide(state, command, facts) {
    if (command.kind === 'route-change.propose') {
      if (state.state !== 'none') return no('route-change.exists');
      if (!facts.categoryKnown) return no('route-change.no-category', 'category');
      if (!facts.areaKnown) return no('route-change.no-area', 'area');
      if (facts.unit === undefined) return no('route-change.no-unit', 'unit');
      if (facts.before === facts.unit.name) return no('route-change.same', 'unit');
      const { category, level, area, reason } = command;
      return [
        {
          kind: 'route-change.proposed',
          category,
          level,
          ...(area === undefined ? {} : { area }),
          unit: facts.unit.id,
          unitName: facts.unit.name,
          unitKind: facts.unit.kind,
          ...(facts.before === undefined ? {} : { beforeName: facts.before }),
          reason,
          seen: facts.seen,
          upheld: facts.upheld,
        },
      ];
    }
    if (state.state === 'none') return no('route-change.unknown');
    if (state.state !== 'proposed') return no('route-change.over');
    if (facts.actor === state.proposedBy) return no('route-change.own');
    const { words } = command;
    if (command.kind === 'route-change.decline') return [{ kind: 'route-change.declined', words }];
    if (facts.document === undefined) return no('route-change.same');
    return [
      {
        kind: 'route-change.accepted',
        words,
        policy: facts.policy,
        validFrom: dayOf(facts.at),
        document: facts.document,
        reason: `${state.reason}（一年里这一类退单 ${state.seen} 次，裁定给${state.unitName} ${state.upheld} 次）`,
      },
    ];
  },
};

const placeOf = ({ category, level, area }: Pick<RoutingRule, 'category' | 'level' | 'area'>): string =>
  JSON.stringify([category, level, area ?? null]);

/** The catalogue with one rule changed or added; undefined where it says so already. */
export function withRule(
  catalogue: RoutingCatalogue,
  change: Pick<RouteChange, 'category' | 'level' | 'area' | 'unitName' | 'unitKind'>,
): RoutingCatalogue | undefined {
  const { category, level, area } = change;
  const unit = { kind: change.unitKind, name: change.unitName };
  const rule: RoutingRule = { category, level, ...(area === undefined ? {} : { area }), unit };
  const at = catalogue.rules.findIndex((old) => placeOf(old) === placeOf(rule));
  if (at < 0) return { rules: [...catalogue.rules, rule] };
  if (catalogue.rules[at]!.unit.name === unit.name) return undefined;
  return { rules: catalogue.rules.map((old, i) => (i === at ? rule : old)) };
}

export interface RuleChange {
  readonly category: string;
  readonly level: RoutingRule['level'];
  readonly area: string | undefined;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What one version of the catalogue changed in the one before. */
export function changesBetween(before: RoutingCatalogue, after: RoutingCatalogue): RuleChange[] {
  const was = new Map(before.rules.map((rule) => [placeOf(rule), rule]));
  const is = new Map(after.rules.map((rule) => [placeOf(rule), rule]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((place) => {
    const [old, now] = [was.get(place), is.get(place)];
    const { category, level, area } = (now ?? old)!;
    return old?.unit.name === now?.unit.name && old?.unit.kind === now?.unit.kind
      ? []
      : [{ category, level, area, before: old?.unit.name, after: now?.unit.name }];
  });
}
