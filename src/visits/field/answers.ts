import { useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import { dayAt, rightNow } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { visitRoutes } from '../api.ts';

type At<K extends keyof typeof visitRoutes> = AnswerOf<(typeof visitRoutes)[K]>;
export type Today = At<'GET /api/visits/today'>;
export type Visit = At<'GET /api/visits/:id'>;
export type Of = At<'GET /api/households/:id/visits'>;
export type Diary = At<'GET /api/diary'>;
export type Entry = Diary['days'][number]['entries'][number];
export type Week = At<'GET /api/diary/week/:day'>;
export type Month = At<'GET /api/diary/month/:month'>;

export const useVisit = (id: string, enabled = true) =>
  useQuery({
    queryKey: ['visit', id],
    queryFn: ({ signal }) => ask<Visit>('GET /api/visits/:id', { params: { id }, signal }),
    enabled,
    staleTime: 60_000,
  });

export const useVisitsOf = (household: string) =>
  useQuery({
    queryKey: ['visits-of', household],
    queryFn: ({ signal }) => ask<Of>('GET /api/households/:id/visits', { params: { id: household }, signal }),
    staleTime: 60_000,
  });

/** My entries of some days. @param everyMs asks again at this interval; a diary may be asked often: no file is read */
export const useDiary = (from: string, to: string, everyMs?: number) =>
  useQuery({
    queryKey: ['diary', from, to],
    queryFn: ({ signal }) => ask<Diary>('GET /api/diary', { query: { from, to }, signal }),
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
    placeholderData: (before) => before,
  });

export const today = (): string => dayAt(rightNow());
