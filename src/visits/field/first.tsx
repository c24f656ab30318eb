import { useQuery } from '@tanstack/react-query';
import { To, Top } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { firstRoutes } from '../first.ts';
import { t } from './english.ts';

type First = AnswerOf<(typeof firstRoutes)['GET /api/visits/first']>;

const useFirst = () =>
  useQuery({
    queryKey: ['first'],
    queryFn: ({ signal }) => ask<First>('GET /api/visits/first', { signal }),
    staleTime: 10 * 60_000,
  });

const nameOf = ({ name, village }: First['places'][number], several: boolean): string =>
  several && village !== null ? `${village} ${name}` : name;
const inSeveral = (places: First['places']): boolean => new Set(places.map((p) => p.village)).size > 1;

/** One line above the day's list: which place first, and why. Nothing where there is one place, or no reason. */
export function FirstLine() {
  const places = useFirst().data?.places ?? [];
  const [first] = places;
  if (first === undefined || places.length < 2 || first.why.length === 0) return null;
  return (
    <div className="rows">
      <To href="/field/first" className="row">
        <strong>{t('先去{place}', { place: nameOf(first, inSeveral(places)) })}</strong>
        <p className="why">{first.why.join(t('；'))}</p>
      </To>
    </div>
  );
}

/** The places one answers for, in the order to go to them. */
export function FirstScreen() {
  const found = useFirst();
  return (
    <>
      <Top title={t('先去哪里')} from="/field" />
      {found.isPending ? (
        <Waiting />
      ) : found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : found.data.places.length === 0 ? (
        <Empty title={t('还没有联系的户。')}>{t('请乡镇的受理员给您分好村、分好户，名单就会出现在这里。')}</Empty>
      ) : (
        <ul className="rows">
          {found.data.places.map((place) => (
            <li key={place.id} className="row">
              <strong>{nameOf(place, inSeveral(found.data.places))}</strong>
              <span className="far">{t('{n} 户', { n: place.households })}</span>
              <p className={place.why.length === 0 ? 'quiet' : 'why'}>
                {place.why.length === 0
                  ? t('眼下没有非先去不可的事')
                  : t('先去，因为：{why}', { why: place.why.join(t('；')) })}
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
