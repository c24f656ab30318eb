import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { paperRoutesOf } from '../api.ts';
import { type PaperKind, paperNames } from '../model.ts';
import { t } from './english.ts';

type Routes = ReturnType<typeof paperRoutesOf>;
export type PaperForm = AnswerOf<Routes['POST /api/papers/draft']>;
export type Preview = AnswerOf<Routes['POST /api/papers/preview']>;
export type OfMatter = AnswerOf<Routes['GET /api/matters/:id/papers']>;
export type Register = AnswerOf<Routes['GET /api/papers']>;
export type OnePaper = AnswerOf<Routes['GET /api/papers/:id']>;

/** What is asked of the server to be drawn; only what was changed is sent. */
export interface Wish {
  readonly paperKind: PaperKind;
  readonly subject?: { readonly kind: string; readonly id: string };
  readonly fields: Readonly<Record<string, string>>;
  readonly [changed: string]: unknown;
}

export const kindName = (kind: PaperKind): string => t(paperNames[kind] as Parameters<typeof t>[0]);

export const useOfMatter = (id: string | undefined) =>
  useQuery({
    queryKey: ['papers', 'matter', id],
    enabled: id !== undefined,
    queryFn: () => ask<OfMatter>('GET /api/matters/:id/papers', { params: { id: id! } }),
  });

export const useForm = (wish: Wish | undefined) =>
  useQuery({
    queryKey: ['papers', 'draft', wish],
    enabled: wish !== undefined,
    queryFn: () => ask<PaperForm>('POST /api/papers/draft', { body: wish }),
    placeholderData: keepPreviousData,
  });

export const usePreview = (wish: Wish | undefined) =>
  useQuery({
    queryKey: ['papers', 'preview', wish],
    enabled: wish !== undefined,
    queryFn: ({ signal }) => ask<Preview>('POST /api/papers/preview', { body: wish, signal }),
    placeholderData: keepPreviousData,
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
