import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type Act, Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import type { CommandKind } from '../../app/ui/client.ts';
import type { Field, Values } from '../../app/ui/form.tsx';
import { choice, date, line, paragraph, select, several as ticked } from '../../app/ui/inputs.tsx';
import { Picker } from '../../app/ui/pickers.tsx';
import { several } from '../../app/ui/several.tsx';
import { PapersOf } from '../../app/ui/paper-beside.tsx';
import { PageWaiting } from '../../app/ui/states.tsx';
import { sayDate, sayDay } from '../../app/ui/time.ts';
import { t } from './english.ts';
import { type List, type Whole, itemsOf, linesOf, sources, taskClass } from './words.ts';

const PICK = t('打名称、拼音或首字母');

interface Decided {
  readonly words?: string | undefined;
  readonly unit?: string | undefined;
  readonly unitName?: string | undefined;
  readonly official?: string | undefined;
  readonly officialName?: string | undefined;
  readonly due?: string | undefined;
  readonly by?: 'together' | 'delegated' | undefined;
  readonly matter?: string | undefined;
  readonly parts?: readonly string[] | undefined;
  readonly partsNames?: unknown;
}

/** Somebody began to write it: a line that only names a matter says that nothing was decided on that one. */
const isBegun = ({ words, unit, official, due }: Decided): boolean =>
  [words, unit, official, due].some((value) => value !== undefined && value !== '');

/** The matters on the agenda, as a decision can be linked to them. */
const onAgenda = ({ agenda }: Whole): readonly (readonly [id: string, name: string])[] =>
  agenda.flatMap((item) => (item.matter === null ? [] : [[item.ref!, nameOf(item)] as const]));

/** Decisions, one below the other, each with unit, person and day. */
const decisions = (one: Whole): Field => ({
  name: 'decisions',
  label: t('议定事项'),
  hint: t('每一件都要有单位、人和日子'),
  optional: 'unsaid',
  input({ id, value, set }) {
    const rows = Array.isArray(value) ? (value as readonly Decided[]) : [];
    const put = (at: number, more: Decided): void => set(rows.map((row, i) => (i === at ? { ...row, ...more } : row)));
    return (
      <div className="decisions" id={id}>
        {rows.map((row, i) => (
          <fieldset key={i}>
            {onAgenda(one).length > 0 && (
              <label>
                {t('哪件事')}
                <select
                  className="plain full"
                  value={row.matter ?? ''}
                  onChange={({ target }) => put(i, { matter: target.value === '' ? undefined : target.value })}
                >
                  <option value="">{t('不连到哪件事')}</option>
                  {onAgenda(one).map(([matter, name]) => (
                    <option key={matter} value={matter}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <label>
              {t('定了什么')}
              <textarea
                className="plain full"
                rows={2}
                value={row.words ?? ''}
                onChange={({ target }) => put(i, { words: target.value })}
              />
            </label>
            <div className="field-pair">
              <div>
                <span className="label">{t('哪个单位办')}</span>
                <Picker
                  id={`${id}-unit-${i}`}
                  sort="units"
                  label={t('哪个单位办')}
                  value={row.unit}
                  named={row.unitName}
                  placeholder={PICK}
                  onPick={(hit) => put(i, { unit: hit?.id, unitName: hit?.name })}
                />
              </div>
              <div>
                <span className="label">{t('哪个人办')}</span>
                <Picker
                  id={`${id}-official-${i}`}
                  sort="officials"
                  label={t('哪个人办')}
                  value={row.official}
                  named={row.officialName}
                  placeholder={PICK}
                  onPick={(hit) => put(i, { official: hit?.id, officialName: hit?.name })}
                />
              </div>
            </div>
            {row.matter !== undefined && (
              <div>
                <span className="label">{t('哪些单位协办')}</span>
                {several({ name: 'parts', label: t('哪些单位协办'), sort: 'units', placeholder: PICK }).input({
                  id: `${id}-parts-${i}`,
                  value: row.parts,
                  values: { ...row },
                  set: (parts) => put(i, { parts: parts as readonly string[] }),
                  setAll: (more) => put(i, more),
                  first: false,
                })}
              </div>
            )}
            <p className="line">
              <label>
                {t('哪天办好')}{' '}
                <input
                  className="plain"
                  type="date"
                  value={row.due ?? ''}
                  onChange={({ target }) => put(i, { due: target.value })}
                />
              </label>
              {one.classifies && (
                <select
                  className="plain"
                  aria-label={t('怎么定的')}
                  value={row.by ?? ''}
                  onChange={({ target }) => put(i, { by: target.value as 'together' })}
                >
                  <option value="">{t('怎么定的')}</option>
                  <option value="together">{t('集体议定')}</option>
                  <option value="delegated">{t('分管领导定')}</option>
                </select>
              )}
              <button type="button" className="link" onClick={() => set(rows.filter((_, at) => at !== i))}>
                {t('不要这一件')}
              </button>
            </p>
          </fieldset>
        ))}
        <button type="button" className="plain" onClick={() => set([...rows, {}])}>
          {t('再加一件')}
        </button>
      </div>
    );
  },
});

/** A line of the agenda as it is named in a list of choices. */
const nameOf = ({ words, matter, order, hotspot, of }: Whole['agenda'][number]): string => {
  if (words !== null) return words;
  if (matter !== null) return [matter.number, matter.subject ?? matter.kind ?? ''].join(' ');
  if (order !== null) return [order.number, order.what ?? order.source].join(' ');
  if (hotspot !== null) return hotspot.title ?? t('热点');
  return of?.words ?? '';
};

function holdAct(one: Whole): Act {
  const whole = one.keeps !== 'held';
  return {
    name: t('写纪要'),
    button: whole ? t('写下来，任务发给单位') : t('写下来，只记开过'),
    initial: {
      present: one.invited.map(({ id }) => id),
      items: one.agenda
        .filter(({ source }) => source === 'standing' || source === 'typed')
        .map(nameOf)
        .join('\n'),
      // What was handed to this meeting waits for its word: each has its line.
      decisions: one.agenda.flatMap(({ source, ref }) =>
        source === 'referred' && ref !== null ? [{ matter: ref }] : [],
      ),
    },
    fields: [
      several({ name: 'present', label: t('谁到了'), sort: 'officials', placeholder: PICK, named: one.invited }),
      ...one.invited.map(({ id, name }) =>
        line({
          name: `why ${id}`,
          label: t('{name}为什么没来', { name }),
          asked: ({ present }) => !(present as readonly string[]).includes(id),
        }),
      ),
      line({ name: 'guests', label: t('列席的人'), optional: true }),
      ...(whole
        ? [
            paragraph({ name: 'documents', label: t('传达了哪些文件'), hint: t('一行一个'), optional: 'unsaid' }),
            paragraph({
              name: 'items',
              label: t('议题'),
              hint: one.keeps === 'remarks' ? t('一行一个；发言写成“姓名：说的话”，放在议题下面') : t('一行一个'),
              optional: 'unsaid',
              rows: 4,
            }),
            decisions(one),
          ]
        : []),
    ],
    data: (values) => ({
      present: values['present'],
      absent: one.invited.flatMap(({ id }) =>
        typeof values[`why ${id}`] === 'string' ? [{ official: id, why: values[`why ${id}`] }] : [],
      ),
      ...(values['guests'] === undefined ? {} : { guests: values['guests'] }),
      ...(whole
        ? {
            documents: linesOf(values['documents']),
            items: itemsOf(values['items'], one.keeps === 'remarks'),
            decisions: ((values['decisions'] ?? []) as readonly Decided[])
              .filter(isBegun)
              .map(({ unitName: _u, officialName: _o, partsNames: _p, ...row }) => row),
          }
        : {}),
    }),
  };
}

const actsFor = (one: Whole, later: List['rows']): Partial<Record<CommandKind, Act>> => ({
  'meeting.hold': holdAct(one),
  'meeting.report-task': {
    name: t('回报任务'),
    button: t('回报'),
    initial: { step: 'done', ...firstOf(one.tasks.filter(({ mine }) => mine)) },
    fields: [
      select({
        name: 'task',
        label: t('哪一件'),
        options: one.tasks.filter(({ mine }) => mine).map(({ task, words }) => [String(task), words] as const),
      }),
      choice({
        name: 'step',
        label: t('办得怎么样'),
        options: [
          ['doing', t('在办')],
          ['done', t('办好了')],
          ['stuck', t('碰到困难')],
        ],
      }),
      paragraph({ name: 'words', label: t('说明') }),
    ],
    data: ({ task, ...values }) => ({ ...values, task: Number(task) }),
  },
  'meeting.check-task': {
    name: t('核任务'),
    button: t('核'),
    initial: {
      outcome: 'kept',
      ...firstOf(one.tasks.filter(({ open }) => open)),
      ...(later.length === 1 ? { at: later[0]!.id } : {}),
    },
    fields: [
      select({
        name: 'task',
        label: t('哪一件'),
        options: one.tasks.filter(({ open }) => open).map(({ task, words }) => [String(task), words] as const),
      }),
      select({
        name: 'at',
        label: t('在哪次会上核'),
        options: later.map(({ id, name, day }) => [id, t('{name}（{day}）', { name, day: sayDate(day) })] as const),
      }),
      choice({
        name: 'outcome',
        label: t('核下来怎么样'),
        options: [
          ['kept', t('已落实')],
          ['again', t('接着办')],
          ['dropped', t('不再办')],
        ],
      }),
      date({ name: 'due', label: t('新的日子'), asked: ({ outcome }) => outcome === 'again' }),
      paragraph({ name: 'words', label: t('说明') }),
    ],
    data: ({ task, ...values }) => ({ ...values, task: Number(task) }),
  },
  'meeting.set-agenda': {
    name: t('改议程'),
    button: t('就按这个开'),
    initial: { kept: one.agenda.map((_, i) => String(i)) },
    fields: [
      ticked({
        name: 'kept',
        label: t('留下哪些'),
        optional: 'unsaid',
        options: one.agenda.map((item, i) => [String(i), nameOf(item)] as const),
      }),
      paragraph({ name: 'more', label: t('加上哪些'), hint: t('一行一个'), optional: 'unsaid' }),
    ],
    data: ({ kept, more }) => ({
      items: [
        ...one.agenda
          .filter((_, i) => ((kept ?? []) as readonly string[]).includes(String(i)))
          .map(({ source, words, ref, task }) => ({
            source,
            ...(words === null ? {} : { words }),
            ...(ref === null ? {} : { ref }),
            ...(task === null ? {} : { task }),
          })),
        ...linesOf(more).map((words) => ({ source: 'typed', words })),
      ],
    }),
  },
  'meeting.draw': { name: t('重排议程'), button: t('从数据再取一次，写上去的不动'), fields: [] },
  'meeting.change': {
    name: t('改时间地点'),
    button: t('改，请的人会看到'),
    initial: { day: one.day, from: one.from, place: one.place },
    fields: [
      date({ name: 'day', label: t('哪天') }),
      line({ name: 'from', label: t('几点'), type: 'time' }),
      line({ name: 'place', label: t('在哪里') }),
      line({ name: 'reason', label: t('为什么') }),
    ],
  },
  'meeting.cancel': {
    name: t('不开了'),
    minor: true,
    button: t('取消这次会'),
    fields: [line({ name: 'reason', label: t('为什么') })],
  },
  'meeting.mend': {
    name: t('补正纪要'),
    minor: true,
    button: t('存下'),
    initial: {
      documents: one.minutes?.documents.join('\n') ?? '',
      items: one.minutes?.items
        .flatMap(({ words, remarks }) => [words, ...remarks.map((r) => `${r.who}：${r.words}`)])
        .join('\n'),
    },
    fields: [
      paragraph({ name: 'documents', label: t('传达了哪些文件'), hint: t('一行一个'), optional: 'unsaid' }),
      paragraph({ name: 'items', label: t('议题'), hint: t('一行一个'), optional: 'unsaid', rows: 4 }),
      line({ name: 'reason', label: t('为什么') }),
    ],
    data: ({ documents, items, reason }) => ({
      documents: linesOf(documents),
      items: itemsOf(items, one.keeps === 'remarks'),
      reason,
    }),
  },
});

const firstOf = (tasks: Whole['tasks']): Values => (tasks.length === 1 ? { task: String(tasks[0]!.task) } : {});

/** One meeting: before it the agenda, after it the minutes in the accustomed form and what became of each decision. */
export function MeetingScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['meetings', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/meetings/:id', { params: { id }, signal }),
  });
  const { data: list } = useQuery({
    queryKey: ['meetings'],
    queryFn: ({ signal }) => ask<List>('GET /api/meetings', { signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const later = (list?.rows ?? []).filter(
    (row) =>
      row.id !== id &&
      row.template === data.template &&
      row.status !== 'cancelled' &&
      `${row.day} ${row.from}` >= `${data.day} ${data.from}`,
  );
  const can = data.can.filter((kind) => kind !== 'meeting.check-task' || later.length > 0);
  return (
    <main className="page">
      <header className="no-print">
        <h1>{data.name}</h1>
        <div className="tools">
          {(data.minutes !== null || data.agenda.length > 0) && (
            <button type="button" className="plain" onClick={() => print()}>
              {data.minutes === null ? t('打印议程') : t('打印')}
            </button>
          )}
          <Link to="/meetings" search={{}}>
            {t('全部会议')}
          </Link>
        </div>
      </header>
      <div className="no-print">
        <PapersOf id={id} />
      </div>
      <Acts acts={actsFor(data, later)} can={can} stream={id} query="meetings" />
      {data.keeps === 'held' && <p className="lead">{t('这种会只记开过、谁到了，不记谁说了什么。')}</p>}
      {data.minutes === null ? <Before one={data} /> : <Minutes one={data} />}
    </main>
  );
}

const Before = ({ one }: { one: Whole }) => (
  <>
    <h1 className="only-print">{t('{name}议程', { name: one.name })}</h1>
    <dl className="facts-of">
      <dt>{t('单位')}</dt>
      <dd>{one.group ?? one.unitName}</dd>
      <dt>{t('时间')}</dt>
      <dd>
        {sayDay(one.day)} {one.from}
      </dd>
      <dt>{t('地点')}</dt>
      <dd>{one.place}</dd>
      <dt>{t('主持')}</dt>
      <dd>{one.chair.name}</dd>
      <dt>{t('请哪些人')}</dt>
      <dd>{one.invited.map(({ name }) => name).join('、')}</dd>
      {one.reason !== null && (
        <>
          <dt>{one.status === 'cancelled' ? t('已取消') : t('改时间地点')}</dt>
          <dd>{one.reason}</dd>
        </>
      )}
    </dl>
    {one.agenda.length > 0 && (
      <>
        <h2>{t('议程')}</h2>
        {one.overdueInAll !== null && (
          <p className="lead">{t('超期的一共 {n} 件，议程上是最久的几件。', { n: one.overdueInAll })}</p>
        )}
        <ol className="agenda">
          {one.agenda.map((item, i) => (
            <li key={i}>
              {sources[item.source] !== undefined && (
                <em className={item.source === 'overdue' || item.source === 'order' ? 'late' : undefined}>
                  {sources[item.source]}
                </em>
              )}
              <Line item={item} />
            </li>
          ))}
        </ol>
      </>
    )}
  </>
);

const said = (...words: readonly (string | null | false)[]): string =>
  words.filter((word) => word !== null && word !== false && word !== '').join(' · ');

/** A line of the agenda: what it is about, and below it the facts the room needs. */
function Line({ item }: { item: Whole['agenda'][number] }) {
  const { matter, order, hotspot, of, ref } = item;
  if (matter !== null)
    return (
      <>
        <Link to="/matters/$id" params={{ id: ref! }} search={{}}>
          {matter.number}
        </Link>{' '}
        {matter.subject ?? t('（标题只给看得了这件事的人看）')}
        <small>
          {said(
            matter.place,
            matter.kind,
            matter.unit,
            matter.statusName,
            matter.due !== null && t('{day} 到期', { day: sayDate(matter.due) }),
            matter.persons > 1 && t('{n} 人联名', { n: matter.persons }),
            matter.repeats > 0 && t('又来反映 {n} 次', { n: matter.repeats }),
          )}
        </small>
        {matter.raised !== null && (
          <small>
            {said(
              item.source === 'crossing' && t('报给{to}', { to: matter.raised.to }),
              matter.raised.ground,
              matter.raised.reason,
              item.source === 'referred' && !matter.raised.waits && t('已有结果，不用再研究'),
            )}
          </small>
        )}
      </>
    );
  if (order !== null)
    return (
      <>
        <Link to="/orders/$id" params={{ id: ref! }} search={{}}>
          {order.number}
        </Link>{' '}
        {order.what ?? t('（内容只给看得了这一件的人看）')}
        <small>{said(order.source, order.formName, order.unit, t('{day} 到期', { day: sayDate(order.due) }))}</small>
      </>
    );
  if (hotspot !== null)
    return (
      <>
        <Link to="/hotspots/$id" params={{ id: ref! }} search={{}}>
          {nameOf(item)}
        </Link>
        <small>
          {said(
            hotspot.place,
            t('{n} 人反映', { n: hotspot.people }),
            hotspot.first !== null &&
              hotspot.last !== null &&
              t('{from} 到 {to}', { from: sayDate(hotspot.first), to: sayDate(hotspot.last) }),
            hotspot.statusName,
          )}
        </small>
      </>
    );
  return (
    <>
      {nameOf(item)}
      {of !== null && (
        <small>
          {said(
            t('{official}（{unit}），{day} 前', {
              official: of.official ?? '',
              unit: of.unit ?? '',
              day: sayDate(of.due),
            }),
            of.matter !== null && `${of.matter.number} ${of.matter.statusName}`,
            of.report ?? of.stateName,
          )}
        </small>
      )}
    </>
  );
}

const Minutes = ({ one }: { one: Whole }) => {
  const minutes = one.minutes!;
  return (
    <article className="minutes">
      <h2>{t('{name}纪要', { name: one.name })}</h2>
      <p className="of">
        {one.group ?? one.unitName} · {t('{day}成文', { day: sayDate(minutes.writtenOn) })}
        {minutes.late && <span className="late"> {t('晚了')}</span>}
        {minutes.revisions > 0 && ` · ${t('改过 {n} 次', { n: minutes.revisions })}`}
      </p>
      <dl>
        <dt>{t('时间')}</dt>
        <dd>
          {sayDate(one.day)} {one.from}
        </dd>
        <dt>{t('地点')}</dt>
        <dd>{one.place}</dd>
        <dt>{t('主持')}</dt>
        <dd>{one.chair.name}</dd>
        {one.recorder !== null && (
          <>
            <dt>{t('记录')}</dt>
            <dd>{one.recorder.name}</dd>
          </>
        )}
        <dt>{t('到会')}</dt>
        <dd>{minutes.present.map(({ name }) => name).join('、')}</dd>
        {minutes.absent.length > 0 && (
          <>
            <dt>{t('缺席')}</dt>
            <dd>{minutes.absent.map(({ name, why }) => `${name}（${why}）`).join('、')}</dd>
          </>
        )}
        {minutes.guests !== null && (
          <>
            <dt>{t('列席')}</dt>
            <dd>{minutes.guests}</dd>
          </>
        )}
        {minutes.documents.length > 0 && (
          <>
            <dt>{t('传达文件')}</dt>
            <dd>{minutes.documents.join('；')}</dd>
          </>
        )}
      </dl>
      {one.checked.length > 0 && (
        <>
          <h3>{t('上次议定事项落实情况')}</h3>
          <ol>
            {one.checked.map((task) => (
              <li key={`${task.meeting} ${task.task}`}>
                {task.words} <b>{task.stateName}</b>
              </li>
            ))}
          </ol>
        </>
      )}
      {minutes.items.length > 0 && (
        <>
          <h3>{t('议题')}</h3>
          <ol>
            {minutes.items.map((item, i) => (
              <li key={i}>
                {item.words}
                {item.remarks.length > 0 && (
                  <ol className="remarks">
                    {item.remarks.map((remark, at) => (
                      <li key={at}>
                        {remark.who}：{remark.words}
                      </li>
                    ))}
                  </ol>
                )}
              </li>
            ))}
          </ol>
        </>
      )}
      {one.tasks.length > 0 && (
        <>
          <h3>{t('议定事项')}</h3>
          <ol>
            {one.tasks.map((task) => (
              <li key={task.task}>
                {task.words}
                {task.by !== null && `（${task.by}）`}
                {task.matter !== null && (
                  <>
                    {' '}
                    <Link to="/matters/$id" params={{ id: task.matter.id }} search={{}}>
                      {task.matter.number}
                    </Link>{' '}
                    <span className="quiet no-print">{task.matter.statusName}</span>
                  </>
                )}
                <br />
                <span className="quiet">
                  {t('{official}（{unit}），{day} 前', {
                    official: task.official ?? '',
                    unit: task.unit ?? '',
                    day: sayDate(task.due),
                  })}
                  {task.parts.length > 0 && t('；{units}协办', { units: task.parts.join('、') })}
                </span>{' '}
                <b className={taskClass(task)}>{task.stateName}</b>
                {task.report !== null && (
                  <p className="quiet no-print">
                    {sayDate(task.report.on)} {t('说')}：{task.report.words}
                  </p>
                )}
                {task.checks.map((check) => (
                  <p key={`${check.at} ${check.on} ${check.outcome}`} className="quiet no-print">
                    {sayDate(check.on)} {t('核')}：{check.words}
                  </p>
                ))}
              </li>
            ))}
          </ol>
        </>
      )}
    </article>
  );
};
