import { type File, FileOf, useFile } from '../../residents/field/file.tsx';
import { HistoryOf } from '../../visits/field/history.tsx';
import { GiftsOf } from '../../festivals/field/gifts-of.tsx';
import { PairsOf } from '../../pairs/field/pairs-of.tsx';
import { MattersOf } from '../../matters/field/of-household.tsx';
import { doorIn } from '../../visits/today.ts';
import { isNamedIn } from '../../visits/field/route.ts';
import { PromisesOf } from '../../visits/field/promises.tsx';
import { PhoneButton } from '../../residents/field/phones.tsx';
import { Empty, Trouble, Waiting, isMissing } from '../ui/states.tsx';
import { Foot, To, Top } from './parts.tsx';
import { t } from './english.ts';

/** The village, then the house as one says it there; the group where the address does not name it. */
function whereOf({ path, address }: File): string {
  const named = (wanted: string): string | undefined => path.find(({ level }) => level === wanted)?.name;
  const [village, grid] = [named('village'), named('grid')];
  const door = doorIn(address, village ?? null);
  return [village, isNamedIn(grid, door) ? undefined : grid, door].filter((part) => part !== undefined).join(' · ');
}

/** A household: what we owe them first, then who they are, then what was said before. */
export function HouseholdPage({ id }: { id: string }) {
  const file = useFile(id);
  if (isMissing(file.error)) {
    return (
      <>
        <Top title={t('住户')} from="/field" />
        <Empty title={t('没有找到这一家。')}>
          {t('可能已经搬走，或者不归您联系。')}
          <To href="/field">{t('回到今天')}</To>
        </Empty>
      </>
    );
  }
  return (
    <>
      <Top title={file.data === undefined ? t('住户') : t('{head}家', { head: file.data.head })} from="/field" />
      {file.data !== undefined && <p className="lead">{whereOf(file.data)}</p>}
      <PromisesOf household={id} />
      <GiftsOf household={id} head={file.data?.head ?? ''} />
      <MattersOf household={id} />
      <PairsOf household={id} head={file.data?.head ?? ''} />
      {file.isPending ? (
        <Waiting lines={4} />
      ) : file.isError ? (
        <Trouble error={file.error} again={() => void file.refetch()} />
      ) : (
        <FileOf file={file.data} />
      )}
      <HistoryOf household={id} />
      <Foot>
        <PhoneButton household={id} any={file.data?.residents.some((r) => r.hasPhone) !== false} />
        <To href={`/field/write?household=${id}`} className="button">
          {t('记一笔')}
        </To>
      </Foot>
    </>
  );
}
