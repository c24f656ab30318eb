import type { Figure, Measure } from '../statistics.ts';
import { t } from './english.ts';

/** 62.5%; a dash where there is nothing to divide by. */
export const percent = (share: number | null | undefined): string =>
  share == null ? '—' : `${(share * 100).toFixed(1)}%`;

/** 62.5%（5/8）: a share never stands without what it is a share of. */
export const sayShare = ({ value, of, share }: Figure): string =>
  of === undefined ? `${value}` : t('{percent}（{value}/{of}）', { percent: percent(share), value, of });

export const sayDays = ({ value, n }: Measure): string =>
  value === null ? t('还没有答复') : t('{n} 天（{n2} 件）', { n: value.toFixed(1), n2: n });
