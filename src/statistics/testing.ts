import fc from 'fast-check';
import { command } from '../app/county.ts';
import type { TestCounty } from '../app/testing.ts';
import { addDays, dayOf, startOfDay } from '../calendar/days.ts';
import { idOf } from '../ledger/ids.ts';
import type { History } from '../ledger/ledger.ts';
import type { MatterEvent, MatterSettings } from '../matters/model.ts';
import { writeNumber } from '../matters/number.ts';
import type { ClockDocument } from '../matters/policy.ts';
import { clocksOn } from '../matters/tables.ts';

/** One matter as it was drawn: where it came from, and a walk of choices with the hours between them. */
export interface Drawn {
  /** Minutes before now. */
  readonly ago: number;
  readonly place: 'village' | 'otherVillage' | 'farVillage' | 'liuhe';
  readonly unit: 'water' | 'works' | 'liuhe' | 'committee';
  readonly channel: 'phone' | 'web' | 'letter';
  readonly category: string | undefined;
  readonly persons: number;
  readonly goesOn: boolean;
  readonly walk: readonly { readonly choice: number; readonly hours: number }[];
}

export const drawn: fc.Arbitrary<Drawn> = fc.record({
  ago: fc.integer({ min: 1, max: 400 * 24 * 60 }),
  place: fc.constantFrom('village', 'otherVillage', 'farVillage', 'liuhe'),
  unit: fc.constantFrom('water', 'works', 'liuhe', 'committee'),
  channel: fc.constantFrom('phone', 'web', 'letter'),
  category: fc.constantFrom(undefined, '010104', '0202', '0901', '外来分类'),
  persons: fc.oneof(
    { weight: 4, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 30 }) },
  ),
  goesOn: fc.boolean(),
  walk: fc.array(fc.record({ choice: fc.nat(1_000), hours: fc.integer({ min: 1, max: 600 }) }), {
    minLength: 2,
    maxLength: 14,
  }),
});

/**
 * What became of one matter, kept plainly while it walks: the oracle. It knows nothing of the rules' state or of the
 * read table.
 */
export interface Known {
  readonly id: string;
  readonly registeredAt: string;
  readonly township: string;
  readonly village: string | null;
  unit: string;
  readonly channel: string;
  readonly category: string | null;
  readonly persons: number;
  readonly goesOn: boolean;
  status: 'registered' | 'dispatched' | 'handling' | 'deferred' | 'resolved' | 'closed';
  merged: boolean;
  answeredAt?: string;
  resolvedAt?: string | undefined;
  closedAt?: string | undefined;
  closedBy?: string | undefined;
  /** When the running clock of its unit ends. */
  due?: string | undefined;
  inTime?: boolean | undefined;
  score?: number | undefined;
  disposition?: string | undefined;
  returns: number;
  reopenings: number;
  repeats: number;
  above: boolean;
  /** Every coming in and going out, as it happened. */
  readonly moves: { at: string; what: 'registered' | 'reopened' | 'unmerged' | 'closed' | 'merged' }[];
}

let serial = 100_000;

/** A unit that serves one village: the county of the tests has none of its own. */
export const committee = idOf('unit', '柳河村民委员会');
export const foundCommittee = async (county: TestCounty): Promise<void> => {
  await command(county.ledger, county.county, 'unit', committee, {
    kind: 'unit.add',
    parent: null,
    type: 'enterprise',
    name: '柳河村民委员会',
    area: county.places.village,
  });
};

/** Lets drawn matters walk, takes their events into the ledger, and gives what is known of them. */
export async function live(county: TestCounty, all: readonly Drawn[], now: string, name: string): Promise<Known[]> {
  const policies = await county.system.policies(county.county);
  const settings = policies.get<MatterSettings>('matters');
  const rules = clocksOn(policies.get<ClockDocument>('clocks'), '2026-01-01');
  const rule = (id: string) => rules.get(id)!;
  const { places, units } = county;
  const lived = all.map((draw, i) => {
    const id = idOf('drawn', name, String(i));
    const registeredAt = new Date(Date.parse(now) - draw.ago * 60_000).toISOString();
    const township = draw.place === 'farVillage' ? places.chengguan : places.liuhe;
    const area = places[draw.place];
    const known: Known = {
      id,
      registeredAt,
      township,
      village: draw.place === 'liuhe' ? null : area,
      unit: units.desk,
      channel: draw.channel,
      category: draw.category ?? null,
      persons: draw.persons,
      goesOn: draw.goesOn,
      status: 'registered',
      merged: false,
      returns: 0,
      reopenings: 0,
      repeats: 0,
      above: false,
      moves: [{ at: registeredAt, what: 'registered' }],
    };
    const events: { event: MatterEvent; at: string }[] = [];
    const add = (at: string, event: MatterEvent) => events.push({ event, at });
    add(registeredAt, {
      kind: 'matter.registered',
      number: writeNumber('QH', '2611', serial++),
      channel: draw.channel,
      procedure: 'order',
      place: { area, chain: draw.place === 'liuhe' ? [places.root, township] : [places.root, township, area] },
      desk: units.desk,
      anonymous: true,
      confidential: false,
      receivedAt: registeredAt,
      rule: rule(settings.clocks.dispatchOrder),
      ...(draw.category === undefined ? {} : { category: draw.category }),
      ...(draw.persons > 1 ? { persons: draw.persons } : {}),
      ...(draw.goesOn ? { after: idOf('drawn', name, 'before') } : {}),
      personal: { subject: `第 ${i} 件：水渠堵了`, code: '12345678' },
    });
    let at = registeredAt;
    for (const { choice, hours } of draw.walk) {
      const next = new Date(Date.parse(at) + hours * 3_600_000).toISOString();
      if (next >= now) break;
      at = next;
      step(known, choice, at, add, {
        rule,
        settings,
        units,
        unit: draw.unit === 'committee' ? committee : units[draw.unit],
        county,
      });
    }
    return { known, events };
  });
  const histories = lived.map(({ known, events }): History => ({
    county: county.county,
    id: idOf('take', known.id),
    record: 'matter',
    stream: known.id,
    events: events.map(({ event, at }, n) => ({ ...event, stamp: { actor: 'system:test', at, version: n + 1 } })),
  }));
  for (let i = 0; i < histories.length; i += 500) await county.ledger.take(county.county, histories.slice(i, i + 500));
  return lived.map(({ known }) => known);
}

/** Fifteen calendar days after the day it began, until that day's end. */
const fifteenDays = (at: string): string => new Date(Date.parse(startOfDay(addDays(dayOf(at), 16))) - 1).toISOString();

interface Around {
  rule: (id: string) => NonNullable<ReturnType<ReturnType<typeof clocksOn>['get']>>;
  settings: MatterSettings;
  units: TestCounty['units'];
  unit: string;
  county: TestCounty;
}

/** One thing that may happen next, by the choice drawn. */
function step(
  known: Known,
  choice: number,
  at: string,
  add: (at: string, event: MatterEvent) => void,
  around: Around,
): void {
  const { rule, settings, units, county } = around;
  const order = rule(settings.clocks.order);
  if (known.merged) {
    if (choice % 2 === 0) return;
    add(at, { kind: 'matter.unmerged', from: idOf('main'), cause: 'asked', reason: '不是一回事' });
    known.merged = false;
    known.moves.push({ at, what: 'unmerged' });
    return;
  }
  const merge = () => {
    add(at, { kind: 'matter.merged', into: idOf('main'), number: 'QH2611000000' });
    known.merged = true;
    known.moves.push({ at, what: 'merged' });
  };
  const back = () => {
    known.reopenings += 1;
    known.status = 'handling';
    known.due = fifteenDays(at);
    known.resolvedAt = known.closedAt = known.closedBy = known.score = known.inTime = undefined;
  };
  switch (known.status) {
    case 'registered':
      add(at, { kind: 'matter.dispatched', unit: around.unit, rule: order });
      known.unit = around.unit;
      known.status = 'dispatched';
      known.due = fifteenDays(at);
      return;
    case 'dispatched': {
      if (choice % 4 === 0 && known.returns < 3) {
        const to = choice % 8 === 0 ? units.works : known.unit;
        add(at, { kind: 'matter.returned', from: known.unit, betterUnit: units.works, reason: '不归我们管' });
        add(at, { kind: 'matter.adjudicated', from: known.unit, unit: to, ground: '按职责分工' });
        known.returns += 1;
        known.unit = to;
        return;
      }
      if (choice % 9 === 1) return merge();
      add(at, {
        kind: 'matter.acknowledged',
        leader: county.id('waterhead'),
        handler: county.id('handler'),
        measures: '先看现场再修',
      });
      known.status = 'handling';
      return;
    }
    case 'handling': {
      switch (choice % 8) {
        case 0:
          add(at, { kind: 'matter.answered', personal: { text: '正在办，请再等几天。' } });
          known.answeredAt ??= at;
          return;
        case 1:
          add(at, { kind: 'matter.raised-again', channel: 'phone' });
          known.repeats += 1;
          return;
        case 2:
          if (!known.above)
            add(at, {
              kind: 'matter.raised',
              rung: 'office',
              name: '群众工作部门',
              ground: 'beyond',
              reason: '超出权限',
              askOn: addDays(dayOf(at), 5),
            });
          known.above = true;
          return;
        case 3:
          if (choice % 3 === 0) return merge();
          if (choice % 3 === 1) {
            add(at, { kind: 'matter.disposed', disposition: 'deferred', recheckOn: addDays(dayOf(at), 900) });
            known.status = 'deferred';
            known.disposition = 'deferred';
            known.due = undefined;
          }
          return;
        default: {
          const disposition = (['solvable', 'not-permitted', 'unfounded'] as const)[choice % 3]!;
          add(at, { kind: 'matter.disposed', disposition });
          add(at, {
            kind: 'matter.resolved',
            unit: known.unit,
            rule: rule(settings.clocks.confirm),
            personal: { text: '已经修好，晚上去看过。' },
          });
          known.disposition = disposition;
          known.status = 'resolved';
          known.answeredAt ??= at;
          known.resolvedAt = at;
          known.inTime = at <= known.due!;
          known.due = undefined;
          return;
        }
      }
    }
    case 'resolved': {
      if (choice % 4 === 0) {
        add(at, { kind: 'matter.denied', by: 'resident', rule: order });
        return back();
      }
      const by = choice % 3 === 0 ? 'call-back' : 'resident';
      const score = choice % 5 === 0 ? undefined : 1 + (choice % 5);
      add(at, { kind: 'matter.confirmed', by, ...(score === undefined ? {} : { score }) });
      known.status = 'closed';
      known.closedAt = at;
      known.closedBy = by;
      known.score = score;
      known.moves.push({ at, what: 'closed' });
      return;
    }
    case 'closed':
      if (choice % 3 === 0) return;
      add(at, { kind: 'matter.reopened', rule: order });
      back();
      known.moves.push({ at, what: 'reopened' });
      return;
    default:
  }
}
