import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { type Act, Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import type { CommandKind } from '../../app/ui/client.ts';
import { Due } from '../../app/ui/due.tsx';
import type { Field, Values } from '../../app/ui/form.tsx';
import { choice, date, line, paragraph, select, several } from '../../app/ui/inputs.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { personPicker, picker } from '../../app/ui/pickers.tsx';
import { PapersOf } from '../../app/ui/paper-beside.tsx';
import { PageWaiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { t } from './english.ts';
import { names, partiesField, partiesOf, termsField, yesNo } from './fields.tsx';
import type { Links, Mediators, Whole } from './words.ts';

type Mediation = NonNullable<Whole['mediation']>;

const types = [
  ['people', t('人民调解')],
  ['administrative', t('行政调解')],
  ['judicial', t('司法调解')],
] as const;

function actsFor(one: Whole, mediators: Mediators['rows']): Partial<Record<CommandKind, Act>> {
  const parties = one.mediation?.parties ?? [];
  const partyOptions = parties.map(({ party, name }) => [String(party), name ?? String(party + 1)] as const);
  const terms = one.mediation?.agreement?.terms ?? [];
  const open = terms.filter((term) => term.state === 'owed' || term.state === 'performed');
  const termField = (of: typeof terms): Field =>
    select({
      name: 'term',
      label: t('哪一条'),
      options: of.map((term) => [String(term.place), `${term.byName ?? ''}：${term.what}`] as const),
    });
  const person: Field = personPicker({ name: 'person', label: t('谁负责'), unit: one.unit });
  const due: Field = date({ name: 'due', label: t('什么时候办结'), hint: t('最多 {n} 天', { n: one.choices.days }) });
  const reason = (label = t('为什么')): Field => paragraph({ name: 'reason', label });
  const mediator = (type?: string): Field => ({
    name: 'mediator',
    label: t('请谁调解'),
    hint: t('手上案子少的排在前面'),
    input: (props) => {
      const wanted = type ?? props.values['type'];
      const fit = mediators.filter((m) => !m.over && m.types.includes(wanted as never));
      return select({
        name: 'mediator',
        label: '',
        options: fit.map(
          (m) => [m.id, `${m.name ?? ''}（${m.background}，${t('手上 {n} 件', { n: m.inHand })}）`] as const,
        ),
      }).input(props);
    },
  });
  return {
    'dispute.take': {
      name: t('接手'),
      button: t('接手，由我们负责'),
      fields: [personPicker({ name: 'person', label: t('谁负责'), unit: one.handOver?.unit ?? one.unit }), due],
    },
    'dispute.decline': { name: t('不接'), button: t('不接，仍由原单位负责'), fields: [reason()] },
    'dispute.open-mediation': {
      name: t('开始调解'),
      button: t('开始，问各方愿不愿意'),
      initial: { type: 'people', parties: [{}, {}] },
      fields: [choice({ name: 'type', label: t('哪种调解'), options: types }), mediator(), partiesField()],
      data: ({ parties: value, ...values }) => ({ ...pick(values, 'type', 'mediator'), parties: partiesOf(value) }),
    },
    'dispute.hold': {
      name: t('记一次谈'),
      button: t('记下，只有本单位看得到'),
      initial: { day: one.today },
      fields: [
        date({ name: 'day', label: t('哪天') }),
        line({ name: 'where', label: t('在哪儿') }),
        several({ name: 'present', label: t('谁来了'), options: partyOptions }),
        ...partyOptions.map(([party, name]) =>
          paragraph({ name: `said${party}`, label: t('{name}怎么说', { name }), optional: true }),
        ),
        paragraph({ name: 'note', label: t('调解员记'), optional: true }),
      ],
      data: ({ day, where, present, note, ...rest }) => ({
        day,
        where,
        present: (present as string[]).map(Number),
        said: parties.flatMap(({ party }) =>
          typeof rest[`said${party}`] === 'string' ? [{ party, words: rest[`said${party}`] }] : [],
        ),
        ...(note === undefined ? {} : { note }),
      }),
    },
    'dispute.draft': {
      name: one.mediation?.agreement == null ? t('写协议') : t('改协议'),
      button: one.mediation?.agreement == null ? t('写好，请各方签') : t('改好，各方重新签'),
      initial:
        one.mediation?.agreement == null
          ? { terms: [{}] }
          : {
              facts: one.mediation.agreement.facts,
              terms: terms.map(({ by, what, due: day }) => ({ by, what, due: day })),
            },
      fields: [
        paragraph({ name: 'facts', label: t('事情是怎样的，争什么'), rows: 3 }),
        termsField(parties.map(({ name }) => name)),
      ],
      data: (values) => pick(values, 'facts', 'terms'),
    },
    'dispute.perform': {
      name: t('记履行'),
      button: t('记下'),
      initial: open.length === 1 ? { term: String(open[0]!.place), done: 'yes' } : { done: 'yes' },
      fields: [
        termField(open),
        yesNo('done', t('办了没有'), t('办了'), t('过了日子没有办')),
        paragraph({ name: 'words', label: t('怎么办的') }),
      ],
      data: ({ term, done, words }) => ({ term: Number(term), done: done === 'yes', words }),
    },
    'dispute.ask-court': {
      name: t('申请司法确认'),
      button: t('记下已经申请'),
      initial: { day: one.today },
      fields: [
        line({ name: 'court', label: t('哪个法院') }),
        date({
          name: 'day',
          label: t('哪天申请的'),
          ...(one.mediation?.agreement?.confirmBy == null
            ? {}
            : { hint: t('{day} 前都可以申请', { day: sayDate(one.mediation.agreement.confirmBy) }) }),
        }),
      ],
    },
    'dispute.court-answers': {
      name: t('法院的答复'),
      button: t('记下'),
      initial: { confirmed: 'yes', day: one.today },
      fields: [
        yesNo('confirmed', t('确认了没有'), t('确认有效'), t('驳回')),
        line({ name: 'document', label: t('文书号') }),
        date({ name: 'day', label: t('哪天') }),
      ],
      data: ({ confirmed, ...values }) => ({ ...values, confirmed: confirmed === 'yes' }),
    },
    'dispute.settle': {
      name: t('当场说好了'),
      button: t('记下，已化解'),
      fields: [paragraph({ name: 'how', label: t('怎么说好的，双方怎么说') })],
    },
    'dispute.hand-over': {
      name: t('请别的单位接手'),
      button: t('请它接手；接下以前仍由我们负责'),
      fields: [
        picker({ name: 'unit', label: t('哪个单位'), sort: 'units', placeholder: t('打名称、拼音或首字母') }),
        choice({ name: 'type', label: t('请它做哪种调解'), options: types, optional: true }),
        reason(),
      ],
      data: (values) => pick(values, 'unit', 'type', 'reason'),
    },
    'dispute.change-mediator': {
      name: t('换调解员'),
      button: t('换'),
      fields: [mediator(one.mediation?.type), reason()],
    },
    'dispute.assign': {
      name: t('换人、改日子'),
      button: t('改'),
      fields: [person, due, reason()],
      data: (values) => pick(values, 'person', 'due', 'reason'),
    },
    'dispute.regrade': {
      name: t('情况变了'),
      button: t('改'),
      initial: { signs: one.signs.map(({ id }) => id) },
      fields: [
        several({ name: 'signs', label: t('有没有这些迹象'), optional: true, options: names(one.choices.signs) }),
        paragraph({ name: 'words', label: t('怎么变的') }),
      ],
      data: ({ signs = [], words }) => ({ signs, words }),
    },
    'dispute.consent': {
      name: t('有一方不愿意'),
      button: t('记下，告诉各方还有哪些途径'),
      fields: [select({ name: 'party', label: t('哪一方'), options: partyOptions })],
      data: ({ party }) => ({ party: Number(party), agrees: false }),
    },
    'dispute.fail': {
      name: t('没有调成'),
      button: t('记下，已经告诉各方'),
      fields: [
        reason(t('为什么没有调成')),
        several({ name: 'ways', label: t('告诉了各方哪些途径'), options: names(one.choices.ways) }),
      ],
    },
    'dispute.end': {
      name: t('走了别的途径'),
      button: t('记下，到此为止'),
      fields: [
        select({ name: 'way', label: t('哪条途径'), options: names(one.choices.ways) }),
        paragraph({ name: 'words', label: t('到哪一步了') }),
      ],
    },
    'dispute.to-matter': {
      name: t('转为诉求'),
      button: t('转去派单，有编号有时限'),
      fields: [reason(t('要哪个单位办什么'))],
    },
    'dispute.reopen': { name: t('又起来了'), button: t('重新打开'), fields: [reason()] },
  };
}

const pick = (values: Values, ...wanted: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => wanted.includes(name)));

/** One dispute on a page: what it is, who has it, the mediation with its agreement, and what happened. */
export function DisputeScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['disputes', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/disputes/:id', { params: { id }, signal }),
  });
  const opens =
    data?.can.some((kind) => kind === 'dispute.open-mediation' || kind === 'dispute.change-mediator') ?? false;
  const { data: register } = useQuery({
    queryKey: ['mediators'],
    queryFn: ({ signal }) => ask<Mediators>('GET /api/mediators', { signal }),
    enabled: opens,
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  return (
    <main className="page">
      <header>
        <h1>{data.subject ?? t('（内容已按规定删除）')}</h1>
        <div className="tools">
          <Link to="/disputes" search={{}}>
            {t('全部纠纷')}
          </Link>
        </div>
      </header>
      <Acts acts={actsFor(data, register?.rows ?? [])} can={data.can} stream={id} query="disputes" />
      <dl className="facts-of">
        <dt>{t('到哪一步')}</dt>
        <dd className={data.status === 'settled' ? 'yes' : undefined}>{data.statusName}</dd>
        <dt>{t('情况')}</dt>
        <dd>
          <span className={data.grade === 'urgent' ? 'late' : undefined}>{data.gradeName}</span>
          {data.signs.length > 0 && `：${data.signs.map(({ name }) => name).join(t('、'))}`}
        </dd>
        <dt>{t('谁负责')}</dt>
        <dd>
          {data.unitName} {data.personName}，
          <span className={data.late ? 'late' : undefined}>{t('{day} 前', { day: sayDate(data.due) })}</span>
        </dd>
        {data.handOver !== null && (
          <>
            <dt>{t('请接手')}</dt>
            <dd>
              {data.handOver.unitName}
              {data.handOver.type !== null && `（${data.handOver.type}）`}：{data.handOver.reason}
              <br />
              <small className={data.handOver.late ? 'late' : undefined}>
                {t('等它 {day} 前答复；接下以前仍由 {unit} 负责', {
                  day: sayDate(data.handOver.answerBy),
                  unit: data.unitName,
                })}
              </small>
            </dd>
          </>
        )}
        <dt>{t('在哪儿')}</dt>
        <dd>
          {data.place} {data.spot}
        </dd>
        <dt>{t('怎么知道的')}</dt>
        <dd>
          {data.mode}，{sayDate(data.registeredOn)}
          {data.reopenings > 0 && ` · ${t('又起来 {n} 次', { n: data.reopenings })}`}
        </dd>
        <dt>{t('什么事')}</dt>
        <dd>
          {data.about}：{data.words}
        </dd>
        {data.how !== null && (
          <>
            <dt>{t('怎么说好的')}</dt>
            <dd>{data.how}</dd>
          </>
        )}
        {data.way !== null && (
          <>
            <dt>{t('走了别的途径')}</dt>
            <dd>{data.way}</dd>
          </>
        )}
      </dl>
      {data.status === 'failed' && (
        <>
          <h2>{t('没有调成，还有这些途径')}</h2>
          {data.failure !== null && <p className="lead">{data.failure}</p>}
          <ul>
            {data.ways.map((way) => (
              <li key={way.id}>
                <b>{way.name}</b> {way.how}
              </li>
            ))}
          </ul>
        </>
      )}
      {data.mediation !== null && (
        <MediationPart
          id={id}
          mediation={data.mediation}
          linked={data.can.includes('dispute.consent') || data.status === 'agreed'}
        />
      )}
      {!data.inside && data.mediations.length > 0 && <Outside one={data} />}
      {data.earlier.map((earlier, i) => (
        <section key={i}>
          <h2>{t('以前的调解')}</h2>
          <MediationFacts mediation={earlier} />
        </section>
      ))}
    </main>
  );
}

const outside: readonly Column<Whole['mediations'][number]>[] = [
  { name: '', is: 'what', cell: (m) => m.typeName },
  { name: '', cell: (m) => m.mediator },
  { name: '', cell: (m) => t('谈过 {n} 次', { n: m.sessions }) },
  { name: '', cell: (m) => m.bound !== null && t('{day} 签了协议', { day: sayDate(m.bound) }), tone: () => 'yes' },
];

/** What everybody else may know of a mediation: that there was one, and whether it ended in an agreement. */
const Outside = ({ one }: { one: Whole }) => (
  <>
    <h2>{t('调解')}</h2>
    <p className="lead">{t('各方说的话和协议只有负责的单位看得到。')}</p>
    <List rows={one.mediations} columns={outside} keyOf={(_, place) => String(place)} heads={false} />
  </>
);

function MediationPart({ id, mediation, linked }: { id: string; mediation: Mediation; linked: boolean }) {
  const [shown, setShown] = useState(false);
  return (
    <>
      <h2>{mediation.typeName}</h2>
      <MediationFacts mediation={mediation} />
      <PapersOf id={id} />
      {linked &&
        (shown ? (
          <PartyLinks id={id} />
        ) : (
          <p className="acts">
            <button type="button" className="plain" onClick={() => setShown(true)}>
              {t('给各方的链接')}
            </button>
            <small>{t('各方在自己手机上同意、签字、说办到没有；当面签字在下乡手机上签。')}</small>
          </p>
        ))}
    </>
  );
}

function PartyLinks({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ['link', 'dispute', id],
    queryFn: ({ signal }) => ask<Links>('GET /api/disputes/:id/link', { params: { id }, signal }),
  });
  return (
    <Sheet>
      <tbody>
        {(data?.links ?? []).map((link) => (
          <tr key={link.party}>
            <td className="nowrap">{link.name}</td>
            <td className="what">{link.url}</td>
          </tr>
        ))}
      </tbody>
    </Sheet>
  );
}

const parties = (agreed: boolean): readonly (Column<Mediation['parties'][number]> | false)[] => [
  { name: '', is: 'what', cell: (party) => party.name ?? t('（内容已按规定删除）') },
  { name: '', cell: (party) => party.phone },
  {
    name: '',
    cell: (party) => (party.consents ? t('同意调解') : t('还没有表态')),
    tone: (party) => party.consents && 'yes',
  },
  agreed && {
    name: '',
    cell: (party) => (party.signed ? t('签了协议') : t('还没有签')),
    tone: (party) => party.signed && 'yes',
  },
];
type Term = NonNullable<Mediation['agreement']>['terms'][number];
const terms = (bound: boolean): readonly (Column<Term> | false)[] => [
  { name: '', cell: (term) => term.byName },
  { name: '', is: 'what', cell: (term) => term.what, under: (term) => term.words },
  { name: '', cell: (term) => <Due day={term.due} still={bound && term.state !== 'confirmed'} /> },
  bound && {
    name: '',
    cell: (term) => term.stateName,
    tone: (term) => (term.state === 'confirmed' ? 'yes' : term.state === 'broken' && 'late'),
  },
];

const MediationFacts = ({ mediation: m }: { mediation: Mediation }) => (
  <>
    <List rows={m.parties} columns={parties(m.agreement !== null)} keyOf={({ party }) => String(party)} heads={false} />
    <p className="lead">{t('调解员 {name}', { name: m.mediator })}</p>
    {m.agreement !== null && (
      <>
        <h3>
          {m.agreement.bound === null
            ? t('协议（还没有签齐，没有生效）')
            : t('调解协议书，{day} 生效', { day: sayDate(m.agreement.bound) })}
        </h3>
        <p className="whole">{m.agreement.facts}</p>
        <List
          rows={m.agreement.terms}
          columns={terms(m.agreement.bound !== null)}
          keyOf={({ place }) => String(place)}
          heads={false}
        />
        {m.agreement.court !== null && (
          <p className="lead">
            {m.agreement.court.confirmed === null
              ? t('{day} 向 {court} 申请司法确认，等答复', {
                  day: sayDate(m.agreement.court.asked),
                  court: m.agreement.court.court,
                })
              : m.agreement.court.confirmed
                ? t('{court} 已经确认：{document}', {
                    court: m.agreement.court.court,
                    document: m.agreement.court.document,
                  })
                : t('{court} 驳回了申请：{document}', {
                    court: m.agreement.court.court,
                    document: m.agreement.court.document,
                  })}
          </p>
        )}
      </>
    )}
    {m.sessions.map((session, i) => (
      <section key={i}>
        <h3>
          {sayDate(session.day)} {session.where}
        </h3>
        {session.said.map((said, n) => (
          <p key={n}>
            {said.name}：{said.words}
          </p>
        ))}
        {session.note !== null && <p className="lead">{session.note}</p>}
      </section>
    ))}
  </>
);
