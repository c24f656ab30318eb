import { dayOf } from '../calendar/days.ts';
import { type Decider, type Stamp, refuse } from '../ledger/decider.ts';
import type {
  HouseholdCommand,
  HouseholdEvent,
  HouseholdFacts,
  HouseholdState,
  Resident,
  ResidentInput,
} from './model.ts';
import { ERASED } from './model.ts';

const LARGEST = 30;

export const households: Decider<HouseholdState, HouseholdCommand, HouseholdEvent, HouseholdFacts> = {
  initial: {
    registered: false,
    chain: [],
    address: '',
    contact: null,
    moved: false,
    residents: [],
    goneOn: null,
    forgotten: false,
  },

  evolve(before, event, stamp) {
    const after = next(before, event, stamp);
    if (!after.registered || after.forgotten) return after;
    const gone = after.moved || present(after).length === 0;
    return { ...after, goneOn: gone ? (before.goneOn ?? dayOf(stamp.at)) : null };
  },

  decide(state, command, facts) {
    if (command.kind === 'household.register') {
      if (state.registered) return refuse('household.exists');
      if (facts.chain === undefined) return refuse('household.area-unknown', 'area');
      if (command.contact !== undefined && !facts.officialKnown) return refuse('household.official-unknown', 'contact');
      if (new Set(command.residents.map((r) => r.id)).size < command.residents.length)
        return refuse('resident.twice', 'residents');
      return [
        {
          kind: 'household.registered',
          chain: facts.chain,
          contact: command.contact ?? null,
          residents: command.residents.map(({ id, phonePrint }) => ({ id, phonePrint })),
          personal: {
            address: command.address,
            residents: command.residents.map((r) => ({ id: r.id, ...personalOf(r) })),
          },
        },
      ];
    }

    if (!state.registered || state.forgotten) return refuse('household.unknown');
    switch (command.kind) {
      case 'household.forget': {
        const due = state.goneOn !== null && facts.goneBefore !== undefined && state.goneOn <= facts.goneBefore;
        return due && facts.busy !== true ? [{ kind: 'household.forgotten' }] : refuse('household.kept');
      }
      case 'household.amend': {
        const { area, address, moved } = command;
        if (area !== undefined && facts.chain === undefined) return refuse('household.area-unknown', 'area');
        const chain = facts.chain !== undefined && facts.chain.join() !== state.chain.join() ? facts.chain : undefined;
        const event = {
          ...(chain === undefined ? {} : { chain }),
          ...(moved === undefined || moved === state.moved ? {} : { moved }),
          ...(address === undefined || address === state.address ? {} : { personal: { address } }),
        };
        return Object.keys(event).length === 0 ? [] : [{ kind: 'household.amended', ...event }];
      }
      case 'household.contact':
        if (command.official !== null && !facts.officialKnown) return refuse('household.official-unknown', 'official');
        return command.official === state.contact
          ? []
          : [{ kind: 'household.contact-given', contact: command.official }];
      case 'resident.add': {
        const { resident } = command;
        if (state.residents.some((r) => r.id === resident.id)) return refuse('resident.twice', 'resident');
        if (present(state).length >= LARGEST) return refuse('resident.too-many', 'resident');
        return [
          {
            kind: 'resident.added',
            resident: resident.id,
            phonePrint: resident.phonePrint,
            personal: personalOf(resident),
          },
        ];
      }
    }

    const resident = present(state).find((r) => r.id === command.resident);
    if (resident === undefined) return refuse('resident.unknown', 'resident');
    switch (command.kind) {
      case 'resident.amend': {
        const { kind: _, resident: id, phonePrint, ...changes } = command;
        const personal = Object.fromEntries(
          Object.entries(changes).filter(
            ([key, value]) => value !== undefined && (resident[key as keyof Resident] ?? null) !== value,
          ),
        );
        if (Object.keys(personal).length === 0) return [];
        return [{ kind: 'resident.amended', resident: id, ...('phone' in personal ? { phonePrint } : {}), personal }];
      }
      case 'resident.leave':
        return [{ kind: 'resident.left', resident: resident.id, reason: command.reason }];
      case 'resident.consent': {
        const { what, needs = [], until } = command;
        const held = resident.consents.some((c) => c.what === what);
        if (until === null) return held ? [{ kind: 'resident.consent-ended', resident: resident.id, what }] : [];
        if (until < facts.today) return refuse('resident.consent-over', 'until');
        if (until > facts.lastDay) return refuse('resident.consent-too-long', 'until');
        if (what === 'needs' && needs.length === 0) return refuse('resident.needs-missing', 'needs');
        if (needs.some((need) => !facts.services.includes(need))) return refuse('resident.need-unknown', 'needs');
        const personal = { needs: what === 'needs' ? [...new Set(needs)] : [] };
        return [{ kind: 'resident.consented', resident: resident.id, what, until, personal }];
      }
    }
  },
};

/** The household after one more event, but for how long it is gone. */
function next(state: HouseholdState, event: HouseholdEvent, stamp: Stamp): HouseholdState {
  switch (event.kind) {
    case 'household.registered': {
      const known = new Map(event.personal?.residents.map((r) => [r.id, r]));
      return {
        ...state,
        registered: true,
        chain: event.chain,
        address: event.personal?.address ?? ERASED,
        contact: event.contact,
        moved: false,
        residents: event.residents.map(({ id, phonePrint }) => residentOf(id, phonePrint, known.get(id))),
      };
    }
    case 'household.amended':
      return {
        ...state,
        chain: event.chain ?? state.chain,
        moved: event.moved ?? state.moved,
        address: event.personal?.address ?? state.address,
      };
    case 'household.contact-given':
      return { ...state, contact: event.contact };
    case 'resident.added':
      return {
        ...state,
        residents: [...state.residents, residentOf(event.resident, event.phonePrint, event.personal)],
      };
    case 'resident.amended':
      return change(state, event.resident, (r) => amended(r, event));
    case 'resident.left':
      // What was consented to ends with the stay: nothing is kept of somebody who is gone.
      return change(state, event.resident, (r) => ({ ...r, left: true, consents: [] }));
    case 'resident.consented': {
      const given = { what: event.what, needs: event.personal?.needs ?? [], until: event.until, givenAt: stamp.at };
      return change(state, event.resident, (r) => ({ ...r, consents: [...without(r, event.what), given] }));
    }
    case 'resident.consent-ended':
      return change(state, event.resident, (r) => ({ ...r, consents: without(r, event.what) }));
    case 'household.forgotten':
      return {
        ...households.initial,
        registered: true,
        forgotten: true,
        chain: state.chain,
        goneOn: state.goneOn,
        moved: true,
        address: ERASED,
      };
    default:
      return state;
  }
}

/** Residents who live there now. */
export const present = (state: HouseholdState): readonly Resident[] => state.residents.filter((r) => !r.left);

/** The householder, else whoever is first in the book. */
export const headOf = (state: HouseholdState): Resident | undefined => {
  const there = present(state);
  return there.find((r) => r.relation === '户主') ?? there[0] ?? state.residents[0];
};

/** What may be asked of a household as it stands, before who asks is looked at. */
export const possible = (state: HouseholdState): HouseholdCommand['kind'][] => {
  if (!state.registered) return ['household.register'];
  if (state.forgotten) return [];
  const ofResidents = ['resident.amend', 'resident.leave', 'resident.consent'] as const;
  const more = present(state).length < LARGEST ? (['resident.add'] as const) : [];
  return ['household.amend', 'household.contact', ...more, ...(present(state).length > 0 ? ofResidents : [])];
};

const personalOf = ({ name, relation, bornYear, phone }: ResidentInput) => ({ name, relation, bornYear, phone });

type Known = { name: string; relation: string; bornYear?: number | undefined; phone?: string | undefined };

function residentOf(id: string, phonePrint: string | undefined, known: Known | undefined): Resident {
  const { name = ERASED, relation = '', bornYear, phone } = known ?? {};
  // The print goes with the number: after erasure nobody can be found by it either.
  return {
    id,
    name,
    relation,
    bornYear,
    phone,
    phonePrint: known === undefined ? undefined : phonePrint,
    left: false,
    consents: [],
  };
}

function amended(resident: Resident, event: Extract<HouseholdEvent, { kind: 'resident.amended' }>): Resident {
  const { name, relation, bornYear, phone } = event.personal ?? {};
  return {
    ...resident,
    name: name ?? resident.name,
    relation: relation ?? resident.relation,
    bornYear: bornYear === undefined ? resident.bornYear : (bornYear ?? undefined),
    phone: phone === undefined ? resident.phone : (phone ?? undefined),
    phonePrint: phone === undefined ? resident.phonePrint : (event.phonePrint ?? undefined),
  };
}

const without = (resident: Resident, what: string) => resident.consents.filter((c) => c.what !== what);

const change = (state: HouseholdState, id: string, by: (resident: Resident) => Resident): HouseholdState => ({
  ...state,
  residents: state.residents.map((r) => (r.id === id ? by(r) : r)),
});
