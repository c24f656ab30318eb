import { z } from 'zod';
import { may } from '../access/access.ts';
import { namesOf } from '../access/directory.ts';
import { dayOf } from '../calendar/days.ts';
import { type Desk, type Routes, raw, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { type Study, type StudyState, measureNames } from './model.ts';
import { saySort } from './sorts.ts';
import { daysOf, reachOf } from './tables.ts';

/** A report as it is to be drawn: its author's words first, then what the records say. */
export interface ReportSheet {
  readonly title: string;
  readonly author: string;
  readonly date: string;
  /** The author's text; its lines are paragraphs. */
  readonly text: string;
  readonly tables: readonly {
    readonly title: string;
    readonly head: readonly string[];
    readonly widths: readonly number[];
    readonly rows: readonly (readonly string[])[];
  }[];
}

/** Who draws it: given by the app, so that a report looks like every other paper of the county. */
export interface ReportDrawer {
  pdf(sheet: ReportSheet): Promise<Uint8Array>;
  docx(sheet: ReportSheet): Uint8Array;
}

const types = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

const sayDay = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

/** One click: the author's report with its days in the field, findings and measures as they stand now. */
async function sheetOf(desk: Desk, state: Study): Promise<ReportSheet> {
  const last = state.report?.day ?? dayOf(desk.now);
  const [names, derived] = await Promise.all([
    namesOf(desk.query, desk.county, [...state.chain, state.author, ...state.measures.map((m) => m.unit)]),
    daysOf(desk.query, desk.county, state, state.from, last),
  ]);
  const noted = new Map(state.days.map((d) => [d.day, d]));
  const told = new Map(derived.filter((d) => !state.leftOut.includes(d.day)).map((d) => [d.day, d]));
  const days = [...new Set([...told.keys(), ...noted.keys()])].toSorted().map((day) => {
    const [records, note] = [told.get(day), noted.get(day)];
    const amount = Math.max(records === undefined ? 0 : 1, note?.amount ?? 0);
    const what = [
      (records?.visits ?? 0) > 0 ? `走访${records!.visits}户` : '',
      (records?.outreaches ?? 0) > 0 ? `下访${records!.outreaches}次` : '',
      note?.where ?? '',
      note?.seen ?? '',
    ];
    return { day, amount, what: what.filter((part) => part !== '').join('，') };
  });
  const place = state.chain.length === 1 ? names(state.chain[0]) : state.chain.slice(1).map(names).join('');
  const sum = days.reduce((n, d) => n + d.amount, 0);
  return {
    title: state.report?.title ?? `关于${state.topic}的调研报告`,
    author: names(state.author) ?? '',
    date: last,
    text: [
      ...(state.report === undefined ? [`一、要弄清的问题`, state.question] : [state.report.text]),
      `调研地点：${place}。${sayDay(state.from)}至${sayDay(last)}，下去${sum}天。`,
    ].join('\n'),
    tables: [
      {
        title: '发现和措施',
        head: ['序号', '类别', '发现', '措施', '单位', '期限', '进度'],
        widths: [1, 1.8, 4.6, 4.6, 2.5, 2, 1.8],
        rows: state.findings.flatMap(({ words, sort }, i) => {
          const measures = state.measures.filter((m) => m.finding === i);
          const first = [String(i + 1), sort === undefined ? '' : saySort(sort), words];
          return measures.length === 0
            ? [[...first, '', '', '', '']]
            : measures.map((m, j) => [
                ...(j === 0 ? first : ['', '', '']),
                m.words,
                names(m.unit) ?? '',
                sayDay(m.due),
                measureNames[m.state],
              ]);
        }),
      },
      {
        title: '下去的日子',
        head: ['日期', '天数', '去了哪里、做了什么'],
        widths: [2, 1, 8],
        rows: days.map(({ day, amount, what }) => [sayDay(day), String(amount), what]),
      },
    ].filter(({ rows }) => rows.length > 0),
  };
}

/** @param drawer how the county's papers are drawn */
export const studyReportRoutes = (drawer: ReportDrawer) =>
  ({
    'GET /api/studies/:id/report': route({
      action: 'study.read',
      summary:
        'The report of a study as PDF or Word file: the author’s words, findings with measures, days in the field',
      params: z.object({ id: z.uuid() }),
      query: z.object({ as: z.enum(['pdf', 'docx']).default('pdf') }),
      async handle(desk, { params: { id }, query: { as } }) {
        const { state } = await desk.ledger.read<StudyState>(desk.county, 'study', id);
        if (state.status === 'none' || !may(desk.actor, 'study.read', reachOf(state))) return refuse('access.denied');
        const sheet = await sheetOf(desk, state);
        const name = encodeURIComponent(`${sheet.title}.${as}`);
        return raw(types[as], as === 'pdf' ? await drawer.pdf(sheet) : drawer.docx(sheet), {
          headers: { 'content-disposition': `attachment; filename*=UTF-8''${name}`, 'cache-control': 'no-store' },
        });
      },
    }),
  }) satisfies Routes;
