import type { Kysely } from 'kysely';
import { z } from 'zod';
import { Carried, give } from '../contract/commands.ts';
import { type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { type PolicyKind, readDocument } from './model.ts';
import { type PolicyTables, policyStream } from './tables.ts';

export const policyRoutes = (kinds: readonly PolicyKind[]) =>
  ({
    'GET /api/policies': route({
      action: 'policy.read',
      summary: 'Policy documents, each with its versions',
      async handle({ db, county }) {
        const versions = await (db as Kysely<PolicyTables>)
          .selectFrom('policy')
          .select(['name', 'version', 'valid_from', 'source', 'reason', 'published_at', 'published_by', 'document'])
          .where('county', '=', county)
          .orderBy('version', 'desc')
          .execute();
        return kinds.map((kind) => ({
          name: kind.name,
          title: kind.title,
          standard: kind.standard.source,
          versions: versions
            .filter((v) => v.name === kind.name)
            .map(({ document, ...v }) => ({ ...v, readable: readDocument(kind, document) !== undefined })),
        }));
      },
    }),
    'GET /api/policies/:name': route({
      action: 'policy.read',
      summary: 'The document in force',
      params: z.object({ name: z.string().max(60) }),
      handle({ policies }, { params }) {
        const kind = kinds.find((k) => k.name === params.name);
        if (kind === undefined) return refuse('access.denied');
        return { name: kind.name, title: kind.title, document: policies.get<unknown>(kind.name) };
      },
    }),
    'POST /api/policies/:name/publish': route({
      action: 'policy.publish',
      summary: 'Publish a new version with its day, source and reason',
      params: z.object({ name: z.string().max(60) }),
      body: z
        .object({
          document: z.unknown(),
          validFrom: z.iso.date(),
          source: z.string().trim().min(2).max(500),
          reason: z.string().trim().min(2).max(500),
        })
        .extend(Carried.shape),
      async handle(desk, { params, body }) {
        const { command, expected, device, seconds, ...fields } = body;
        return await give(
          desk,
          'policy',
          policyStream(desk.county, params.name),
          { kind: 'policy.publish', name: params.name, ...fields } as { kind: string },
          { command, expected, device, seconds },
        );
      },
    }),
  }) satisfies Routes;
