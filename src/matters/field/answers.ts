import type { MatterItem, MatterPage } from '../present.ts';
import { t } from './english.ts';

/** Of a list. Where the server says so, the household it is about. */
export type Item = MatterItem & { readonly household?: string | null };
export interface List {
  readonly matters: readonly Item[];
  readonly next?: string;
}
export type Page = MatterPage & { readonly id: string; readonly version: number; readonly can: readonly string[] };
export type Told = Page['toTell'][number];

/** What somebody is to be told, as one says it to them. */
export const toldWords: Record<Told, string> = {
  extension: t('要延期'),
  answer: t('办理结果'),
  deferral: t('暂时办不了的原因'),
  whereabouts: t('转给了哪个单位'),
  raising: t('已经往上报了'),
  reconsideration: t('政策变了，重新办'),
};
