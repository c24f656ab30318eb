import { dayOf } from '../calendar/days.ts';
import { isRefusal } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Plan } from './model.ts';

/**
 * Gives commands of the demo one after another, as in life, and counts the events that come of them.
 * @param name makes the commands' ids: the same demo twice does nothing the second time
 */
export function giverOf(ledger: Ledger, county: number, plan: Pick<Plan, 'until' | 'officials'>, name: string) {
  const today = dayOf(plan.until);
  const people = new Map(plan.officials.map((official) => [official.id, official]));
  const versions = new Map<string, number>();
  let given = 0;
  let events = 0;
  return {
    /**
     * @param when a day, whose morning it is (of today only what is over by the instant the demo is told until), or an instant
     * @returns what the giver alone was told
     */
    async give(
      official: string,
      when: string,
      record: string,
      stream: string,
      command: { kind: string } & Record<string, unknown>,
    ): Promise<Record<string, unknown>> {
      const at = when.length > 10 ? when : when === today ? plan.until : `${when}T01:30:00.000Z`;
      const { unit, section } = people.get(official) ?? {};
      const verdict = await ledger.execute({
        county,
        id: idOf(name, String((given += 1))),
        record,
        stream,
        command,
        at,
        actor: official,
        units: [unit, section].filter((of) => of !== undefined),
        permit: () => true,
      });
      if (isRefusal(verdict))
        throw new Error(`${command.kind} of the demo was refused: ${verdict.refused} ${verdict.field ?? ''}`);
      // What follows is a record each time, and it begins with one event.
      events += verdict.version - (versions.get(stream) ?? 0) + verdict.followed.length;
      versions.set(stream, verdict.version);
      return verdict.told;
    },
    events: (): number => events,
  };
}
