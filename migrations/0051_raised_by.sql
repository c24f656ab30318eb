-- Whose household raised a matter. What was said in confidence names none in its row, and must still end with the household's
-- own file: only the ledger's first event of it knows, and only the mechanism of retention asks.
create view matter_raised_by as
  select county, id as matter, household from matter where household is not null
  union all
  select n.county, n.id, (e.data ->> 'household')::uuid
    from matter_note n join event e on e.county = n.county and e.stream = n.id and e.version = 1
   where n.confidential and e.data ? 'household';
comment on view matter_raised_by is 'For retention alone: never for a list, a page or an export.';
create index matter_note_confidential on matter_note (county, id) where confidential;
