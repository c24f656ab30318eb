import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import QRCode from 'qrcode';
import { type ReactNode, useEffect, useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { give } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { choice, line } from '../../app/ui/inputs.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { Arrived, Empty, PageWaiting, sentenceOf } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { ballotRoutes } from '../api.ts';
import { byFours } from '../receipt.ts';
import { t } from './english.ts';

type Whole = AnswerOf<(typeof ballotRoutes)['GET /api/ballots/:id']>;
type Electors = AnswerOf<(typeof ballotRoutes)['GET /api/ballots/:id/electors']>;
type Slips = AnswerOf<(typeof ballotRoutes)['GET /api/ballots/:id/slips']>;
type Papers = AnswerOf<(typeof ballotRoutes)['GET /api/ballots/:id/papers']>;

const useId = (): string => (useParams({ strict: false }) as { id: string }).id;
/** What is asked for anew each time: codes and lists are for now. */
const useFresh = <Answer,>(what: 'electors' | 'slips' | 'papers', id: string) =>
  useQuery({
    queryKey: ['ballots', what, id],
    queryFn: ({ signal }) => ask<Answer>(`GET /api/ballots/:id/${what}`, { params: { id }, signal }),
    gcTime: 0,
  });

const Page = ({ id, title, print, children }: { id: string; title: string; print: boolean; children: ReactNode }) => (
  <main className="page">
    <header>
      <h1 className={print ? 'no-print' : undefined}>{title}</h1>
      <div className="tools">
        {print && (
          <button type="button" className="plain first" onClick={() => window.print()}>
            {t('打印')}
          </button>
        )}
        <Link to="/ballots/$id" params={{ id }} search={{}}>
          {t('回到评议')}
        </Link>
      </div>
    </header>
    {children}
  </main>
);

/** The list at the voting place: who may take a paper, ticked as they do. */
export function BallotHall() {
  const id = useId();
  const queries = useQueryClient();
  const found = useFresh<Electors>('electors', id);
  const [sought, setSought] = useState('');
  const [busy, setBusy] = useState<number>();
  const take = async (elector: number): Promise<void> => {
    setBusy(elector);
    try {
      await give('ballot.take-paper', id, { elector });
      tell(t('记下了'));
    } catch (error) {
      tell(sentenceOf(error));
    } finally {
      setBusy(undefined);
      await queries.invalidateQueries({ queryKey: ['ballots', 'electors', id] });
    }
  };
  const columns: readonly Column<Electors['rows'][number]>[] = [
    { name: t('户主'), is: 'what', cell: (row) => row.head },
    { name: t('住址'), is: 'words', cell: (row) => row.address },
    {
      name: t('领票'),
      is: 'act',
      cell: (row) =>
        row.used ? (
          t('领过了')
        ) : (
          <button type="button" className="plain" disabled={busy !== undefined} onClick={() => void take(row.elector)}>
            {t('领了一张纸票')}
          </button>
        ),
    },
  ];
  return (
    <Page id={id} title={t('投票点名单')} print={false}>
      <p className="lead">{t('来了先看名单，没有领过的打勾，再让他从袋子里自己摸一张。哪一张是谁的，谁也不记。')}</p>
      <p className="filters">
        <input
          className="plain"
          type="search"
          aria-label={t('找户主、门牌')}
          placeholder={t('找户主、门牌')}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      </p>
      <Arrived of={found}>
        {({ rows }) => {
          const shown = rows.filter((row) => `${row.head}${row.address}`.includes(sought.trim()));
          return shown.length === 0 ? (
            <p className="lead">{t('没有这一户。')}</p>
          ) : (
            <List rows={shown} columns={columns} keyOf={({ elector }) => String(elector)} faded={(row) => row.used} />
          );
        }}
      </Arrived>
    </Page>
  );
}

/** One paper after the other, by its number. */
export function BallotEntry() {
  const id = useId();
  const [nth, setNth] = useState(0);
  const { data, error, refetch } = useQuery({
    queryKey: ['ballots', 'one', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/ballots/:id', { params: { id }, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const options = [
    ...data.grades.map(({ title }, grade) => [String(grade), title] as const),
    ['-', t('没评')] as const,
  ];
  return (
    <Page id={id} title={t('录纸票')} print={false}>
      {data.status === 'open' && data.free ? (
        <>
          <p className="lead">{t('两个人各录一遍，一样才算。票上没有涂的就选“没评”。')}</p>
          <ShortForm
            key={nth}
            fields={[
              line({ name: 'number', label: t('票号') }),
              ...data.figures.map((one) => choice({ name: one.id, label: one.name, options })),
            ]}
            consequence={() => t('录这一张')}
            send={({ number, ...given }) =>
              ask<{ counted: boolean }>('POST /api/ballots/:id/papers', {
                params: { id },
                body: { number, choices: data.figures.map((one) => String(given[one.id])).join('') },
              })
            }
            onDone={(answer) => {
              const { counted } = answer as { counted: boolean };
              tell(counted ? t('两遍一样，算进去了。') : t('第一遍录好了，等另一个人录。'));
              setNth(nth + 1);
            }}
          />
        </>
      ) : (
        <p className="lead">{t('现在不能录：评议已经封箱或者作废了。')}</p>
      )}
    </Page>
  );
}

const Nothing = () => (
  <Empty title={t('打印')}>{t('没有可以看的。印过以后一小时内，只有印的人看得到；要再印，回到评议里按一次。')}</Empty>
);

/** Drawn here and not by the server, whom a village of them would hold up for ten seconds. */
function Square({ link }: { link: string }) {
  const [image, setImage] = useState<string>();
  useEffect(() => {
    void QRCode.toDataURL(link, { margin: 0, width: 216 }).then(setImage);
  }, [link]);
  return <div className="qr">{image !== undefined && <img src={image} alt="" width="108" height="108" />}</div>;
}

/** Slips to cut and fold: an elector's code, and how to vote with it. */
export function BallotSlips() {
  const id = useId();
  const found = useFresh<Slips>('slips', id);
  return (
    <Page id={id} title={t('投票码条子')} print>
      <Arrived of={found}>
        {({ rows, url, until, keyPrint }) =>
          rows.length === 0 ? (
            <Nothing />
          ) : (
            <ol className="slips">
              {rows.map(({ elector, head, address, code, link }) => (
                <li key={elector}>
                  <Square link={link} />
                  <div>
                    <b>
                      {head} {address}
                    </b>
                    <p>{t('请评议驻村干部')}</p>
                    <p className="code">
                      {t('投票码')} <code>{code.replace(/(.{5})/, '$1 ')}</code>
                    </p>
                    <small>
                      {t('手机扫码投票；或者打开 {url}，选本村，填投票码。投到 {day}。', { url, day: sayDate(until) })}
                      <br />
                      {t(
                        '核对码 {print}：网页上写的要一样。不想用手机，到投票点领纸票。一户一张，谁选了什么没有人知道。',
                        { print: keyPrint },
                      )}
                    </small>
                  </div>
                </li>
              ))}
            </ol>
          )
        }
      </Arrived>
    </Page>
  );
}

/** Blank papers for the bag, each with the strip its rater keeps. */
export function BallotPapers() {
  const id = useId();
  const found = useFresh<Papers>('papers', id);
  return (
    <Page id={id} title={t('评议票')} print>
      <Arrived of={found}>
        {({ rows, grades, subjects, url }) =>
          rows.length === 0 ? (
            <Nothing />
          ) : (
            <ol className="slips papers-of">
              {rows.map(({ number, receipt }) => (
                <li key={number}>
                  <div>
                    <b>
                      {t('评议票')} <code>{number.replace(/(.{5})/, '$1 ')}</code>
                    </b>
                    <p>{t('每位在一格里打勾，投进票箱。不要写名字。')}</p>
                    <table>
                      <thead>
                        <tr>
                          <th />
                          {grades.map(({ code, title }) => (
                            <th key={code}>{title}</th>
                          ))}
                        </tr>
                      </thead>
                      <tbody>
                        {subjects.map((one) => (
                          <tr key={one.id}>
                            <th scope="row">
                              {one.name} <small>{one.unit}</small>
                            </th>
                            {grades.map(({ code }) => (
                              <td key={code} />
                            ))}
                          </tr>
                        ))}
                      </tbody>
                    </table>
                    <p className="strip">
                      {t('回执')} <code>{byFours(receipt)}</code>
                      <small>{t('撕下来自己留着：封箱以后打开 {url}，看这个回执在不在。', { url })}</small>
                    </p>
                  </div>
                </li>
              ))}
            </ol>
          )
        }
      </Arrived>
    </Page>
  );
}
