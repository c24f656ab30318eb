import { addDays, dayOf } from '../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import type { Owed } from '../owed/model.ts';
import {
  ADULT_AGE,
  MISSES_ALLOWED,
  type Contact,
  type Recorded,
  type VisitCommand,
  type VisitEvent,
  type VisitFacts,
  type VisitState,
} from './model.ts';

type Command<K extends VisitCommand['kind']> = Extract<VisitCommand, { kind: K }>;

const SILENT = { said: 'nothing' } as const;
/** A device's clock may be this far ahead and still be believed. */
const AHEAD_MS = 5 * 60_000;

/** The visit's rules. A note belongs to whoever wrote it until the household has spoken; then it stands. */
export const visits: Decider<VisitState, VisitCommand, VisitEvent, VisitFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'visit.recorded') {
      const { household, chain, official, contact, metAt, withWhom, personal } = event;
      return {
        status: 'recorded',
        household,
        chain,
        official,
        contact,
        metAt,
        recordedAt: stamp.at,
        note: personal?.note ?? '',
        corrections: 0,
        withWhom,
        needs: [],
        promises: event.promises.map(({ by }, i) => ({
          what: personal?.promises[i] ?? '',
          by,
          kept: undefined,
          told: [],
        })),
        revisitBy: undefined,
        explained: event.explained ?? [],
        answer: SILENT,
        voucher: personal?.voucher,
        vouchedAt: stamp.at,
        misses: 0,
        withdrawn: undefined,
      };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'need.raised': {
        const need = { words: event.personal?.words ?? '', category: event.category, resident: event.resident };
        return { ...state, needs: [...state.needs, need] };
      }
      case 'revisit.due':
        return { ...state, revisitBy: event.by };
      case 'visit.countersigned':
        return {
          ...state,
          answer: {
            said: 'signed',
            by: event.by,
            at: stamp.at,
            means: event.means,
            comment: event.personal?.comment ?? '',
            proxy:
              event.proxied === undefined
                ? undefined
                : { name: '', relation: '', ...event.personal?.proxy, why: event.proxied },
          },
        };
      case 'visit.declined':
        return {
          ...state,
          answer: { said: 'declined', by: event.by, at: stamp.at, reason: event.personal?.reason ?? '' },
        };
      case 'visit.code-missed':
        return { ...state, misses: state.misses + 1 };
      case 'visit.corrected':
        // A corrected note is a new note: what was signed before does not vouch for it.
        return {
          ...state,
          note: event.personal?.note ?? '',
          corrections: state.corrections + 1,
          answer: SILENT,
          voucher: event.personal?.voucher,
          vouchedAt: stamp.at,
          misses: 0,
        };
      case 'promise.kept': {
        const kept = { at: stamp.at, official: stamp.actor, how: event.personal?.how ?? '', late: event.late };
        return { ...state, promises: state.promises.map((p, i) => (i === event.promise ? { ...p, kept } : p)) };
      }
      case 'promise.explained': {
        const told = { on: dayOf(stamp.at), why: event.personal?.why ?? '' };
        return {
          ...state,
          promises: state.promises.map((p, i) => (i === event.promise ? { ...p, told: [...p.told, told] } : p)),
        };
      }
      case 'visit.withdrawn':
        return { ...state, withdrawn: { at: stamp.at, reason: event.reason } };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'visit.record')
      return state.status === 'none' ? record(command, facts) : refuse('visit.exists');
    if (state.status === 'none') return refuse('visit.unknown');
    if (state.withdrawn !== undefined) return refuse('visit.withdrawn');
    switch (command.kind) {
      case 'visit.countersign':
        return countersign(state, command, facts);
      case 'visit.decline':
        return decline(state, command, facts);
      case 'visit.correct':
        if (facts.actor !== state.official) return refuse('visit.not-the-writer');
        if (command.note === state.note) return [];
        return [{ kind: 'visit.corrected', personal: { note: command.note, ...voucherOf(state.contact, facts) } }];
      case 'visit.keep-promise': {
        const promise = state.promises[command.promise];
        if (promise === undefined) return refuse('visit.promise-unknown', 'promise');
        if (promise.kept !== undefined) return refuse('visit.promise-kept');
        const late = dayOf(facts.at) > promise.by;
        return [{ kind: 'promise.kept', promise: command.promise, late, personal: { how: command.how } }];
      }
      case 'visit.explain-promise': {
        const promise = state.promises[command.promise];
        if (promise === undefined) return refuse('visit.promise-unknown', 'promise');
        if (promise.kept !== undefined) return refuse('visit.promise-kept');
        return [{ kind: 'promise.explained', promise: command.promise, personal: { why: command.why } }];
      }
      case 'visit.withdraw':
        if (facts.actor !== state.official) return refuse('visit.not-the-writer');
        // What the household vouched for, raised or was promised is not the writer's to take away.
        if (state.answer.said === 'signed') return refuse('visit.signed-stands');
        if (carries(state)) return refuse('visit.carries');
        return [{ kind: 'visit.withdrawn', reason: command.reason }];
    }
  },
};

/** Whether somebody of the household was talked to: only then is there anything to note, raise, promise or sign. */
export const talked = (contact: Contact): boolean => contact === 'met' || contact === 'phone';

/** Whether it counts as having been there (P2): a call, a leaflet or a closed door does not. */
export const isReal = (contact: Contact): boolean => contact === 'met';

/** Whether something of the household's hangs on it. */
const carries = ({ needs, promises }: Recorded): boolean => needs.length > 0 || promises.length > 0;

/** The contact as lists and figures have it: of what was withdrawn there was none, whoever counts. */
export const contactOf = (state: Recorded): Contact | 'withdrawn' =>
  state.withdrawn === undefined ? state.contact : 'withdrawn';

/** H9: only what the resident signed, as it now reads, counts as knowing the people. */
export const counts = (state: VisitState): boolean => state.status === 'recorded' && state.answer.said === 'signed';

export const isAdult = (bornYear: number | null, year: number): boolean =>
  // Where the year of birth was never asked, the register has nothing against the signature.
  bornYear === null || year - bornYear >= ADULT_AGE;

/** What this official could ask of a visit as it stands, before their posts are looked at. */
export function possible(state: VisitState, official: string): VisitCommand['kind'][] {
  if (state.status === 'none') return ['visit.record'];
  if (state.withdrawn !== undefined) return [];
  const { contact, answer, promises } = state;
  const spoken: VisitCommand['kind'][] =
    talked(contact) && answer.said === 'nothing' ? ['visit.countersign', 'visit.decline'] : [];
  const open: VisitCommand['kind'][] = promises.some((p) => p.kept === undefined)
    ? ['visit.keep-promise', 'visit.explain-promise']
    : [];
  const own: VisitCommand['kind'][] = [
    'visit.correct',
    ...(answer.said === 'signed' || carries(state) ? [] : (['visit.withdraw'] as const)),
  ];
  return [...spoken, ...(official === state.official ? own : []), ...open];
}

function record(command: Command<'visit.record'>, facts: VisitFacts): VisitEvent[] | Refusal {
  const { contact, note, needs, promises, metAt, withWhom, explained = [] } = command;
  const { household, actor: official } = facts;
  if (household === undefined) return refuse('visit.household-unknown', 'household');
  if (Date.parse(metAt) > Date.parse(facts.at) + AHEAD_MS) return refuse('visit.in-future', 'metAt');
  if (!talked(contact)) {
    if (needs.length > 0) return refuse('visit.needs-without-contact', 'needs');
    if (promises.length > 0) return refuse('visit.promise-without-contact', 'promises');
    if (explained.length > 0) return refuse('visit.explained-without-contact', 'explained');
  } else if (note === '') {
    return refuse('visit.note-missing', 'note');
  }
  const met = dayOf(metAt);
  if (promises.some((p) => p.by < met)) return refuse('visit.promise-past', 'promises');
  const family = new Set(household.residents.map((r) => r.id));
  if (withWhom.some((id) => !family.has(id))) return refuse('visit.not-of-household', 'withWhom');
  if (needs.some((n) => n.resident !== undefined && !family.has(n.resident)))
    return refuse('visit.not-of-household', 'needs');

  const { chain } = household;
  return [
    {
      kind: 'visit.recorded',
      household: command.household,
      chain,
      official,
      contact,
      metAt,
      withWhom,
      promises: promises.map(({ by }) => ({ by })),
      ...(explained.length === 0 ? {} : { explained: [...new Set(explained)] }),
      personal: { note, promises: promises.map((p) => p.what), ...voucherOf(contact, facts) },
    },
    ...needs.map(({ words, category, resident }, index): VisitEvent => ({
      kind: 'need.raised',
      index,
      household: command.household,
      village: chain[2] ?? null,
      area: chain.at(-1) ?? '',
      official,
      metAt,
      ...(category === undefined ? {} : { category }),
      ...(resident === undefined ? {} : { resident }),
      personal: { words },
    })),
    ...(contact === 'not-at-home'
      ? [{ kind: 'revisit.due', household: command.household, by: addDays(met, facts.revisitDays) } as const]
      : []),
  ];
}

const voucherOf = (contact: Contact, { voucher }: VisitFacts) => (talked(contact) ? { voucher } : {});

/** Whether the household itself is at the other end, not the writer's phone. */
const speaksItself = (facts: VisitFacts): boolean => facts.actor.startsWith('resident:');

/** Who may speak for the household; a child only where a guardian signs for it. */
function notTheirs(state: Recorded, by: string, { household, at }: VisitFacts, guarded = false): Refusal | undefined {
  if (by === state.official) return refuse('visit.own-signature', 'by');
  const member = household?.residents.find((r) => r.id === by);
  if (member === undefined) return refuse('visit.not-of-household', 'by');
  return guarded || isAdult(member.bornYear, Number(dayOf(at).slice(0, 4)))
    ? undefined
    : refuse('visit.not-adult', 'by');
}

function countersign(
  state: Recorded,
  command: Command<'visit.countersign'>,
  facts: VisitFacts,
): VisitEvent[] | Refusal {
  const { means, by, signature, code, card, key, comment, proxy } = command;
  if (!talked(state.contact)) return refuse('visit.nobody-met');
  const stranger = notTheirs(state, by, facts, proxy?.why === 'minors-only');
  if (stranger !== undefined) return stranger;
  if (proxy !== undefined) {
    if (means !== 'signature' || speaksItself(facts)) return refuse('visit.proxy-by-hand', 'proxy');
    if (facts.proxyWorksHere) return refuse('visit.proxy-official', 'proxy.name');
  }
  if (state.answer.said === 'signed') return refuse('visit.already-signed');
  if (state.answer.said === 'declined' && !speaksItself(facts)) return refuse('visit.declined-stands');

  if (speaksItself(facts)) {
    if (key === undefined || key !== state.voucher?.key) return refuse('visit.key-wrong', 'key');
  } else if (means === 'code') {
    if (code === undefined) return refuse('visit.code-missing', 'code');
    if (state.misses >= MISSES_ALLOWED) return refuse('visit.code-locked');
    // Kept as an event, because a refusal leaves no trace and guesses would not be counted.
    if (code !== state.voucher?.code) return [{ kind: 'visit.code-missed' }];
  }
  if (means === 'signature' && signature === undefined) return refuse('visit.signature-missing', 'signature');
  if (means === 'card' && card === undefined) return refuse('visit.card-missing', 'card');

  const personal = {
    ...(means === 'signature' && signature !== undefined ? { signature } : {}),
    ...(means === 'card' && card !== undefined ? { card } : {}),
    ...(comment === undefined || comment === '' ? {} : { comment }),
    ...(proxy === undefined ? {} : { proxy: { name: proxy.name, relation: proxy.relation } }),
  };
  const proxied = proxy === undefined ? {} : { proxied: proxy.why };
  return [
    { kind: 'visit.countersigned', means, by, ...proxied, ...(Object.keys(personal).length === 0 ? {} : { personal }) },
  ];
}

function decline(state: Recorded, command: Command<'visit.decline'>, facts: VisitFacts): VisitEvent[] | Refusal {
  if (!talked(state.contact)) return refuse('visit.nobody-met');
  const stranger = notTheirs(state, command.by, facts);
  if (stranger !== undefined) return stranger;
  if (speaksItself(facts)) {
    if (command.key === undefined || command.key !== state.voucher?.key) return refuse('visit.key-wrong', 'key');
  } else if (state.answer.said !== 'nothing') {
    // What the household said, only the household takes back.
    return refuse(state.answer.said === 'signed' ? 'visit.already-signed' : 'visit.declined-stands');
  }
  return [{ kind: 'visit.declined', by: command.by, personal: { reason: command.reason } }];
}

/** What was promised at a door is owed by whoever promised it, until it is kept. */
export const promisesOwed = (state: VisitState): Owed[] =>
  state.status === 'none'
    ? []
    : state.promises.flatMap(({ what, by, kept }, place) =>
        kept === undefined
          ? [
              {
                run: `promise ${place}`,
                kind: 'promise' as const,
                official: state.official,
                due: by,
                since: state.metAt,
                title: what === '' ? undefined : what,
              },
            ]
          : [],
      );
