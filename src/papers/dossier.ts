import { may } from '../access/access.ts';
import { namesOf } from '../access/directory.ts';
import { actorName } from '../access/model.ts';
import { recordReading } from '../access/readings.ts';
import { dayOf } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import { speaking } from '../contract/language.ts';
import type { Desk } from '../contract/route.ts';
import type { Recorded } from '../ledger/decider.ts';
import { type MatterState, levelNames, rightedNames, wayNames } from '../matters/model.ts';
import { namesFor, page } from '../matters/present.ts';
import { type OrderEvent, type OrderState, formNames } from '../orders/model.ts';
import type { Review, ReviewState } from '../reviews/model.ts';
import { opennessOf } from './access.ts';
import type { CaseFile, FileEntry, Proof } from './draw/file.ts';
import { sayChineseDay } from './draw/words.ts';
import { kept } from './issue.ts';
import { type PaperKind, paperNames } from './model.ts';
import { type Known, seesReporter } from './of-matter.ts';
import type { RegisteredRow } from '../register/numbers.ts';

/**
 * 一案一卷 (C20; PET-04 「逐案建立专卷，做到一案一卷」, 2:K9): what the file of a matter holds for this reader. What they may not
 * see is left out and said so; that they read it is recorded.
 */
export async function dossierOf(desk: Desk, id: string, { state, events }: Known): Promise<CaseFile> {
  await recordReading(desk, state.household ?? id, '一案一卷，全卷');
  // A file is Chinese whatever language the desk is read in.
  return await speaking('zh', async () => {
    const names = await namesFor(desk, [], state, events);
    const sees = seesReporter(desk.actor, state);
    const shown = page(state, events, names, {
      now: desk.now,
      calendar: desk.policies.get<Calendar>('calendar'),
      seesReporter: sees,
    });
    const leftOut: string[] = [];
    const [papers, reviews, orders, pictures, proof] = await Promise.all([
      papersOf(desk, id, leftOut),
      reviewsOf(desk, state, leftOut),
      ordersOf(desk, id, leftOut),
      picturesOf(desk, id, state, leftOut),
      proofOf(
        desk,
        id,
        state,
        shown.story.map(({ what }) => what),
      ),
    ]);
    if (!sees && !state.anonymous)
      leftOut.push(
        state.confidential
          ? '反映人的姓名和电话：反映人要求保密，只有回访的人能看。'
          : '反映人的姓名和电话：不在您的权限之内。',
      );
    const erased = events.filter((event) => event.kind === 'matter.registered' && event.personal === undefined).length;
    if (erased > 0) leftOut.push('反映的原话：保管期满，已按规定删除；登记和办理经过还在。');
    // How papers were served stands behind each paper, with its proof.
    const steps = shown.story.filter((_, i) => events[i]?.kind !== 'matter.served');
    const what = steps.map((line, i): Entry => ({
      title: line.what,
      day: dayOf(line.at),
      by: line.who,
      number: '',
      paragraphs: [
        ...(i === 0 ? [shown.subject, shown.body].filter((words) => words !== '' && words !== line.text) : []),
        line.text ?? '',
        line.note ?? '',
      ].filter((words) => words !== ''),
      at: line.at,
    }));
    const first = what[0]?.at ?? state.registeredAt;
    const all = [...what, ...reviews, ...orders, ...papers, ...pictures.map((entry) => ({ ...entry, at: first }))];
    const entries = all
      .map((entry, place) => ({ entry, place }))
      .toSorted((a, b) => (a.entry.at === b.entry.at ? a.place - b.place : a.entry.at < b.entry.at ? -1 : 1))
      .map(({ entry }) => entry);
    return {
      unit: await fullName(desk, state.unit ?? state.desk),
      number: shown.number,
      title: shown.subject,
      day: dayOf(desk.now),
      reader: await readerOf(desk),
      facts: factsOf(shown, state),
      entries,
      leftOut,
      proof,
    };
  });
}

function factsOf(shown: ReturnType<typeof page>, state: MatterState): [string, string][] {
  const { reporter } = shown;
  const who = reporter.anonymous
    ? '匿名'
    : !reporter.shown
      ? '（本卷不显示）'
      : [reporter.name, reporter.phone].filter((part) => part !== null).join('，') || '没有留';
  const rows: [string, string | null][] = [
    ['编号', shown.number],
    ['来源', shown.channel],
    ['办理程序', shown.procedure],
    ['收到日期', sayChineseDay(dayOf(shown.receivedAt))],
    ['登记日期', sayChineseDay(dayOf(shown.registeredAt))],
    ['地点', [shown.place, shown.spot].filter((part) => part !== '').join('，')],
    ['反映人', who],
    ['承办单位', shown.unitName],
    ['领导', shown.four.leader],
    ['承办人', shown.four.handler],
    ['措施', shown.four.measures],
    [
      '时限',
      shown.clock === null
        ? null
        : `${shown.clock.name}${shown.four.due === null ? '' : `，${sayChineseDay(shown.four.due)}以前`}`,
    ],
    ['现在', shown.statusName],
    [
      '退单、重开',
      state.returns + state.reopenings === 0 ? '没有' : `退单 ${state.returns} 次，重开 ${state.reopenings} 次`,
    ],
    ['群众评分', shown.score === null ? null : `${shown.score} 分`],
  ];
  return rows.map(([label, value]) => [label, value ?? '']);
}

type Entry = FileEntry & { at: string };

/**
 * Papers of the matter, of its reviews and of orders about it, each behind the step that gave it as it is kept; and for each
 * that was brought to a person the proof of it (送达回证).
 */
async function papersOf(desk: Desk, matter: string, leftOut: string[]): Promise<Entry[]> {
  const rows = await desk.query<RegisteredRow & { voided_at: string | null }>(
    'papers.of-matter',
    `select s.*, p.voided_at from served_paper s left join paper p on p.county = s.county and p.id = s.paper
      where s.county = $1 and s.matter = $2 order by s.issued_at, s.paper`,
    [desk.county, matter],
  );
  const entries: Entry[] = [];
  for (const row of rows) {
    const name = `${paperNames[row.kind as PaperKind]}${row.voided_at !== null ? '（已作废）' : row.righted === null ? '' : `（${rightedNames[row.righted as keyof typeof rightedNames]}）`}`;
    const called = `${name}（${row.number}）`;
    const reach = {
      areas: [row.county_area, row.township, row.village, row.grid].filter((area) => area !== null),
      units: row.units,
    };
    if (row.barred.includes(actorName(desk.actor)) || !may(desk.actor, 'paper.read', reach)) {
      leftOut.push(`${called}：不在您的权限之内。`);
      continue;
    }
    if ((await opennessOf(desk, row)) !== 'open') {
      leftOut.push(`${called}：写有要求保密的反映人。`);
      continue;
    }
    const paper = await kept(desk, row);
    const at = row.issued_at ?? `${row.issued_on}T00:00:00.000Z`;
    const by = await fullName(desk, row.unit);
    if (paper?.paper === undefined) leftOut.push(`${called}：保管期满，已按规定删除。`);
    else
      entries.push({ title: name, day: row.issued_on, by, number: row.number, at, paragraphs: [], paper: paper.paper });
    entries.push(...(await proofsOf(desk, row, name)));
  }
  return entries;
}

/** How a paper reached the person: every try, with its proof. */
async function proofsOf(desk: Desk, row: RegisteredRow, name: string): Promise<Entry[]> {
  if (row.record !== 'matter' && row.record !== 'review') return [];
  const { state } = await desk.ledger.read<MatterState | Review>(desk.county, row.record, row.id);
  const tries = state.papers.find(({ version }) => version === row.version)?.tries ?? [];
  const last = tries.at(-1);
  if (last === undefined) return [];
  const nameOf = await namesOf(
    desk.query,
    desk.county,
    tries.map(({ by }) => (by.includes(':') ? null : by)),
  );
  const paragraphs = tries.flatMap(({ way, on, receiver, witness, tracking, note, receivedOn, by }) => [
    [
      `${sayChineseDay(on)}：${wayNames[way]}`,
      receiver === undefined ? '' : `签收人${receiver}`,
      witness === undefined ? '' : `见证人${witness}`,
      tracking === undefined ? '' : `邮件号${tracking}`,
      note ?? '',
      by.includes(':') ? '' : `经手人${nameOf(by) ?? ''}`,
    ]
      .filter((part) => part !== '')
      .join('，'),
    receivedOn === undefined ? '' : `收到的日子：${sayChineseDay(receivedOn)}。`,
  ]);
  return [
    {
      title: `送达回证（${name}）`,
      day: last.receivedOn ?? last.on,
      by: nameOf(last.by) ?? '本人',
      number: row.number,
      paragraphs: paragraphs.filter((words) => words !== ''),
      at: last.at,
    },
  ];
}

/** What was asked, heard and decided in the matter's reviews, for who may read them. */
async function reviewsOf(desk: Desk, state: MatterState, leftOut: string[]): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const { id, level } of state.reviews) {
    const { state: review } = await desk.ledger.read<ReviewState>(desk.county, 'review', id);
    if (review.status === 'none') continue;
    const called = levelNames[level];
    const reach = { areas: review.chain, units: [review.keeper], officials: [review.askedBy, review.reviewer ?? ''] };
    if (review.hands.includes(actorName(desk.actor)) || !may(desk.actor, 'review.read', reach)) {
      leftOut.push(`${called}的材料：由${review.body}保管，经办过这件事的人和权限以外的人不能看。`);
      continue;
    }
    const by = review.body;
    const entry = (at: string, title: string, ...words: (string | undefined)[]): Entry => ({
      title,
      day: dayOf(at),
      by,
      number: '',
      at,
      paragraphs: words.filter((one): one is string => one !== undefined && one !== ''),
    });
    entries.push(entry(review.askedAt, `请求${called}`, review.words, review.lateReason));
    for (const { arrangedAt, day, from, to, place, chair, persons, held, cancelled } of review.hearings)
      entries.push(
        entry(
          held?.at ?? arrangedAt,
          `${called}听证`,
          `${sayChineseDay(day)}${from}至${to}，${place}，${chair}主持。参加：${held?.present ?? persons}。`,
          held?.minutes,
          cancelled === undefined ? undefined : `没有举行：${cancelled}`,
        ),
      );
    if (review.refusal !== undefined)
      entries.push(
        entry(
          review.past.at(-1)?.clock.stoppedAt ?? review.askedAt,
          `${called}没有受理`,
          review.refusal.name,
          review.refusal.text,
        ),
      );
  }
  return entries;
}

/** Orders about the matter and what the units reported, for who may read them. */
async function ordersOf(desk: Desk, matter: string, leftOut: string[]): Promise<Entry[]> {
  const rows = await desk.query<{ id: string }>(
    'papers.orders-of',
    'select id from given_order where county = $1 and matter = $2 order by issued_at, id',
    [desk.county, matter],
  );
  const entries: Entry[] = [];
  for (const { id } of rows) {
    const [{ state }, events] = await Promise.all([
      desk.ledger.read<OrderState>(desk.county, 'order', id),
      desk.ledger.history(desk.county, id),
    ]);
    if (state.status === 'none') continue;
    const reach = {
      areas: state.chain,
      units: [state.unit],
      officials: [state.giver, state.issuedBy, state.person].filter((o) => o !== undefined),
    };
    if (!may(desk.actor, 'order.read', reach)) {
      leftOut.push(`${formNames[state.form]}（${state.number}）：不在您的权限之内。`);
      continue;
    }
    const nameOf = await namesOf(
      desk.query,
      desk.county,
      events.map(({ stamp }) => (stamp.actor.includes(':') ? null : stamp.actor)),
    );
    for (const event of events as Recorded<OrderEvent>[]) {
      const what = orderSteps[event.kind];
      if (what === undefined) continue;
      const words = 'personal' in event ? event.personal?.words : 'reason' in event ? event.reason : undefined;
      entries.push({
        title: `${formNames[state.form]}：${what}`,
        day: dayOf(event.stamp.at),
        by: nameOf(event.stamp.actor) ?? '',
        number: state.number,
        at: event.stamp.at,
        paragraphs: words === undefined ? [] : [words],
      });
    }
  }
  return entries;
}
const orderSteps: Partial<Record<OrderEvent['kind'], string>> = {
  'order.issued': '下达',
  'order.fed-back': '反馈',
  'order.reminded': '催办',
  'order.judged': '认定',
  'order.due-changed': '改期',
  'order.withdrawn': '撤回',
};

async function picturesOf(desk: Desk, id: string, state: MatterState, leftOut: string[]): Promise<FileEntry[]> {
  const named = state.files ?? [];
  if (named.length === 0) return [];
  const rows = await desk.query<{ id: string; box: Buffer }>(
    'papers.pictures',
    'select id, box from file where county = $1 and stream = $2 and id = any($3::uuid[])',
    [desk.county, id, named.map((file) => file.id)],
  );
  const gone = named.length - rows.length;
  if (gone > 0) leftOut.push(`照片 ${gone} 张：已按规定删除，登记里留着它们的值。`);
  return named.flatMap((file, i) => {
    const row = rows.find((r) => r.id === file.id);
    if (row === undefined) return [];
    return [
      {
        title: `照片 ${i + 1}`,
        day: dayOf(state.receivedAt),
        by: '反映人',
        number: '',
        paragraphs: [],
        picture: new Uint8Array(desk.vault.openBytes(row.box)),
      },
    ];
  });
}

/** The events' places in the county's chain, and the signed checkpoint that holds them. */
async function proofOf(desk: Desk, id: string, state: MatterState, words: readonly string[]): Promise<Proof> {
  const seals = await desk.query<{ version: number; at: string; seq: number | null; hash: string | null }>(
    'papers.seals',
    `select e.version, e.at, s.seq, encode(s.hash, 'hex') as hash
       from event e left join seal s on s.county = e.county and s.stream = e.stream and s.version = e.version
      where e.county = $1 and e.stream = $2 order by e.version`,
    [desk.county, id],
  );
  const last = seals.reduce((most, { seq }) => Math.max(most, seq ?? 0), 0);
  const [mark] = await desk.query<{ day: string; seq: number; hash: string; signature: string }>(
    'papers.checkpoint',
    `select day, seq, encode(hash, 'hex') as hash, encode(signature, 'base64') as signature
       from checkpoint where county = $1 and seq >= $2 order by seq limit 1`,
    [desk.county, last],
  );
  return {
    events: seals.map(({ version, at, seq, hash }) => ({
      what: words[version - 1] ?? '',
      at: `${dayOf(at)} ${new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(11, 16)}`,
      place: seq,
      hash,
    })),
    files: (state.files ?? []).map((file, i) => ({ what: `照片 ${i + 1}`, hash: file.hash })),
    checkpoint:
      mark === undefined
        ? null
        : { day: mark.day, place: mark.seq, hash: mark.hash, signature: mark.signature.replaceAll('\n', '') },
    how: [
      '这件事的每一步都写进只增不改的总账，按先后连成一条链：每一步的值由前一步的值和这一步的全部内容算出（SHA-256），改动任何一处，后面的值就都对不上。每天给链的末端签一次名，作为检查点。',
      '核对的方法：在服务器上运行 npm run minqing -- verify，它从第一步算到最后一步，指出对不上的地方；再看下表的位置和值是否与总账相同。个人信息到期删除后，加密内容没有了，链仍然完整。',
    ],
  };
}

async function fullName(desk: Desk, unit: string): Promise<string> {
  const [row] = await desk.query<{ name: string }>(
    'papers.full-name',
    'select name from unit where county = $1 and id = $2',
    [desk.county, unit],
  );
  return row?.name ?? '';
}

async function readerOf(desk: Desk): Promise<string> {
  if (desk.actor.kind !== 'official') return '本人';
  const [row] = await desk.query<{ name: string; unit: string }>(
    'papers.reader',
    'select o.name, u.name as unit from official o join unit u on u.county = o.county and u.id = o.unit where o.county = $1 and o.id = $2',
    [desk.county, desk.actor.id],
  );
  return row === undefined ? desk.actor.name : `${row.unit} ${row.name}`;
}
