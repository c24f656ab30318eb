-- Papers that were issued: numbered without gaps, kept as they were.
create table paper (
  county         int         not null,
  id             uuid        not null,
  kind           text        not null,
  unit           uuid        not null,
  series         text        not null,
  year           int         not null,
  serial         int         not null,
  word           text        not null,
  subject        text,
  record         text,
  matter         uuid,
  county_area    uuid,
  township       uuid,
  village        uuid,
  grid           uuid,
  units          uuid[]      not null,
  dated          date        not null,
  issued_at      timestamptz not null,
  issued_by      text        not null,
  names_reporter boolean     not null,
  pages          int         not null,
  pdf            uuid        not null,
  docx           uuid        not null,
  pdf_hash       text        not null,
  docx_hash      text        not null,
  voided_at      timestamptz,
  voided_by      text,
  void_reason    text,
  primary key (county, id)
);
comment on table  paper                is '公文: one row for each issued paper. What stands on it is in the vault and in its two files. Remade by rebuild.';
comment on column paper.series         is 'Kinds that share one running number, by the policy document papers.';
comment on column paper.serial         is 'From 1 without gaps for each unit, series and year; a voided paper keeps its number.';
comment on column paper.subject        is 'Kind of record it is about, with its id in record; null when it was filled in by hand.';
comment on column paper.units          is 'Units whose affair it is: who issued it and who has the matter.';
comment on column paper.names_reporter is 'It names somebody who asked that the handling unit not learn of them.';
comment on column paper.pdf            is 'Files of table file; their SHA-256 as they are handed out stand beside.';
-- Two writers that take the same number: one of them is turned back and decides again.
create unique index paper_number on paper (county, unit, series, year, serial);
create index paper_matter on paper (county, matter) where matter is not null;
create index paper_issued on paper (county, issued_at);
