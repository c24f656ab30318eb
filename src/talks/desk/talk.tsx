import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { line, paragraph, select } from '../../app/ui/inputs.tsx';
import { PageWaiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { t } from './english.ts';
import { type Whole, ways } from './words.ts';

/** One talk, and what became of the questions nobody there could answer. */
export function TalkScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['talks', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/talks/:id', { params: { id }, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const owed = data.questions.filter((q) => q.answer !== null && q.told === null);
  return (
    <main className="page">
      <header>
        <h1>{data.guides.map((g) => g.title).join('、')}</h1>
        <div className="tools">
          <Link to="/outreach/talks" search={{}}>
            {t('全部宣讲')}
          </Link>
        </div>
      </header>
      <Acts
        stream={id}
        query="talks"
        can={data.can}
        acts={{
          'talk.ask': {
            name: t('记一个没答上的'),
            button: t('记下，上台账'),
            fields: [
              paragraph({ name: 'words', label: t('问的什么') }),
              select({
                name: 'guide',
                label: t('关于哪条政策'),
                optional: true,
                options: data.guides.map((g) => [g.id, g.title] as const),
              }),
              line({ name: 'name', label: t('怎么称呼'), optional: true }),
              line({ name: 'phone', label: t('电话'), optional: true }),
            ],
            says: () => t('已上台账'),
          },
          'talk.tell-back': {
            name: t('告诉问的人'),
            button: t('告诉过了'),
            initial: owed.length === 1 ? { question: String(owed[0]!.place) } : {},
            fields: [
              select({
                name: 'question',
                label: t('哪个问题'),
                options: owed.map((q) => [String(q.place), q.words] as const),
              }),
              line({ name: 'how', label: t('怎么告诉的') }),
            ],
            data: ({ question, ...values }) => ({ ...values, question: Number(question) }),
          },
        }}
      />
      <dl className="facts-of">
        <dt>{t('哪天')}</dt>
        <dd>{sayDate(data.day)}</dd>
        <dt>{t('给谁讲')}</dt>
        <dd>
          {data.place} {data.where}
        </dd>
        <dt>{t('怎么讲')}</dt>
        <dd>{ways[data.way]}</dd>
        <dt>{t('谁讲的')}</dt>
        <dd>{data.official}</dd>
        {data.came !== null && (
          <>
            <dt>{t('来了')}</dt>
            <dd>
              {data.came} {t('人')}
            </dd>
          </>
        )}
      </dl>
      <h2>{t('没答上的问题')}</h2>
      {data.questions.length === 0 ? (
        <p className="lead">{t('没有。讲的时候没答上的，记下来，会有单位答复。')}</p>
      ) : (
        <Sheet>
          <tbody>
            {data.questions.map((q) => (
              <tr key={q.place}>
                <td className="what">
                  <Link to="/matters/$id" params={{ id: q.matter }} search={{}}>
                    {q.words}
                  </Link>
                  <br />
                  <small>{[q.name, q.phone].filter((part) => part !== null).join(' ')}</small>
                </td>
                <td className="what">{q.answer ?? t('单位还没答复')}</td>
                <td className={q.answer !== null && q.told === null ? 'soon' : undefined}>
                  {q.told ?? (q.answer === null ? '' : t('还没告诉问的人'))}
                </td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
    </main>
  );
}
