-- What somebody owes until a day, of every kind of record but matters and visits, which have lists of their own.
create table owed (
  county   int  not null,
  stream   uuid not null,
  place    int  not null,
  record   text not null,
  kind     text not null,
  unit     uuid,
  official uuid,
  due      date,
  number   text,
  title    text,
  matter   uuid,
  primary key (county, stream, place)
);
comment on table  owed          is 'What is owed: by a unit, or by one person of it, until a day. Written by each record''s own rows; remade by rebuild.';
comment on column owed.official is 'Who owes it; null while it is anybody''s of the unit.';
comment on column owed.due      is 'Null while its clock stands still, or where it is simply waited for.';
comment on column owed.title    is 'The record''s own words, while they are kept.';
create index owed_official on owed (county, official, due) where official is not null;
create index owed_unit     on owed (county, unit, due)     where unit is not null;
