import type { Query } from '../ledger/record.ts';

/**
 * A paper goes with the words it was drawn from: once the personal part of its act was erased, or of the matter it belongs
 * to, its own text and its drawn files are erased too. The register keeps number, day, unit and the hashes.
 * @returns how many boxes and files were erased
 */
export async function erasePapers(query: Query, county: number): Promise<number> {
  // Each paper looks its act up by the key of the record: compared as text, every event there is was walked through.
  const gone = `with gone as materialized (
    select p.id from paper p
     where p.county = $1
       and (exists (select from event e left join vault v on v.county = e.county and v.stream = e.stream and v.version = e.version
                     where e.county = $1 and e.version = p.act and e.personal is not null and v.box is null
                       and e.stream = case when p.record ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then p.record::uuid end)
         or exists (select from event e left join vault v on v.county = e.county and v.stream = e.stream and v.version = e.version
                     where e.county = $1 and e.stream = p.matter and e.version = 1 and e.personal is not null and v.box is null)))`;
  const boxes = await query(
    'papers.erase-boxes',
    `${gone} delete from vault v using gone where v.county = $1 and v.stream = gone.id returning 1`,
    [county],
  );
  const files = await query(
    'papers.erase-files',
    `${gone} delete from file f using gone where f.county = $1 and f.stream = gone.id returning 1`,
    [county],
  );
  return boxes.length + files.length;
}
