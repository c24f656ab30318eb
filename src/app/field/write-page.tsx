import { useState } from 'react';
import { FindHousehold } from '../../residents/field/find.tsx';
import { useFile } from '../../residents/field/file.tsx';
import { WriteForm } from '../../visits/field/write.tsx';
import { outbox } from './outbox.ts';
import { Top } from './parts.tsx';
import { back } from './place.ts';
import { t } from './english.ts';

interface Chosen {
  readonly id: string;
  readonly head: string | undefined;
}

/** Which household, then the note. A refused note comes back here as it was. */
export function WritePage({
  official,
  household,
  mend,
  phone,
}: {
  official: string;
  household: string | null;
  mend: string | null;
  phone: boolean;
}) {
  const refused = mend === null ? undefined : outbox.find(mend);
  const preset = household ?? (refused?.data['household'] as string | undefined);
  const [chosen, choose] = useState<Chosen | undefined>(
    preset === undefined ? undefined : { id: preset, head: undefined },
  );
  const file = useFile(chosen !== undefined && chosen.head === undefined ? chosen.id : undefined);
  const head = chosen?.head ?? file.data?.head;
  if (chosen === undefined) {
    return (
      <>
        <Top title={t('记一笔：哪一家？')} from="/field" />
        <FindHousehold onFound={choose} />
      </>
    );
  }
  return (
    <>
      <Top title={head === undefined ? t('记一笔') : t('{head}家', { head })} from="/field">
        <button
          type="button"
          className="small"
          onClick={() => (household === null ? choose(undefined) : back('/field'))}
        >
          {t('换一家')}
        </button>
      </Top>
      <WriteForm
        key={chosen.id}
        official={official}
        household={chosen.id}
        head={head ?? t('这一')}
        mend={refused}
        phone={phone}
      />
    </>
  );
}
