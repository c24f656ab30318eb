/** A count with what it is a share of: 2/5; a dash where there was nothing to share. */
export const share = (n: number, of: number): string => (of === 0 ? '—' : `${n}/${of}`);
