import { z } from 'zod';
import { actorName } from '../access/model.ts';
import { type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { rowsOfFile } from './import-file.ts';
import { importHouseholds } from './import.ts';
import { phonePrint } from './print.ts';

export const importRoutes = {
  'POST /api/households/import': route({
    action: 'household.import',
    summary: 'Take in a list of households (.xlsx or .csv); faults are told cell by cell',
    body: z.object({ file: z.instanceof(File) }),
    async handle({ ledger, query, county, vault, actor, now }, { body: { file } }) {
      const rows = rowsOfFile(new Uint8Array(await file.arrayBuffer()));
      const readable = unreadableAware(rows);
      const report = await importHouseholds(ledger, query, county, readable, {
        actor: actorName(actor),
        at: now,
        print: (phone) => phonePrint(vault, phone),
      });
      if (readable.broken && report.rows === 0) return refuse('import.file', 'file');
      if (report.missing.length > 0) return refuse('import.header', 'file');
      return { ...report, broken: readable.broken };
    },
  }),
} satisfies Routes;

/** Ends the rows where the file breaks off, so that what stood before is told of; database errors pass through. */
function unreadableAware(rows: AsyncIterable<string[]>) {
  return {
    broken: false,
    async *[Symbol.asyncIterator]() {
      try {
        yield* rows;
      } catch {
        this.broken = true;
      }
    },
  };
}
