-- One act, one number, one paper: the papers of every record's acts stand in one register, whose numbers have no gaps.

alter table served_paper
  add column paper       uuid,
  add column record      text not null default 'matter',
  add column series      text,
  add column year        int,
  add column serial      int,
  add column issued_at   timestamptz,
  add column issued_by   text,
  add column to_unit     uuid,
  add column matter      uuid,
  add column county_area uuid,
  add column township    uuid,
  add column village     uuid,
  add column grid        uuid,
  add column units       uuid[] not null default '{}',
  add column officials   uuid[] not null default '{}',
  add column barred      text[] not null default '{}';

comment on table  served_paper         is 'Every paper given by an act of a record, and those the papers feature numbers itself: number, day, whose affair, and how it reached the person. Remade by rebuild.';
comment on column served_paper.id      is 'The record whose act gave it; version is the event.';
comment on column served_paper.paper   is 'The paper record that keeps its drawn files, once it was drawn.';
comment on column served_paper.serial  is 'From 1 without gaps for each unit, series and year; a voided paper keeps its number. Empty for what was numbered by the county before.';
comment on column served_paper.to_unit is 'The unit it goes to; empty where it goes to a person.';
comment on column served_paper.units   is 'Units whose affair it is.';
comment on column served_paper.officials is 'Officials who answer for what it is about.';
comment on column served_paper.barred  is 'Officials who may not know of it: whoever handled what is reviewed.';

-- What stands already, from the records it belongs to.
update served_paper s set matter = m.id, units = array_remove(array[s.unit, m.unit], null),
       county_area = (select a.chain[1] from area a where a.county = m.county and a.id = m.area), township = m.township, village = m.village, grid = m.grid
  from matter m where m.county = s.county and m.id = s.id;
update served_paper s set record = 'review', matter = r.matter, units = array[s.unit], barred = r.hands,
       county_area = r.county_area, township = r.township, village = r.village, grid = r.grid
  from review r where r.county = s.county and r.id = s.id;
update served_paper s set issued_at = e.at, issued_by = e.actor
  from event e where e.county = s.county and e.stream = s.id and e.version = s.version;
update served_paper s set paper = (
  select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-8' || substr(h, 14, 3) || '-' ||
          substr('89ab', (('x' || substr(h, 17, 1))::bit(4)::int & 3) + 1, 1) || substr(h, 18, 3) || '-' || substr(h, 21, 12))::uuid
    from (select encode(sha256('paper'::bytea || '\x00'::bytea || s.id::text::bytea || '\x00'::bytea || s.version::text::bytea), 'hex') as h) one);
insert into served_paper (county, id, version, paper, record, kind, number, series, year, serial, issued_on, issued_at, issued_by,
                          unit, matter, county_area, township, village, grid, units)
select county, id, 1, id, 'paper',
       case kind when 'accepted' then 'acceptance' when 'not-accepted' then 'refusal' when 'forward' then 'forwarding'
                 when 'assign' then 'assignment' else kind end,
       word || '〔' || year || '〕' || serial || '号', series, year, serial, dated, issued_at, issued_by,
       unit, matter, county_area, township, village, grid, units
  from paper;
update paper set kind = case kind when 'accepted' then 'acceptance' when 'not-accepted' then 'refusal'
                                  when 'forward' then 'forwarding' when 'assign' then 'assignment' else kind end;

alter table served_paper alter column paper set not null, alter column record drop default;
-- Two writers that take the same number: one of them is turned back and decides again.
create unique index served_paper_serial on served_paper (county, unit, series, year, serial) where serial is not null;
create unique index served_paper_paper on served_paper (county, paper);
create index served_paper_matter on served_paper (county, matter) where matter is not null;
create index served_paper_issued on served_paper (county, issued_at);

-- The register keeps the numbers now; a paper keeps what was drawn.
drop index paper_number;
alter table paper
  add column act int,
  alter column pages drop not null, alter column pdf drop not null, alter column docx drop not null,
  alter column pdf_hash drop not null, alter column docx_hash drop not null;
comment on table  paper     is '公文: one row for each paper that was drawn and kept, or is about to be. What stands on it is in the vault and in its two files. Remade by rebuild.';
comment on column paper.act is 'The event of record whose paper it is; empty for what the papers feature numbers itself.';
