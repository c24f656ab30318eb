import type { Query } from '../ledger/record.ts';

/**
 * A paper goes with the words it was drawn from: once the personal part of its act was erased, or of the matter it belongs
 * to, its own text and its drawn files are erased too. The register keeps number, day, unit and the hashes.
 * @returns how many boxes and files were erased
 */
export async function erasePapers(query: Query, county: number): Promise<number> {
  const gone = `select p.id from paper p
     where p.county = $1
       and (exists (select from event e left join vault v on v.county = e.county and v.stream = e.stream and v.version = e.version
                     where e.county = $1 and e.stream::text = p.record and e.version = p.act and e.personal is not null and v.box is null)
         or exists (select from event e left join vault v on v.county = e.county and v.stream = e.stream and v.version = e.version
                     where e.county = $1 and e.stream = p.matter and e.version = 1 and e.personal is not null and v.box is null))`;
  const boxes = await query(
    'papers.erase-boxes',
    `delete from vault where county = $1 and stream in (${gone}) returning 1`,
    [county],
  );
  const files = await query(
    'papers.erase-files',
    `delete from file where county = $1 and stream in (${gone}) returning 1`,
    [county],
  );
  return boxes.length + files.length;
}
