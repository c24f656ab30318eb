import { may } from '../access/access.ts';
import { recordReading } from '../access/readings.ts';
import { dayOf } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import { speaking } from '../contract/language.ts';
import type { Desk } from '../contract/route.ts';
import type { MatterState } from '../matters/model.ts';
import { namesFor, page } from '../matters/present.ts';
import type { CaseFile, FileEntry, Proof } from './draw/file.ts';
import { sayChineseDay } from './draw/words.ts';
import { type PaperKind, type PaperState, paperNames, sayPaperNumber } from './model.ts';
import { type Known, seesReporter } from './of-matter.ts';
import { type PaperRow, reachOfPaper } from './tables.ts';

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
    const [papers, pictures, proof] = await Promise.all([
      papersOf(desk, id, sees, leftOut),
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
    const what = shown.story.map((line, i): FileEntry & { at: string } => ({
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
    const all = [...what, ...papers, ...pictures.map((entry) => ({ ...entry, at: first }))];
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

/** Issued papers of the matter, drawn again from what was issued: the same data give the same pages. */
async function papersOf(
  desk: Desk,
  matter: string,
  sees: boolean,
  leftOut: string[],
): Promise<(FileEntry & { at: string })[]> {
  const rows = await desk.query<PaperRow>(
    'papers.of-matter',
    'select * from paper where county = $1 and matter = $2 order by issued_at, id',
    [desk.county, matter],
  );
  const entries: (FileEntry & { at: string })[] = [];
  for (const row of rows) {
    const { state } = await desk.ledger.read<PaperState>(desk.county, 'paper', row.id);
    if (state.status === 'none') continue;
    const name = `${paperNames[row.kind as PaperKind]}${row.voided_at === null ? '' : '（已作废）'}`;
    const number = sayPaperNumber(state.number);
    if (!may(desk.actor, 'paper.read', reachOfPaper(state))) {
      leftOut.push(`${name}（${number}）：不在您的权限之内。`);
      continue;
    }
    if (state.namesReporter && !sees) {
      leftOut.push(`${name}（${number}）：写有要求保密的反映人。`);
      continue;
    }
    const entry = { title: name, day: state.dated, by: await fullName(desk, state.unit), number, at: state.issuedAt };
    if (state.paper === undefined) leftOut.push(`${name}（${number}）：保管期满，已按规定删除。`);
    else entries.push({ ...entry, paragraphs: [], paper: state.paper });
  }
  return entries;
}

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
