import { hashPassword } from '../accounts/passwords.ts';
import { accountStream } from '../accounts/model.ts';
import { dayOf } from '../calendar/days.ts';
import { isRefusal } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Database } from '../storage/database.ts';

/** What gives commands before anybody can sign in. */
const FOUNDER = 'system:founding';

export interface NewCounty {
  /** 行政区划代码, six digits. */
  readonly code: string;
  readonly name: string;
  /** Letters before every matter number. */
  readonly prefix: string;
  /** What the county desk is called: the unit that takes in what no township serves. */
  readonly desk: string;
  readonly administrator: { readonly name: string; readonly login: string; readonly password?: string };
}

export interface Founded {
  readonly county: number;
  readonly root: string;
  readonly desk: string;
  readonly administrator: string;
}

/**
 * Gives a command on behalf of the system itself. Its id follows from what it does, so doing it twice does nothing.
 * @throws when the command is refused: what the system does by itself must be lawful
 */
export async function command(
  ledger: Ledger,
  county: number,
  record: string,
  stream: string,
  given: { kind: string } & Record<string, unknown>,
  options: { at?: string; actor?: string; once?: string } = {},
): Promise<Record<string, unknown>> {
  const verdict = await ledger.execute({
    county,
    id: idOf('system', String(county), stream, given.kind, options.once ?? JSON.stringify(given)),
    record,
    stream,
    command: given,
    at: options.at ?? new Date().toISOString(),
    actor: options.actor ?? FOUNDER,
    permit: () => true,
  });
  if (isRefusal(verdict)) throw new Error(`${given.kind} was refused: ${verdict.refused} ${verdict.field ?? ''}`);
  return verdict.told;
}

/** Makes a county: its root area, its desk, and an administrator. Doing it again after a crash half-way does no harm. */
export async function foundCounty(database: Database, ledger: Ledger, made: NewCounty): Promise<Founded> {
  const county = Number(made.code);
  const root = idOf('area', made.code);
  const desk = idOf('unit', made.code, 'desk');
  const administrator = idOf('official', made.code, 'administrator');
  const now = new Date().toISOString();
  await database.pool.query('insert into county values ($1, $2, $3, $4, $5) on conflict do nothing', [
    county,
    made.name,
    made.prefix,
    desk,
    now,
  ]);
  const type = /[县区市旗]$/.exec(made.name)?.[0] ?? '县';
  const give = (record: string, stream: string, given: { kind: string } & Record<string, unknown>) =>
    command(ledger, county, record, stream, given, { once: 'founding' });
  await give('area', root, { kind: 'area.add', parent: null, type, name: made.name, code: made.code });
  await give('unit', desk, { kind: 'unit.add', parent: null, type: 'department', name: made.desk, area: root });
  await give('official', administrator, {
    kind: 'official.register',
    name: made.administrator.name,
    title: '系统管理员',
    unit: desk,
    phone: '',
  });
  await give('official', administrator, {
    kind: 'official.give-post',
    role: 'administrator',
    unit: desk,
    area: root,
    title: '系统管理员',
    since: dayOf(now),
  });
  if (made.administrator.password !== undefined) {
    const hash = await hashPassword(made.administrator.password);
    const { login } = made.administrator;
    await give('account', accountStream(administrator), {
      kind: 'account.open',
      official: administrator,
      login,
      hash,
      mustChange: false,
    });
  }
  return { county, root, desk, administrator };
}
