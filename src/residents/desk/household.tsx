import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { ShortForm, type Values } from '../../app/ui/form.tsx';
import { amount, line } from '../../app/ui/inputs.tsx';
import { Empty, Trouble, Waiting, isMissing } from '../../app/ui/states.tsx';
import { sayExactly, sayMoment } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { residentRoutes } from '../api.ts';
import { t } from './english.ts';

type File = AnswerOf<(typeof residentRoutes)['GET /api/households/:id']>;
type Person = File['residents'][number];
type Readings = AnswerOf<(typeof residentRoutes)['GET /api/households/:id/readings']>['readings'];

/** A household's file at the counter: read, corrected, printed for its own people, and who looked at it (row L3). */
export function HouseholdScreen() {
  const { id = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery({
    queryKey: ['household', id],
    queryFn: ({ signal }) => ask<File>('GET /api/households/:id', { params: { id }, signal }),
    staleTime: 60_000,
  });
  if (data === undefined)
    return (
      <main className="page">
        {error === null ? (
          <Waiting lines={8} />
        ) : isMissing(error) ? (
          <LookedAt
            household={id}
            before={
              <>
                <h1>{t('谁看过')}</h1>
                <p className="lead">{t('档案本身不在您的权限范围内，只列谁看过、为什么。')}</p>
              </>
            }
            otherwise={<Empty title={t('没有找到这一户')}>{t('可能不在您的权限范围内，或者地址不对。')}</Empty>}
          />
        ) : (
          <Trouble error={error} again={() => void refetch()} />
        )}
      </main>
    );
  return (
    <main className="page">
      <header>
        <h1>{t('{head}家', { head: data.head })}</h1>
      </header>
      <p className="lead">{t('您看了这一户的档案，已经记下；他们问谁看过，就会告诉他们。')}</p>
      <People file={data} />
      <h2>{t('本人来查')}</h2>
      <Disclosure household={id} />
      <h2>{t('谁看过')}</h2>
      <LookedAt household={id} />
    </main>
  );
}

function People({ file }: { file: File }) {
  const queries = useQueryClient();
  const [open, setOpen] = useState<string>();
  const close = () => setOpen(undefined);
  const give = (verb: string, fixed: object) => async (values: Values) => {
    await ask(`POST /api/households/:id/${verb}`, {
      params: { id: file.id },
      body: { ...fixed, ...values, command: newId(), expected: file.version },
    });
    close();
    tell(t('已更正。'));
    await queries.invalidateQueries({ queryKey: ['household', file.id] });
  };
  const consequence = () => t('改成这样，以前的写法留着可查');
  const correct = (key: string, what: string) => (
    <button
      type="button"
      className="link"
      aria-label={`${t('更正')} ${what}`}
      aria-expanded={open === key}
      onClick={() => setOpen(open === key ? undefined : key)}
    >
      {t('更正')}
    </button>
  );
  const person = file.residents.find(({ id }) => id === open);
  return (
    <>
      <dl className="line">
        <dt>{t('地方')}</dt>
        <dd>
          {file.path.map(({ name }) => name).join(' ')} {file.address}{' '}
          {file.can.includes('household.amend') && correct('address', t('门牌'))}
        </dd>
        <dt>{t('联系干部')}</dt>
        <dd>{file.contact?.name ?? t('没有')}</dd>
        {file.moved && <dd className="soon">{t('全家已迁出')}</dd>}
      </dl>
      {open === 'address' && (
        <ShortForm
          fields={[line({ name: 'address', label: t('门牌') })]}
          initial={{ address: file.address }}
          consequence={consequence}
          send={give('amend', {})}
          onClose={close}
        />
      )}
      <h2>{t('家里的人')}</h2>
      <Sheet>
        <thead>
          <tr>
            {(['姓名', '与户主关系', '出生年份', '电话', '同意登记的服务'] as const).map((name) => (
              <th key={name}>{t(name)}</th>
            ))}
            <th />
          </tr>
        </thead>
        <tbody>
          {file.residents.map((one) => (
            <tr key={one.id}>
              <td className="nowrap">{one.name}</td>
              <td className="nowrap">{one.relation}</td>
              <td>{one.bornYear}</td>
              <td>{t(one.hasPhone ? '有' : '没有')}</td>
              <td>{one.consents.flatMap(({ needs }) => needs).join('、')}</td>
              <td className="right">{file.can.includes('resident.amend') && correct(one.id, one.name)}</td>
            </tr>
          ))}
        </tbody>
      </Sheet>
      {person !== undefined && (
        <ShortForm
          key={person.id}
          fields={fieldsOf(person)}
          initial={{ name: person.name, relation: person.relation, bornYear: person.bornYear ?? undefined }}
          consequence={consequence}
          send={give('residents/amend', { resident: person.id })}
          onClose={close}
        />
      )}
    </>
  );
}

/** A telephone that is there is not shown: it is only written anew. */
const fieldsOf = ({ hasPhone }: Person) => [
  line({ name: 'name', label: t('姓名') }),
  line({ name: 'relation', label: t('与户主关系') }),
  amount({ name: 'bornYear', label: t('出生年份'), min: 1900, max: 2100, unit: '', optional: true }),
  line({
    name: 'phone',
    label: t('电话'),
    optional: true,
    type: 'tel',
    ...(hasPhone ? { hint: t('只写要改的，其余不动') } : {}),
  }),
];

/** The sheet opens beside this page; that it was printed, and for whom, is recorded when it opens. */
function Disclosure({ household }: { household: string }) {
  const [why, setWhy] = useState('');
  return (
    <form action={`/api/households/${household}/held`} method="get" target="_blank" className="account-form">
      <p className="lead">
        {t('核对身份证或本人到场后，打印这一户的全部信息交给本人。谁来查的写在下面，和打印一起记下。')}
      </p>
      <div className="field">
        <label htmlFor="why">{t('谁来查、怎么核对的')}</label>
        <input
          id="why"
          name="why"
          className="plain full"
          maxLength={200}
          required
          autoComplete="off"
          placeholder={`${t('例如')}：${t('户主本人，看了身份证')}`}
          value={why}
          onChange={(event) => setWhy(event.target.value)}
        />
      </div>
      <div className="form-foot">
        <button type="submit" className="plain first" disabled={why.trim() === ''}>
          {t('打印本户全部信息')}
        </button>
      </div>
    </form>
  );
}

/** Who looked at a household's file. An auditor may ask this and not read the file itself. */
function LookedAt({
  household,
  before,
  otherwise = null,
}: {
  household: string;
  /** Stands above what was found, where it is all there is on the page. */
  before?: ReactNode;
  /** Stands in its place for whoever may not ask. */
  otherwise?: ReactNode;
}) {
  const { data, error, refetch } = useQuery({
    queryKey: ['household', household, 'readings'],
    queryFn: ({ signal }) =>
      ask<{ readings: Readings }>('GET /api/households/:id/readings', { params: { id: household }, signal }),
  });
  if (data === undefined)
    return error === null ? (
      <Waiting lines={3} />
    ) : isMissing(error) ? (
      otherwise
    ) : (
      <Trouble error={error} again={() => void refetch()} />
    );
  if (data.readings.length === 0)
    return (
      <>
        {before}
        <p className="quiet">{t('还没有人看过。')}</p>
      </>
    );
  return (
    <>
      {before}
      <Sheet>
        <thead>
          <tr>
            {(['什么时候', '谁', '看了什么', '为什么'] as const).map((name) => (
              <th key={name}>{t(name)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.readings.slice(0, 100).map(({ at, reader, name, unit, what, why }) => (
            <tr key={`${at} ${reader} ${what}`}>
              <td className="nowrap" title={sayExactly(at)}>
                {sayMoment(at)}
              </td>
              <td>
                {name === null ? t(reader.startsWith('resident:') ? '本户' : '管服务器的人') : `${unit ?? ''} ${name}`}
              </td>
              <td>{what}</td>
              <td>{why}</td>
            </tr>
          ))}
        </tbody>
      </Sheet>
    </>
  );
}
