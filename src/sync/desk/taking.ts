import { type ChangeEvent, useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { sentenceOf } from '../../app/ui/states.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { syncRoutes } from '../api.ts';
import { t } from './english.ts';

type Taken = AnswerOf<ReturnType<typeof syncRoutes>['POST /api/sync/rescue/import']>;

/** Takes in the rescue file a person chooses, at the desk or on another phone, and says what became of it. */
export function useTaking() {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string>();
  const read = async (file: File): Promise<void> => {
    setBusy(true);
    setSaid(undefined);
    try {
      const body: unknown = await file.text().then((text) => JSON.parse(text) as unknown);
      const taken = await ask<Taken>('POST /api/sync/rescue/import', { body });
      const refused = taken.verdicts.length - taken.accepted;
      setSaid(
        t('{name}的 {n} 件：受理 {accepted} 件，没有受理 {refused} 件。', {
          name: taken.official ?? '',
          n: taken.verdicts.length,
          accepted: taken.accepted,
          refused,
        }) +
          (refused === 0 ? '' : t('没有受理的，在他手机上能看到原因。')) +
          (taken.undated === 0
            ? ''
            : t('{n} 件因为手机时间被改过，按手机显示的日子记，请他核对。', { n: taken.undated })),
      );
    } catch (error) {
      setSaid(error instanceof SyntaxError ? t('这个文件不是手机导出的救急文件。') : sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const take = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    const [file] = target.files ?? [];
    target.value = '';
    if (file !== undefined) void read(file);
  };
  return { busy, said, take };
}
