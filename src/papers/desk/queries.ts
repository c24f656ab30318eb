import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { paperRoutesOf } from '../api.ts';
import { rightedNames } from '../../register/model.ts';
import { type PaperKind, paperNames } from '../model.ts';
import { t } from './english.ts';

type Routes = ReturnType<typeof paperRoutesOf>;
export type Preview = AnswerOf<Routes['POST /api/papers/preview']>;
export type OfMatter = AnswerOf<Routes['GET /api/matters/:id/papers']>;
export type Register = AnswerOf<Routes['GET /api/papers']>;
export type OnePaper = AnswerOf<Routes['GET /api/papers/:id']>;

/** What a paper that no step gives is about. */
export interface About {
  readonly kind: string;
  readonly id: string;
}

export const rightedName = (how: keyof typeof rightedNames): string => t(rightedNames[how]);
export const kindName = (kind: PaperKind): string => t(paperNames[kind] as Parameters<typeof t>[0]);

export const useOfMatter = (id: string) =>
  useQuery({
    queryKey: ['papers', 'matter', id],
    queryFn: () => ask<OfMatter>('GET /api/matters/:id/papers', { params: { id } }),
  });

export const usePreview = (subject: About) =>
  useQuery({
    queryKey: ['papers', 'preview', subject],
    queryFn: ({ signal }) => ask<Preview>('POST /api/papers/preview', { body: { subject }, signal }),
  });

export const useRegister = (search: Readonly<Record<string, string>>) =>
  useQuery({
    queryKey: ['papers', 'register', search],
    queryFn: () => ask<Register>('GET /api/papers', { query: search }),
    placeholderData: keepPreviousData,
  });

export const usePaper = (id: string) =>
  useQuery({
    queryKey: ['papers', 'one', id],
    queryFn: () => ask<OnePaper>('GET /api/papers/:id', { params: { id } }),
  });
