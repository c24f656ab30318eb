import { actorName, unitsOf } from '../access/model.ts';
import { dayOf } from '../calendar/days.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { sayNumber } from '../matters/number.ts';
import { owedName, t } from './english.ts';
import { type OwedKind, quietKinds } from './model.ts';

/** How many the first page shows; how many there are is said beside them. */
const SHOWN = 40;
/** So long a day of a set period that was not returned is still asked for. */
const SWEEP_DAYS = 7;
/** What has no words of its own, but a home. */
const ofHome: ReadonlySet<OwedKind> = new Set(['pair-consent', 'pair-review']);
/** Posts whose holders do what is owed by a unit as a whole, and those who answer for what its people owe. */
const doing: ReadonlySet<string> = new Set(['handler', 'clerk', 'head', 'leader']);

interface OwedRow {
  readonly stream: string;
  readonly place: number;
  readonly record: string;
  readonly kind: OwedKind;
  readonly due: string | null;
  readonly number: string | null;
  readonly subject: string | null;
  readonly matter: string | null;
  readonly title: string | null;
  readonly unit: string | null;
  readonly official: string | null;
  readonly household: string | null;
  readonly home: string | null;
  readonly mine: boolean;
  readonly late: number;
  readonly total: number;
}

/** A leader's hard case ends with its matter, by the resident's word: nothing is owed on it any more. */
const stillOwed = (owed: string, matter: string): string => `(${owed}.record <> 'hard-case' or ${matter}.open)`;

const unitsAs = (desk: Desk, may: (role: string) => boolean): string[] =>
  desk.actor.kind !== 'official'
    ? []
    : [...new Set(desk.actor.standings.flatMap(({ role, unit }) => (unit != null && may(role) ? unit : [])))];

export const owedRoutes = {
  'GET /api/owed': route({
    action: 'owed.read',
    summary: 'What I owe by a day, and what my units owe: orders, tasks, disputes, reviews, cases; late first',
    async handle(desk) {
      const today = dayOf(desk.now);
      // A person's own debts; those of a unit that nobody is named for; and, of whoever leads it, what its people are late with.
      const rows = await desk.query<OwedRow>(
        'owed.mine',
        `select o.stream, o.place, o.record, o.kind, o.due, coalesce(o.number, m.number) as number, o.matter, o.title,
                case when o.official::text = $2 then m.subject end as subject,
                u.short_name as unit, f.name as official, coalesce(o.official::text = $2, true) as mine,
                h.id as household, h.head as home,
                (count(*) filter (where o.due < $5::date) over ())::int as late, (count(*) over ())::int as total
           from owed o
           left join official f on f.county = o.county and f.id = o.official
           -- What a person owes without a unit (what they promised at a door) is looked after where they work.
           left join unit u on u.county = o.county and u.id = coalesce(o.unit, f.unit)
           left join matter m on m.county = o.county and m.id = o.matter
           left join visit v on o.record = 'visit' and v.county = o.county and v.id = o.stream
           left join pair p on o.record = 'pair' and p.county = o.county and p.id = o.stream
           left join household h on h.county = o.county and h.id = coalesce(v.household, p.household)
          where o.county = $1 and ${stillOwed('o', 'm')} and coalesce(o.matter <> all($6::uuid[]), true)
            -- A day of a set period that nobody returned is not made up for by returning it weeks later.
            and (o.kind <> 'sweep-day' or o.due >= $5::date - ${SWEEP_DAYS})
            -- What a household's consent no longer carries cannot be done; a look at a pair is asked for on its day.
            and (o.kind <> 'pair-measure' or p.until >= $5::date) and (o.kind <> 'pair-review' or o.due <= $5::date)
            and (o.official::text = $2 or (o.unit = any($3::uuid[]) and o.official is null)
                 or ((u.id = any($4::uuid[]) or u.head::text = $2) and o.kind <> all($7::text[]) and (o.official is null or o.due < $5::date)))
          order by o.due nulls last, o.kind, o.stream, o.place limit ${SHOWN}`,
        [
          desk.county,
          actorName(desk.actor),
          unitsAs(desk, (role) => doing.has(role)),
          unitsAs(desk, isHead),
          today,
          apartOf(desk),
          quietKinds,
        ],
      );
      return {
        today,
        total: rows[0]?.total ?? 0,
        late: rows[0]?.late ?? 0,
        units: unitsOf(desk.actor).length,
        rows: rows.map(
          ({ stream, place, record, kind, due, number, title, subject, unit, official, household, home, mine }) => ({
            id: stream,
            place,
            record,
            household,
            kindName: owedName(kind),
            /** Its own words, else those of the matter that is in one’s own hand, else its number, else whose home it is about. */
            name:
              title ??
              subject ??
              (number !== null
                ? sayNumber(number)
                : ofHome.has(kind) && home !== null
                  ? t('{home}家', { home })
                  : t('（内容已按规定删除）')),
            /** At whose door it is owed, where its name does not say so. */
            home: title === null || home === null ? null : t('{home}家', { home }),
            number: number === null ? null : sayNumber(number),
            unit,
            official: mine ? null : official,
            due,
            late: due !== null && due < today,
            today: due === today,
          }),
        ),
      };
    },
  }),
} satisfies Routes;

const apartOf = ({ actor }: Desk): readonly string[] => (actor.kind === 'official' ? (actor.apart ?? []) : []);

const isHead = (role: string): boolean => role === 'head';
