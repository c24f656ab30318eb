import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canDo, may, scopeOf } from '../access/access.ts';
import { actorName, unitsOf } from '../access/model.ts';
import { namesOf, placeOf } from '../access/directory.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { commandRoutes, give } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import { type Ballot, type BallotState, type BallotsPolicy, OfficeCommand, halfOf } from './model.ts';
import { isFree, isOn, isUsed, possibleOf } from './rules.ts';
import { MODULUS_BITS, blindSign, codeOf, isSigned, paperNumber, paperReceipt, printOf, shortHash } from './signing.ts';
import { officeOf, unitsAround } from './tables.ts';
import { readCode } from './token.ts';
import { clear, put, setUp, shut } from './urn.ts';

const Id = z.object({ id: z.uuid() });
const MOST = 500;
/** For so long who printed slips or papers may look at what was printed. */
const PRINTED_MS = 3_600_000;

const COLUMNS = {
  areas: ['b.county_area', 'b.township', 'b.village'],
  units: ['b.office'],
  officials: ['b.subjects[]'],
};

type Standing = Pick<Desk, 'county' | 'ledger' | 'pool' | 'now'>;

/** A review by its id; undefined where there is none. */
export async function ballotBy(desk: Pick<Desk, 'county' | 'ledger'>, id: string): Promise<Ballot | undefined> {
  const { state } = await desk.ledger.read<BallotState>(desk.county, 'ballot', id);
  return state.status === 'none' ? undefined : state;
}

/** Those who are rated, as they stand on their cards. */
export async function subjectsOf(desk: Pick<Desk, 'county' | 'query'>, { subjects }: Ballot) {
  const rows = await desk.query<{ id: string; name: string; title: string; unit: string }>(
    'ballots.subjects',
    `select o.id, o.name, o.title, u.short_name as unit from official o join unit u on u.county = o.county and u.id = o.unit
      where o.county = $1 and o.id = any($2::uuid[])`,
    [desk.county, subjects.map(({ official }) => official)],
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return subjects.map(({ official }) => known.get(official) ?? { id: official, name: '', title: '', unit: '' });
}

/** The reviews that residents see: those open now, and those closed this half-year and the one before. */
export async function ballotsShown(desk: Desk) {
  const rows = await desk.query<{
    id: string;
    township: string | null;
    village: string | null;
    half: string;
    status: Ballot['status'];
    until: string;
    ended: boolean;
  }>(
    'ballots.shown',
    `select id, township, village, half, status, until, ended from ballot
      where county = $1 and status <> 'void' and opened_on > $2::date order by status desc, until desc, id limit ${MOST}`,
    [desk.county, addDays(dayOf(desk.now), -366)],
  );
  const names = await namesOf(
    desk.query,
    desk.county,
    rows.flatMap((r) => [r.township, r.village]),
  );
  return rows.map((r) => ({
    id: r.id,
    place: placeOf(names, [r.township, r.village]),
    half: r.half,
    on: isOn(r, dayOf(desk.now)),
    closed: r.status === 'closed',
    until: r.until,
  }));
}

/** Open reviews a household was drawn for, and whether it took its ballot: all that is held of it, until the close. */
export async function askedOf(desk: Desk, household: string) {
  const rows = await desk.query<{ id: string }>(
    'ballots.asked',
    `select b.id from ballot b join household h on h.county = b.county and h.id = $2 and b.area in (h.township, h.village)
      where b.county = $1 and b.status = 'open' order by b.id`,
    [desk.county, household],
  );
  const all = await Promise.all(rows.map(({ id }) => ballotBy(desk, id)));
  return all.flatMap((state) => {
    const elector = state?.electors.indexOf(household) ?? -1;
    return state === undefined || elector < 0 ? [] : [{ until: state.until, used: isUsed(state, elector) }];
  });
}

/**
 * An elector's phone asks for one signature: the code is checked, the right to one ballot used up, and what is signed is
 * blinded. The same phone asking again for the same gets the same.
 * @param blinded base64, as long as the modulus
 * @returns the blind signature in base64
 */
export async function drawBallot(
  desk: Desk,
  id: string,
  code: string,
  blinded: string,
): Promise<{ signature: string } | Refusal> {
  const state = await ballotBy(desk, id);
  if (state === undefined) return refuse('ballot.unknown');
  const { secret, signing } = state;
  if (state.status !== 'open' || secret === undefined || signing === undefined) return refuse('ballot.over');
  const typed = readCode(code);
  const elector = state.electors.findIndex((_, n) => codeOf(secret, n) === typed);
  if (elector < 0) return refuse('ballot.code-wrong', 'code');
  const bytes = Buffer.from(blinded, 'base64');
  if (bytes.length !== MODULUS_BITS / 8) return refuse('ballot.token-wrong');
  let signature: Buffer;
  try {
    signature = blindSign(signing, bytes);
  } catch {
    return refuse('ballot.token-wrong');
  }
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (state.drawn[elector] !== hash) {
    await setUp(desk, id, state);
    const verdict = await give(
      { ...desk, actor: { kind: 'resident', record: id } },
      'ballot',
      id,
      { kind: 'ballot.draw', elector, blinded: hash } as { kind: string },
      { command: idOf('ballot draw', id, String(elector), hash) },
    );
    if (isRefusal(verdict)) return verdict;
  }
  return { signature: signature.toString('base64') };
}

/**
 * Puts a ballot into the urn. It brings a token, its signature and the choices, and nothing of who sends it: neither the
 * ledger, nor a limit, nor a log is touched.
 * @param choices one sign for each official in their order: the number of the grade, or `-`
 * @returns the receipt, which the phone can work out itself
 */
export async function castBallot(
  desk: Standing,
  id: string,
  sent: { readonly token: string; readonly signature: string; readonly choices: string },
): Promise<{ receipt: string } | Refusal> {
  const state = await ballotBy(desk, id);
  if (state === undefined) return refuse('ballot.unknown');
  if (!isOn(state, dayOf(desk.now))) return refuse('ballot.over');
  const wrong = faultOf(state, sent.choices);
  if (wrong !== undefined) return wrong;
  const token = Buffer.from(sent.token, 'base64');
  // The message as it was prepared: 32 random bytes before the 32 of the token (RFC 9474, section 4.1).
  if (token.length !== 64 || !(await isSigned(state.key, token, Buffer.from(sent.signature, 'base64'))))
    return refuse('ballot.token-wrong');
  const [spent, receipt] = [shortHash(token), shortHash(token, id, sent.choices)];
  return await put(desk, id, state, (urn) => {
    const there = urn.web.find((cast) => cast.spent === spent);
    // An answer that was lost on the way is given again; another choice is not taken.
    if (there !== undefined) return there.receipt === receipt ? { urn, answer: { receipt } } : refuse('ballot.cast');
    return { urn: { ...urn, web: [...urn.web, { spent, receipt, choices: sent.choices }] }, answer: { receipt } };
  });
}

function faultOf({ subjects, grades }: Ballot, choices: string): Refusal | undefined {
  const known = new Set(['-', ...grades.keys()].map(String));
  if (choices.length !== subjects.length || [...choices].some((sign) => !known.has(sign)))
    return refuse('ballot.choices-wrong', 'choices');
  return /^-*$/.test(choices) ? refuse('ballot.blank', 'choices') : undefined;
}

/**
 * One of two enters a paper by its number. The second's word must be the same; where it is not, both are asked again.
 * @returns whether it counts now
 */
export async function enterPaper(
  desk: Standing,
  id: string,
  by: string,
  { number, choices }: { readonly number: string; readonly choices: string },
): Promise<{ counted: boolean } | Refusal> {
  const state = await ballotBy(desk, id);
  if (state === undefined) return refuse('ballot.unknown');
  const { secret } = state;
  if (state.status !== 'open' || secret === undefined) return refuse('ballot.not-open');
  const wrong = faultOf(state, choices);
  if (wrong !== undefined) return wrong;
  const typed = readCode(number);
  if (!Array.from({ length: state.printed }, (_, n) => paperNumber(secret, n)).includes(typed))
    return refuse('ballot.paper-unknown', 'number');
  await setUp(desk, id, state);
  const spent = shortHash(id, typed);
  const answer = await put<boolean | 'differs'>(desk, id, state, (urn) => {
    if (urn.papers.some((paper) => paper.spent === spent)) return refuse('ballot.paper-entered', 'number');
    const first = urn.halves.find((half) => half.spent === spent);
    const halves = urn.halves.filter((half) => half !== first);
    // One's own first reading may be put right; it stays the first.
    if (first === undefined || (first.by === by && first.choices !== choices))
      return { urn: { ...urn, halves: [...halves, { spent, choices, by }] }, answer: false };
    if (first.by === by) return refuse('ballot.paper-own-second', 'number');
    if (first.choices !== choices) return { urn: { ...urn, halves }, answer: 'differs' };
    const paper = { spent, receipt: paperReceipt(id, typed), choices };
    return { urn: { ...urn, halves, papers: [...urn.papers, paper] }, answer: true };
  });
  if (answer === 'differs') return refuse('ballot.paper-differs', 'choices');
  return typeof answer === 'boolean' ? { counted: answer } : answer;
}

const reachOf = (state: Ballot) => ({ units: [state.office], areas: state.chain });

/** Whether the asker may run a review: of the office or an inspector, and with nothing to do with those rated. */
async function freeTo(desk: Desk, state: Ballot): Promise<boolean> {
  const { actor } = desk;
  if (!may(actor, 'ballot.run', reachOf(state))) return false;
  return isFree(
    state.subjects,
    actorName(actor),
    await unitsAround(desk.query, desk.county, actorName(actor), unitsOf(actor)),
  );
}

async function toRun(desk: Desk, id: string): Promise<Ballot | Refusal> {
  const state = await ballotBy(desk, id);
  if (state === undefined || !may(desk.actor, 'ballot.run', reachOf(state))) return refuse('access.denied');
  return (await freeTo(desk, state)) ? state : refuse('ballot.rated');
}

/** What somebody printed within the hour; nothing to anybody else. */
const isTheirs = (desk: Desk, printed: { by: string; at: string } | undefined): boolean =>
  printed !== undefined &&
  printed.by === actorName(desk.actor) &&
  Date.parse(desk.now) - Date.parse(printed.at) < PRINTED_MS;

async function householdsOf(desk: Desk, ids: readonly string[]) {
  const rows = await desk.query<{ id: string; head: string; address: string }>(
    'ballots.electors',
    'select id, head, address from household where county = $1 and id = any($2::uuid[])',
    [desk.county, ids],
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  // As one goes from door to door.
  const collator = new Intl.Collator('zh-CN', { numeric: true });
  return ids
    .map((id, elector) => ({
      elector,
      head: known.get(id)?.head ?? '',
      address: known.get(id)?.address ?? '',
    }))
    .toSorted((a, b) => collator.compare(a.address, b.address) || a.elector - b.elector);
}

const office = commandRoutes('ballot', '/api/ballots', OfficeCommand, {
  'ballot.open': 'Open a review of the officials stationed in a place: electors are drawn by lot, once each half-year',
  'ballot.print-slips': 'Print the slips with the electors’ codes; who did is kept',
  'ballot.print-papers': 'Print blank papers, each with a number of its own, for the bag',
  'ballot.take-paper': 'An elector took a paper out of the bag; which one is not noted',
  'ballot.end': 'Stop the voting before its last day, with the reason',
  'ballot.close': 'Count and publish: papers are reckoned up, electors and keys erased',
  'ballot.void': 'It does not count, with the reason; what was cast is destroyed',
}) as Routes;
const around = (
  verb: string,
  handle: (desk: Desk, id: string, decide: () => Promise<object>) => Promise<object>,
): Routes => {
  const address = `POST /api/ballots/:id/${verb}` as const;
  const plain = office[address]!;
  return {
    [address]: {
      ...plain,
      handle: (desk: Desk, sent: { params: { id: string }; query: unknown; body: unknown }) =>
        handle(desk, sent.params.id, async () => (await plain.handle(desk, sent)) as object),
    },
  } as Routes;
};

export const ballotRoutes = {
  'GET /api/ballots': route({
    action: 'ballot.read',
    summary: 'Reviews of stationed officials, the open ones first; whoever is rated sees their own',
    async handle(desk) {
      const today = dayOf(desk.now);
      const rows = await desk.query<{
        id: string;
        township: string | null;
        village: string | null;
        half: string;
        status: 'open' | 'closed' | 'void';
        opened_on: string;
        until: string;
        ended: boolean;
        closed_on: string | null;
        enough: boolean;
        rated: number;
      }>(
        'ballots.list',
        `select b.id, b.township, b.village, b.half, b.status, b.opened_on, b.until, b.ended, b.closed_on, b.enough,
                cardinality(b.subjects) as rated
           from ballot b where b.county = $1 and ${withinSql(2, COLUMNS)}
          order by b.status = 'open' desc, b.opened_on desc, b.id limit ${MOST}`,
        [desk.county, ...scopeValues(scopeOf(desk.actor, 'ballot.read'))],
      );
      const names = await namesOf(
        desk.query,
        desk.county,
        rows.flatMap((r) => [r.township, r.village]),
      );
      const { days } = desk.policies.get<BallotsPolicy>('ballots');
      const office = await officeOf(desk.query, desk.county);
      return {
        mayOpen: may(desk.actor, 'ballot.open', { units: office === undefined ? [] : [office] }),
        half: halfOf(today),
        from: addDays(today, days.shortest),
        to: addDays(today, days.longest),
        rows: rows.map((r) => ({
          id: r.id,
          place: placeOf(names, [r.township, r.village]),
          half: r.half,
          status: r.status,
          on: isOn(r, today),
          openedOn: r.opened_on,
          until: r.until,
          closedOn: r.closed_on,
          enough: r.enough,
          rated: r.rated,
        })),
      };
    },
  }),
  'GET /api/ballots/:id': route({
    action: 'ballot.read',
    summary: 'One review: how it stands, and what was said of whom where enough rated. Whoever is rated sees their own',
    params: Id,
    async handle(desk, { params: { id } }) {
      const state = await ballotBy(desk, id);
      const self = actorName(desk.actor);
      const reach = state === undefined ? {} : reachOf(state);
      const whole = may(desk.actor, 'ballot.read', reach);
      const own = state?.subjects.some(({ official }) => official === self) === true;
      if (state === undefined || !(whole || (own && may(desk.actor, 'ballot.read', { officials: [self] }))))
        return refuse('access.denied');
      const [names, subjects, free] = await Promise.all([
        namesOf(desk.query, desk.county, state.chain),
        subjectsOf(desk, state),
        freeTo(desk, state),
      ]);
      const { outcome, grades, least } = state;
      const used = Object.keys(state.drawn).length + state.taken.length;
      const today = dayOf(desk.now);
      return {
        id,
        place: placeOf(names, state.chain.slice(1)),
        half: state.half,
        status: state.status,
        on: isOn(state, today),
        openedAt: state.openedAt,
        until: state.until,
        closedAt: state.closedAt ?? null,
        reason: state.reason ?? null,
        households: state.households,
        electors: state.size,
        seed: state.seed,
        keyPrint: printOf(state.key),
        url: `${desk.publicUrl}/ballot/${id}`,
        least,
        grades,
        /** Electors who took their ballot; not told of a few. What was cast is told by nobody before the close. */
        used: state.status === 'open' && used >= least ? used : null,
        cast: outcome?.enough === true ? outcome.receipts.length : null,
        enough: outcome?.enough ?? null,
        papers: whole ? (outcome?.papers ?? null) : null,
        printed: free ? state.printed : null,
        taken: free ? state.taken.length : null,
        figures: subjects
          .filter((one) => whole || one.id === self)
          .map((one) => ({ ...one, given: outcome?.sums[one.id] ?? null })),
        free,
        can: free ? canDo(desk.actor, possibleOf(state, today, free), reach) : [],
      };
    },
  }),
  'GET /api/ballots/:id/electors': route({
    action: 'ballot.run',
    summary: 'The list in the hall: who may take a ballot, and who has. Nothing of it is kept once the review is over',
    params: Id,
    async handle(desk, { params: { id } }) {
      const state = await toRun(desk, id);
      if (isRefusal(state)) return state;
      const rows = await householdsOf(desk, state.electors);
      return {
        rows: rows.map((row) => ({ ...row, used: isUsed(state, row.elector) })),
      };
    },
  }),
  'GET /api/ballots/:id/slips': route({
    action: 'ballot.run',
    summary: 'The slips somebody has just printed: one elector’s code each, for the hour after',
    params: Id,
    async handle(desk, { params: { id } }) {
      const state = await toRun(desk, id);
      if (isRefusal(state)) return state;
      const { secret } = state;
      const rows = secret === undefined || !isTheirs(desk, state.slips) ? [] : await householdsOf(desk, state.electors);
      const url = `${desk.publicUrl}/ballot/${id}`;
      const print = printOf(state.key);
      return {
        url: `${desk.publicUrl}/ballot`,
        until: state.until,
        keyPrint: print,
        rows: rows.map(({ elector, head, address }) => {
          const code = codeOf(secret!, elector);
          // Behind the # nothing is sent to anybody: the code reaches the server only when it is used.
          return { elector, head, address, code, link: `${url}#${code}.${print}` };
        }),
      };
    },
  }),
  'GET /api/ballots/:id/papers': route({
    action: 'ballot.run',
    summary: 'The blank papers somebody has just printed, for the hour after',
    params: Id,
    async handle(desk, { params: { id } }) {
      const state = await toRun(desk, id);
      if (isRefusal(state)) return state;
      const { secret, papers } = state;
      const subjects = await subjectsOf(desk, state);
      const count = secret === undefined || !isTheirs(desk, papers) ? 0 : state.printed - papers!.first;
      return {
        grades: state.grades,
        subjects,
        url: `${desk.publicUrl}/ballot`,
        rows: Array.from({ length: count }, (_, n) => {
          const number = paperNumber(secret!, papers!.first + n);
          return { number, receipt: paperReceipt(id, number) };
        }),
      };
    },
  }),
  'POST /api/ballots/:id/papers': route({
    action: 'ballot.run',
    summary: 'One of two enters a paper by its number; it counts once the other read the same',
    params: Id,
    body: z.object({
      number: z.string().min(1).max(40),
      /** One sign for each official in their order: the number of the grade, or `-`. */
      choices: z.string().max(200),
    }),
    async handle(desk, { params: { id }, body }) {
      const state = await toRun(desk, id);
      return isRefusal(state) ? state : await enterPaper(desk, id, actorName(desk.actor), body);
    },
  }),
  ...office,
  ...around('open', async (desk, id, decide) => {
    const verdict = await decide();
    const state = isRefusal(verdict) ? undefined : await ballotBy(desk, id);
    if (state !== undefined) await setUp(desk, id, state);
    return verdict;
  }),
  ...around('close', async (desk, id, decide) => {
    const state = await ballotBy(desk, id);
    const stops =
      state?.status === 'open' && may(desk.actor, 'ballot.close', reachOf(state)) && !isOn(state, dayOf(desk.now));
    // What is being put in is waited for, and nothing comes after it: the count is of all there is.
    if (stops) await shut(desk, id, true);
    let verdict: object | undefined;
    try {
      verdict = await decide();
      return verdict;
    } finally {
      if (verdict !== undefined && !isRefusal(verdict)) await clear(desk.pool, desk.county);
      else if (stops) await shut(desk, id, false);
    }
  }),
  ...around('void', async (desk, _id, decide) => {
    const verdict = await decide();
    if (!isRefusal(verdict)) await clear(desk.pool, desk.county);
    return verdict;
  }),
} satisfies Routes;
