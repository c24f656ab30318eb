import { z } from 'zod';
import { give } from '../../contract/commands.ts';
import { type Desk, type Raw, type Routes, route } from '../../contract/route.ts';
import { isRefusal } from '../../ledger/decider.ts';
import { idOf, newId } from '../../ledger/ids.ts';
import { MatterCommand } from '../../matters/model.ts';
import { showPhoto } from '../../matters/photos.ts';
import { readNumber } from '../../matters/number.ts';
import { suggestionByNumber } from '../../suggestions/api.ts';
import { tipOffByNumber } from '../../tip-offs/api.ts';
import { t } from './english.ts';
import { furtherOf } from './petition-acts.ts';
import { refusalSaid } from './refusal.ts';
import { Fields, type Faults, text, uuid } from './form.ts';
import { Named, type Opened, isLetIn, leave, openMatter, tryCode, tryKey, withinMinute } from './keys.ts';
import { lookUpPage } from './look-up-page.ts';
import { goTo, sorry, tooMany } from './page.ts';
import { progressPage } from './progress-page.ts';
import { digitsOf } from './words.ts';

const PER_MINUTE = 20;
const WRONG = '编号和查询码对不上。请对照截图或单子，一个一个再看一遍。';
const LOCKED = '这个编号一小时里试了太多次，先停一停。请过一小时再试，或者打村里联系干部的电话。';

/** Why a number cannot be one of ours: what the check digit and its shape tell without asking the database. */
export function numberFault(typed: string, prefix: string): string {
  const plain = typed
    .toUpperCase()
    .normalize('NFKC')
    .replace(/[^A-Z0-9]/g, '');
  if (plain === '') return t('请填编号。');
  const letters = /^[A-Z]*/.exec(plain)![0];
  const digits = plain.slice(letters.length);
  if (letters === '') return t('编号前面还有字母 {prefix}，请一起填上。', { prefix });
  if (/[A-Z]/.test(digits)) return t('编号后面只有数字，请看看是不是把 0 写成了 O，或者把 1 写成了 I。');
  if (digits.length < 9)
    return t('编号少了数字：{letters} 后面至少 9 个，现在是 {count} 个。', { letters, count: digits.length });
  if (digits.length > 14) return t('编号多了数字，请对照截图再看一遍。');
  return t('编号有一个数字听错或写错了，或者有两个写反了。请对照截图再看一遍。');
}

/** A number as typed; digits alone are taken for this county's. */
async function numberOf(desk: Desk, typed: string): Promise<{ number: string } | { fault: string }> {
  const [county] = await desk.query<{ prefix: string }>(
    'portal.prefix',
    'select prefix from county where county = $1',
    [desk.county],
  );
  const prefix = county?.prefix ?? '';
  const number = readNumber(typed) ?? readNumber(`${prefix}${digitsOf(typed)}`.slice(0, 40));
  return number === undefined || (/[a-z]/i.test(typed.normalize('NFKC')) && readNumber(typed) === undefined)
    ? { fault: numberFault(typed, prefix) }
    : { number };
}

async function lookUp(desk: Desk, typed: { number: string; code: string }): Promise<Raw> {
  if (!(await withinMinute(desk, '/progress', PER_MINUTE))) {
    return await lookUpPage(desk, typed, { '': t('试得太频繁，请过一分钟再试。') }, 429);
  }
  const faults: Record<string, string> = {};
  const read = await numberOf(desk, typed.number);
  if ('fault' in read) faults['number'] = read.fault;
  const code = digitsOf(typed.code);
  if (code.length !== 6)
    faults['code'] =
      code === '' ? t('请填查询码，6 位数字。') : t('查询码是 6 位数字，现在是 {count} 位。', { count: code.length });
  if ('fault' in read || Object.keys(faults).length > 0) return await lookUpPage(desk, typed, faults, 422);
  // A suggestion and a tip-off have numbers of the same shape, and are looked up in the same place.
  const [suggestion, tipOff] = [await suggestionByNumber(desk, read.number), await tipOffByNumber(desk, read.number)];
  const other = suggestion?.state.told?.code ?? tipOff?.code;
  const tried =
    other === undefined
      ? tryCode(desk, read.number, code)
      : tryKey(desk, read.number, code, () => Promise.resolve(other));
  const where = suggestion !== undefined ? 'suggestions' : tipOff !== undefined ? 'tip-off' : 'progress';
  switch (await tried) {
    case 'opened':
      return goTo(`/${where}/${read.number}`);
    case 'wrong':
      return await lookUpPage(desk, typed, { '': t(WRONG) }, 422);
    case 'too-many':
      return await lookUpPage(desk, typed, { '': t(LOCKED) }, 429);
  }
}

/** The command that a button stands for. */
function commandOf(act: string, fields: Fields): Record<string, unknown> | undefined {
  const words = text(fields, 'words');
  const score = Number(text(fields, 'score'));
  const rated = score >= 1 && score <= 5 ? { score } : {};
  const comment = words === '' ? {} : { comment: words };
  switch (act) {
    case 'confirm':
      return { kind: 'matter.confirm', ...rated, ...comment };
    case 'deny':
      return { kind: 'matter.deny', reason: words };
    case 'rate':
      return { kind: 'matter.rate', ...rated, ...comment };
    case 'urge': {
      const more = text(fields, 'more');
      return { kind: 'matter.raise-again', channel: 'web', ...(more === '' ? {} : { words: more }) };
    }
    case 'reopen':
      return { kind: 'matter.reopen', reason: text(fields, 'again') };
    default:
      return undefined;
  }
}

/** What to write at the field that is missing or too long. */
const faultFor = (act: string, fields: Fields): Faults => {
  if (act === 'reopen')
    return {
      again:
        text(fields, 'again').length < 2
          ? t('请写一句现在是什么情况，办的人才知道往哪儿使劲。')
          : t('太长了，请写短一些。'),
    };
  if (act === 'urge') return { more: t('太长了，请写短一些。') };
  if (act === 'deny' && text(fields, 'words').length < 2) return { words: t('请写一句还差什么，再按一次。') };
  if (act === 'rate' && text(fields, 'score') === '') return { score: t('请先选一个分数。') };
  return { words: t('太长了，请写在 500 字以内。') };
};

async function act(desk: Desk, opened: Opened, fields: Fields): Promise<Raw> {
  const { number } = opened.state;
  if (!(await withinMinute(desk, '/progress/act', PER_MINUTE))) return await tooMany(desk, `/progress/${number}`);
  const asked = text(fields, 'act');
  const further = await furtherOf(desk, opened, asked, fields);
  if (further !== undefined) return further;
  const made = commandOf(asked, fields);
  if (made === undefined) return goTo(`/progress/${number}`);
  const typed = { words: text(fields, 'words'), score: text(fields, 'score') };
  const command = MatterCommand.safeParse(made);
  if (!command.success) return await progressPage(desk, opened, typed, faultFor(asked, fields));
  const verdict = await give(opened.theirs, 'matter', opened.id, command.data, {
    // The same button with the same words is one command, however often it is pressed.
    command: idOf('portal act', uuid(fields, 'once') ?? newId(), JSON.stringify(command.data)),
  });
  if (!isRefusal(verdict)) return goTo(`/progress/${number}`);
  const sentence = refusalSaid(verdict.refused) ?? t('没有存上，请刷新以后再试。');
  return await progressPage(desk, opened, typed, { '': sentence });
}

/** Looking it up. */
export const lookUpRoutes = {
  'GET /progress': route({
    action: 'portal.use',
    summary: 'Where number and query code are typed in',
    query: Fields,
    handle: (desk, { query }) => lookUpPage(desk, { number: text(query, 'number').slice(0, 40), code: '' }),
  }),
  'POST /progress': route({
    action: 'portal.use',
    summary: 'Open a matter by number and query code',
    body: Fields,
    handle: (desk, { body }) =>
      lookUp(desk, { number: text(body, 'number').slice(0, 40), code: text(body, 'code').slice(0, 20) }),
  }),
  'GET /p/:number': route({
    action: 'portal.use',
    summary: 'The address in the QR code: opens the matter and takes the code out of the address',
    params: Named,
    query: Fields,
    async handle(desk, { params: { number }, query }) {
      if (isLetIn(desk, number)) return goTo(`/progress/${number}`);
      return await lookUp(desk, { number, code: text(query, 'c').slice(0, 20) });
    },
  }),
} satisfies Routes;

/** A matter’s own pages: their story is told in Chinese, as it was written. */
export const progressRoutes = {
  'GET /progress/:number': route({
    action: 'portal.use',
    summary: 'The story of a matter for the resident who holds its key',
    params: Named,
    async handle(desk, { params: { number } }) {
      const opened = isLetIn(desk, number) ? await openMatter(desk, number) : undefined;
      return opened === undefined
        ? goTo(`/progress?${new URLSearchParams({ number })}`)
        : await progressPage(desk, opened);
    },
  }),
  'POST /progress/:number': route({
    action: 'portal.use',
    summary: 'The resident’s own word: done, not done, a rating, or open again',
    params: Named,
    body: Fields,
    async handle(desk, { params: { number }, body }) {
      const opened = isLetIn(desk, number) ? await openMatter(desk, number) : undefined;
      return opened === undefined
        ? goTo(`/progress?${new URLSearchParams({ number })}`)
        : await act(desk, opened, body);
    },
  }),
  'GET /progress/:number/photos/:photo': route({
    action: 'portal.use',
    summary: 'A picture that came with a matter, for the resident who holds its key. The reading is recorded',
    params: Named.extend({ photo: z.uuid().catch('') }),
    query: Fields,
    async handle(desk, { params: { number, photo }, query }) {
      const opened = isLetIn(desk, number) ? await openMatter(desk, number) : undefined;
      if (opened === undefined) return goTo(`/progress?${new URLSearchParams({ number })}`);
      const small = text(query, 'size') === 'small';
      const picture = await showPhoto(opened.theirs, opened.id, opened.state, photo, small);
      return (
        picture ??
        (await sorry(desk, `/progress/${number}`, 404, t('没有这张照片'), t('可能已经按规定删除。返回可以看进度。')))
      );
    },
  }),
  'GET /progress/:number/leave': route({
    action: 'portal.use',
    summary: 'Forget on this phone that the code was shown',
    params: Named,
    handle(desk, { params: { number } }) {
      if (number !== '') leave(desk, number);
      return goTo('/');
    },
  }),
} satisfies Routes;
