import { FileOf, useFile } from '../../residents/field/file.tsx';
import { HistoryOf } from '../../visits/field/history.tsx';
import { MattersOf } from '../../matters/field/of-household.tsx';
import { PromisesOf } from '../../visits/field/promises.tsx';
import { PhoneButton } from '../../residents/field/phones.tsx';
import { Empty, Trouble, Waiting, isMissing } from '../ui/states.tsx';
import { Foot, To, Top } from './parts.tsx';

/** A household: what we owe them first, then who they are, then what was said before. */
export function HouseholdPage({ id }: { id: string }) {
  const file = useFile(id);
  if (isMissing(file.error)) {
    return (
      <>
        <Top title="住户" from="/field" />
        <Empty title="没有找到这一家。">可能已经搬走，或者不归您联系。<To href="/field">回到今天</To></Empty>
      </>
    );
  }
  return (
    <>
      <Top title={file.data === undefined ? '住户' : `${file.data.head} 家`} from="/field" />
      {file.data !== undefined && (
        <p className="lead">{[...file.data.path.filter(({ level }) => level === 'village').map(({ name }) => name), file.data.address].join(' · ')}</p>
      )}
      <PromisesOf household={id} />
      <MattersOf household={id} />
      {file.isPending ? <Waiting lines={4} /> : file.isError ? <Trouble error={file.error} again={() => void file.refetch()} /> : <FileOf file={file.data} />}
      <HistoryOf household={id} />
      <Foot>
        <PhoneButton household={id} />
        <To href={`/field/write?household=${id}`} className="button">记一笔</To>
      </Foot>
    </>
  );
}
