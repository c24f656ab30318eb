import { z } from 'zod';

/** A text of a matter's act, with the least and the most that may be written. */
export const sentence = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);
export const day = z.iso.date('日期写成 2026-11-17 这样');
