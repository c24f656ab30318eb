import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import { isMissing } from '../../app/ui/states.tsx';
import type { ClockRule } from '../../calendar/model.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { matterRoutes } from '../api.ts';
import type { Rung } from '../handling-model.ts';
import type { MatterSettings } from '../model.ts';
import type { Grounds } from './petition-acts.ts';
import { t } from './english.ts';

type Answers = { readonly [K in keyof typeof matterRoutes]: AnswerOf<(typeof matterRoutes)[K]> };
export type Matter = Answers['GET /api/matters/:id'];
type Today = Answers['GET /api/today'];
type Page = Answers['GET /api/matters'];
export type Proposals = Answers['GET /api/matters/:id/proposals'];
export type Proposal = Proposals['units'][number];

/** The first page; the frame asks for it too, so both read one answer. */
export const useToday = () =>
  useQuery({ queryKey: ['today'], queryFn: ({ signal }) => ask<Today>('GET /api/today', { signal }) });

export const useMatter = (id: string) =>
  useQuery({
    queryKey: ['matter', id],
    queryFn: ({ signal }) => ask<Matter>('GET /api/matters/:id', { params: { id }, signal }),
  });

export type Filter = Readonly<Record<string, string>>;

/** A filtered list, page after page; while another filter is being read the list before stays. */
export const useMatters = (filter: Filter, size = 50) =>
  useInfiniteQuery({
    queryKey: ['matters', filter, size],
    queryFn: ({ pageParam, signal }) =>
      ask<Page>('GET /api/matters', {
        query: { ...filter, size, ...(pageParam === undefined ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** After something was done to a matter, everything that shows it is read again. */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all(['matter', 'today', 'matters'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  };
}

/** The deadlines a dispatcher may choose from, shortest first as the county lists them, and the usual one. */
export function useGrades(): { readonly grades: readonly ClockRule[]; readonly usual: string | undefined } {
  const policy = <T>(name: string) => ({
    queryKey: ['policy', name],
    queryFn: () => ask<{ document: T }>('GET /api/policies/:name', { params: { name } }),
    staleTime: 300_000,
  });
  const rules = useQuery(policy<{ rules: ClockRule[] }>('clocks')).data?.document.rules ?? [];
  const settings = useQuery(policy<MatterSettings>('matters')).data?.document;
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return { grades: (settings?.grades ?? []).flatMap((id) => byId.get(id) ?? []), usual: settings?.clocks.order };
}

/** The ladder upward, as the county has it. */
export type Rungs = readonly Rung[];
export const useRungs = (): Rungs =>
  useQuery({
    queryKey: ['policy', 'raising'],
    queryFn: () => ask<{ document: { rungs: Rung[] } }>('GET /api/policies/:name', { params: { name: 'raising' } }),
    staleTime: 300_000,
  }).data?.document.rungs ?? [];

/** The joint meetings that stand, each by the unit that keeps it. */
export type Joints = readonly { readonly officeId: string; readonly name: string }[];
export const useJoints = (): Joints =>
  useQuery({
    queryKey: ['standing-groups', 'standing'],
    queryFn: () => ask<{ groups: (Joints[number] & { readonly form: string })[] }>('GET /api/standing-groups'),
    staleTime: 300_000,
  }).data?.groups.filter(({ form }) => form === 'joint') ?? [];

export type Categories = readonly (readonly [id: string, name: string])[];

/** The county's categories as a person reads them: 农业农村 › 农田水利. */
export function useCategories(): Categories {
  const { data } = useQuery({
    queryKey: ['policy', 'categories'],
    queryFn: () =>
      ask<{ document: { categories: readonly { id: string; name: string; parent?: string }[] } }>(
        'GET /api/policies/:name',
        { params: { name: 'categories' } },
      ),
    staleTime: 300_000,
  });
  const byId = new Map((data?.document.categories ?? []).map((category) => [category.id, category]));
  const path = (id: string | undefined): string[] => {
    const category = id === undefined ? undefined : byId.get(id);
    return category === undefined ? [] : [...path(category.parent), category.name];
  };
  return [...byId.keys()].map((id) => [id, path(id).join(' › ')]);
}

/** The lawful grounds for not accepting a petition; asked for where they can be needed. */
export const useGrounds = (matter: Pick<Matter, 'can'>): Grounds =>
  useQuery({
    queryKey: ['policy', 'petitions'],
    queryFn: () =>
      ask<{ document: { grounds: Grounds } }>('GET /api/policies/:name', { params: { name: 'petitions' } }),
    enabled: matter.can.includes('matter.refuse'),
    staleTime: 300_000,
  }).data?.document.grounds ?? [];

/** What the catalogue and earlier matters suggest. Nothing is suggested where the county has no catalogue. */
export const useProposals = (id: string): Proposals | undefined =>
  useQuery({
    queryKey: ['matter', id, 'proposals'],
    queryFn: async ({ signal }) => {
      try {
        return await ask<Proposals>('GET /api/matters/:id/proposals', { params: { id }, signal });
      } catch (error) {
        if (isMissing(error)) return { categories: [], units: [] };
        throw error;
      }
    },
    staleTime: 300_000,
  }).data;

/** 15 天, 2 个工作日, 24 小时. */
export const sayLimit = ({ amount, unit, dayKind }: ClockRule): string =>
  unit === 'hour'
    ? t('{amount} 小时', { amount })
    : unit === 'month'
      ? t('{amount} 个月', { amount })
      : `${amount} ${dayKind === 'working' ? t('个工作日') : t('天')}`;
