import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import type { PaperKind } from '../model.ts';
import { t } from './english.ts';
import { PaperList } from './list-of.tsx';
import { kindName, useRegister } from './queries.ts';

/** 发文登记: every paper with its number and how it reached whom it is for. */
export function PaperRegister() {
  const search = useSearch({ strict: false }) as { kind?: PaperKind };
  const navigate = useNavigate();
  const { data, error, refetch } = useRegister(search.kind === undefined ? {} : { kind: search.kind });
  const kinds = data?.kinds ?? [];
  return (
    <main className="page wide">
      <header>
        <h1>{t('发文登记')}</h1>
        <div className="tools">
          <select
            className="plain"
            aria-label={t('哪一种文书')}
            value={search.kind ?? ''}
            onChange={(event) =>
              void navigate({
                to: '/papers',
                search: event.target.value === '' ? {} : { kind: event.target.value },
                replace: true,
              })
            }
          >
            <option value="">{t('所有文书')}</option>
            {kinds.map(({ kind }) => (
              <option key={kind} value={kind}>
                {kindName(kind)}
              </option>
            ))}
          </select>
        </div>
      </header>
      <p className="lead">{t('每个单位、每种文书、每年各编各的号，不跳号；作废的也占号。')}</p>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={10} />}
      {data !== undefined &&
        (data.papers.length === 0 ? (
          <Empty title={t('还没有发出过文书')}>
            {t('转送、受理、延期、出处理意见、督办、达成调解、开会时，系统按范本写好，旁边就能看到，办了就发出。')}{' '}
            <Link to="/matters" search={{}}>
              →
            </Link>
          </Empty>
        ) : (
          <PaperList papers={data.papers} />
        ))}
    </main>
  );
}
