/**
 * For tests only: who may do what, written a second time and from the other side — as the documents and the red
 * lines say it, one line for one action — so that a slip in `table.ts` has to be made twice to pass.
 *
 * Letters say how the asker must stand to the record: `*` any record, `a` in their area, `u` with their unit,
 * `s` with them in person, `k` by its key, `-` never.
 */
import type { Role } from './model.ts';

const columns = ['field', 'clerk', 'handler', 'head', 'leader', 'inspector', 'administrator', 'auditor', 'resident', 'anyone'] as const;
export type Column = (typeof columns)[number];
/** Everybody who works here. */
export const roles = columns.slice(0, 8) as Role[];

//                             驻村干部 受理员 承办人 乡镇负责人 县领导 督查员 系统管理员 审计员 居民 任何人
const written = `
  portal.use                   *       *      *      *         *      *      *         *      *    *
  session.open                 *       *      *      *         *      *      *         *      *    *
  session.use                  *       *      *      *         *      *      *         *      -    -
  organisation.read            *       *      *      *         *      *      *         *      -    -
  area.add                     -       -      -      -         -      -      *         -      -    -
  area.rename                  -       -      -      -         -      -      *         -      -    -
  area.move                    -       -      -      -         -      -      *         -      -    -
  area.close                   -       -      -      -         -      -      *         -      -    -
  unit.add                     -       -      -      -         -      -      *         -      -    -
  unit.rename                  -       -      -      -         -      -      *         -      -    -
  unit.move                    -       -      -      -         -      -      *         -      -    -
  unit.lead                    -       -      -      -         -      -      *         -      -    -
  unit.close                   -       -      -      -         -      -      *         -      -    -
  official.register            -       -      -      -         -      -      *         -      -    -
  official.amend               -       -      -      -         -      -      *         -      -    -
  official.give-post           -       -      -      -         -      -      *         -      -    -
  official.end-post            -       -      -      -         -      -      *         -      -    -
  official.retire              -       -      -      -         -      -      *         -      -    -
  assignment.make              -       -      -      a         -      -      *         -      -    -
  assignment.end               -       -      -      a         -      -      *         -      -    -
  organisation.import          -       -      -      -         -      -      *         -      -    -
  account.open                 -       -      -      -         -      -      *         -      -    -
  account.reset                -       -      -      -         -      -      *         -      -    -
  account.close                -       -      -      -         -      -      *         -      -    -
  account.set-password         s       s      s      s         s      s      s         s      -    -
  account.add-passkey          s       s      s      s         s      s      s         s      -    -
  account.drop-passkey         s       s      s      s         s      s      s         s      -    -
  policy.read                  *       *      *      *         *      *      *         *      -    -
  policy.publish               -       -      -      -         -      -      *         -      -    -
  household.read               as      a      -      a         -      -      -         -      -    -
  household.register           a       a      -      -         -      -      *         -      -    -
  household.amend              as      a      -      -         -      -      -         -      -    -
  household.contact            as      a      -      -         -      -      -         -      -    -
  resident.add                 as      a      -      -         -      -      -         -      -    -
  resident.amend               as      a      -      -         -      -      -         -      -    -
  resident.leave               as      a      -      -         -      -      -         -      -    -
  resident.consent             as      a      -      -         -      -      -         -      -    -
  household.import             -       -      -      -         -      -      *         -      -    -
  reading.ask                  -       a      -      -         -      -      *         *      -    -
  visit.read                   as      -      -      a         -      *      -         -      -    -
  visit.record                 as      -      -      -         -      -      -         -      -    -
  visit.countersign            s       -      -      -         -      -      -         -      k    -
  visit.decline                s       -      -      -         -      -      -         -      k    -
  visit.correct                s       -      -      -         -      -      -         -      -    -
  visit.keep-promise           as      -      -      -         -      -      -         -      -    -
  visit.count                  s       -      -      a         *      *      -         -      -    -
  matter.read                  as      a      u      a         *      *      -         *      k    -
  matter.contact               s       a      u      -         -      -      -         -      k    -
  matter.register              a       a      -      -         -      -      -         -      -    *
  matter.classify              -       a      u      -         -      -      -         -      -    -
  matter.dispatch              -       a      -      a         -      -      -         -      -    -
  matter.acknowledge           -       -      u      -         -      -      -         -      -    -
  matter.plan                  -       -      u      -         -      -      -         -      -    -
  matter.return                -       -      u      -         -      -      -         -      -    -
  matter.adjudicate            -       a      -      a         *      -      -         -      -    -
  matter.progress              -       -      u      -         -      -      -         -      -    -
  matter.suspend               -       -      u      -         -      -      -         -      -    -
  matter.resume                -       a      u      -         -      -      -         -      -    -
  matter.ask-extension         -       -      u      -         -      -      -         -      -    -
  matter.decide-extension      -       a      -      a         *      -      -         -      -    -
  matter.tell                  a       a      u      -         -      -      -         -      -    -
  matter.dispose               -       -      u      -         -      -      -         -      -    -
  matter.answer                -       -      u      -         -      -      -         -      -    -
  matter.resolve               -       -      u      -         -      -      -         -      -    -
  matter.confirm               -       -      -      -         -      -      -         -      k    -
  matter.deny                  -       -      -      -         -      -      -         -      k    -
  matter.rate                  -       -      -      -         -      -      -         -      k    -
  matter.reopen                -       -      -      -         -      -      -         -      k    -
  matter.call-back             -       a      -      -         -      *      -         -      -    -
  matter.instruct              -       -      -      a         *      -      -         -      -    -
  matter.explain-delay         -       -      u      -         -      -      -         -      -    -
  matter.import                -       -      -      -         -      -      *         -      -    -
  matter.count                 -       a      u      a         *      *      -         *      -    -
  webhook.read                 -       -      -      -         -      -      *         -      -    -
  webhook.add                  -       -      -      -         -      -      *         -      -    -
  webhook.pause                -       -      -      -         -      -      *         -      -    -
  webhook.resume               -       -      -      -         -      -      *         -      -    -
  webhook.change-secret        -       -      -      -         -      -      *         -      -    -
  webhook.remove               -       -      -      -         -      -      *         -      -    -
  webhook.retry                -       -      -      -         -      -      *         -      -    -
  api-key.read                 -       -      -      -         -      -      *         -      -    -
  api-key.issue                -       -      -      -         -      -      *         -      -    -
  api-key.revoke               -       -      -      -         -      -      *         -      -    -
  system.operate               -       -      -      -         -      -      *         -      -    -
  system.verify                -       -      -      -         -      -      *         *      -    -
  data.export                  -       -      -      -         -      -      *         *      -    -
`;

type Line = Readonly<Record<Column, string>>;

/** Action → column → letters. */
export const expected: ReadonlyMap<string, Line> = new Map(
  written.trim().split('\n').map((line) => {
    const [action, ...letters] = line.trim().split(/\s+/);
    if (letters.length !== columns.length) throw new Error(`the line of ${action} has ${letters.length} columns`);
    return [action!, Object.fromEntries(columns.map((column, i) => [column, letters[i]!])) as Line] as const;
  }),
);

/** Whether the asker stands to the record in one of the ways the line asks for. */
export const lets = (letters: string, stands: string): boolean =>
  letters.includes('*') || [...stands].some((letter) => letters.includes(letter));
