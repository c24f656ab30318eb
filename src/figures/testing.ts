import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import type { TestCounty } from '../app/testing.ts';
import { idOf } from '../ledger/ids.ts';
import type { History } from '../ledger/ledger.ts';
import type { MatterEvent, MatterSettings } from '../matters/model.ts';
import type { ClockDocument } from '../matters/policy.ts';
import { writeNumber } from '../matters/number.ts';
import { clocksOn } from '../matters/tables.ts';

/** One invented matter: what became of it and when, in hours after it was registered. */
export interface Invented {
  readonly registeredAt: string;
  readonly place: 'village' | 'otherVillage' | 'farVillage';
  readonly unit: 'water' | 'works' | 'liuhe';
  readonly channel: 'phone' | 'web' | 'letter';
  readonly category: string | undefined;
  readonly named: boolean;
  readonly confidential: boolean;
  readonly returned: boolean;
  readonly answeredAfter: number | undefined;
  readonly closedAfter: number | undefined;
  readonly closedBy: 'resident' | 'call-back';
  readonly score: number | undefined;
  readonly reopened: boolean;
}

/** Matters of the two months before a day, some of them older; hours at the very edges of 15 and 60 days among them. */
export const invented = (until: string): fc.Arbitrary<Invented> => {
  const hours = fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.constantFrom(359, 360, 361, 1439, 1440, 1441));
  return fc
    .record({
      registeredAt: fc
        .integer({ min: 1, max: 100 * 24 * 60 })
        .map((minutes) => new Date(Date.parse(until) - minutes * 60_000).toISOString()),
      place: fc.constantFrom('village' as const, 'otherVillage' as const, 'farVillage' as const),
      unit: fc.constantFrom('water' as const, 'works' as const, 'liuhe' as const),
      channel: fc.constantFrom('phone' as const, 'web' as const, 'letter' as const),
      category: fc.constantFrom(undefined, '010104', '0102', '0202', '外来分类'),
      named: fc.boolean(),
      confidential: fc.boolean(),
      returned: fc.boolean(),
      answeredAfter: fc.option(hours, { nil: undefined }),
      closedAfter: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
      closedBy: fc.constantFrom('resident' as const, 'call-back' as const),
      score: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
      reopened: fc.boolean(),
    })
    .map((m) => lived(m, until));
};

/** What would only have happened later has not happened. */
function lived(m: Invented, until: string): Invented {
  const hours = (Date.parse(until) - Date.parse(m.registeredAt)) / 3_600_000;
  const answered = m.answeredAfter !== undefined && m.answeredAfter < hours;
  const closed = answered && m.closedAfter !== undefined && m.answeredAfter! + m.closedAfter + 1 < hours;
  return {
    ...m,
    answeredAfter: answered ? m.answeredAfter : undefined,
    closedAfter: closed ? m.closedAfter : undefined,
  };
}

let serial = 5_000;

/** Takes invented matters into the ledger as they would have happened; gives their ids in order. */
export async function take(county: TestCounty, matters: readonly Invented[], name = '甲'): Promise<string[]> {
  const policies = await county.system.policies(county.county);
  const clocks = policies.get<ClockDocument>('clocks');
  const settings = policies.get<MatterSettings>('matters');
  const rules = clocksOn(clocks, '2026-01-01');
  const rule = (id: string) => rules.get(id)!;
  const { places, units } = county;
  const histories = matters.map((m, i): History => {
    const stream = idOf('invented', name, String(i));
    const events: MatterEvent[] = [];
    const stamps: string[] = [];
    const after = (hours: number): string => new Date(Date.parse(m.registeredAt) + hours * 3_600_000).toISOString();
    const add = (at: string, event: MatterEvent): void => {
      events.push(event);
      stamps.push(at);
    };
    const township = m.place === 'farVillage' ? places.chengguan : places.liuhe;
    add(m.registeredAt, {
      kind: 'matter.registered',
      number: writeNumber('QH', '2611', serial++),
      channel: m.channel,
      procedure: 'order',
      place: { area: places[m.place], chain: [places.root, township, places[m.place]] },
      desk: units.desk,
      anonymous: !m.named,
      confidential: m.confidential,
      receivedAt: m.registeredAt,
      rule: rule(settings.clocks.dispatchOrder),
      ...(m.category === undefined ? {} : { category: m.category }),
      personal: {
        subject: `第 ${i} 件事：路灯不亮`,
        code: '12345678',
        ...(m.named ? { name: `陈建国${i}`, phone: '13800000000' } : {}),
      },
    });
    add(after(0.1), { kind: 'matter.dispatched', unit: units[m.unit], rule: rule(settings.clocks.order) });
    if (m.returned) {
      add(after(0.2), { kind: 'matter.returned', from: units[m.unit], betterUnit: units.works, reason: '不归我们管' });
      add(after(0.3), { kind: 'matter.adjudicated', from: units[m.unit], unit: units[m.unit], ground: '就归你们' });
    }
    add(after(0.4), {
      kind: 'matter.acknowledged',
      leader: county.id('waterhead'),
      handler: county.id('handler'),
      measures: '先看现场再修',
    });
    if (m.answeredAfter !== undefined) {
      add(after(m.answeredAfter), {
        kind: 'matter.resolved',
        unit: units[m.unit],
        rule: rule(settings.clocks.confirm),
        personal: { text: '灯已经换好，晚上去看过。' },
      });
      if (m.closedAfter !== undefined) {
        const closed = after(m.answeredAfter + m.closedAfter);
        add(closed, { kind: 'matter.confirmed', by: m.closedBy, ...(m.score === undefined ? {} : { score: m.score }) });
        if (m.reopened)
          add(after(m.answeredAfter + m.closedAfter + 1), {
            kind: 'matter.reopened',
            rule: rule(settings.clocks.order),
          });
      }
    }
    return {
      county: county.county,
      id: idOf('take', stream),
      record: 'matter',
      stream,
      events: events.map((event, n) => ({ ...event, stamp: { actor: 'system:test', at: stamps[n]!, version: n + 1 } })),
    };
  });
  for (let i = 0; i < histories.length; i += 500) await county.ledger.take(county.county, histories.slice(i, i + 500));
  return histories.map(({ stream }) => stream);
}

/** The texts in a zip archive by name, read by its central directory. */
export function unzipped(bytes: Uint8Array): Map<string, string> {
  const zip = Buffer.from(bytes);
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const files = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [method, packed] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(begin, begin + packed);
    files.set(zip.toString('utf8', at + 46, at + 46 + name), String(method === 0 ? content : inflateRawSync(content)));
    at += 46 + name + extra + comment;
  }
  return files;
}
