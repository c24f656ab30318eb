import { Facts, To, Top } from '../../app/field/parts.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { type Line, forms, useMine } from './answers.ts';
import { t } from './english.ts';

/** Where I go down to: what comes, what waits for its result, what was. */
export function OutreachesScreen() {
  const found = useMine();
  const rows = found.data?.rows ?? [];
  const today = found.data?.today ?? '';
  const coming = rows.filter((row) => row.status === 'arranged' && row.day >= today);
  const owed = rows.filter((row) => row.status === 'arranged' && row.day < today);
  const past = rows.filter((row) => row.status !== 'arranged');
  return (
    <>
      <Top title={t('下访')} from="/field/me" />
      {found.isPending ? (
        <Waiting />
      ) : found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : rows.length === 0 ? (
        <Empty title={t('没有排到您的下访。')}>{t('在电脑上“下访调研”里排，或者请镇里排。排好了这里就有。')}</Empty>
      ) : (
        <>
          <Rows title={t('等我写结果的')} rows={owed} today={today} />
          <Rows title={t('今天和接下来')} rows={coming} today={today} />
          <Rows title={t('去过的')} rows={past} today={today} />
        </>
      )}
    </>
  );
}

/** Where to go: a spot that has its village's name in it says enough. */
const whereOf = ({ place, spot }: Line): string => {
  const village = place?.split(' ').at(-1) ?? '';
  return village !== '' && spot.includes(village) ? spot : t('{place} {spot}', { place, spot });
};

const Rows = ({ title, rows, today }: { title: string; rows: readonly Line[]; today: string }) =>
  rows.length === 0 ? null : (
    <>
      <h2 className="head">{title}</h2>
      <ul className="rows">
        {rows.map((row) => (
          <li key={row.id}>
            <To href={`/field/outreach/${row.id}`} className="row">
              <strong>{row.about}</strong>
              <span className={row.day === today && row.status === 'arranged' ? 'soon' : 'quiet'}>
                {row.status === 'cancelled' ? t('已取消') : row.day === today ? t('今天') : sayDate(row.day)}
              </span>
              <p>
                <Facts of={[`${row.from}–${row.to}`, whereOf(row)]} />
              </p>
              <p className="quiet">
                {[
                  forms[row.form],
                  row.form === 'reception' && row.status === 'arranged'
                    ? t('约了 {booked} 人', { booked: row.booked })
                    : '',
                  row.taken > 0 ? t('收了 {taken} 件', { taken: row.taken }) : '',
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </p>
            </To>
          </li>
        ))}
      </ul>
    </>
  );
