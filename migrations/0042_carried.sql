-- Files that went to phones. Fifty phones of one village meeting carry the same thousands of households: each bundle of
-- households stands once, and each phone's taking it is one row instead of one for every household.
create table carried_part (
  county   int    not null,
  id       uuid   not null,
  subjects uuid[] not null,
  primary key (county, id)
);
comment on table  carried_part          is 'Households whose files went to a phone together.';
comment on column carried_part.id       is 'Follows from the households.';
create index carried_part_subjects on carried_part using gin (subjects) with (gin_pending_list_limit = 16384);

create table carried (
  county int         not null,
  part   uuid        not null,
  device uuid        not null,
  day    date        not null,
  at     timestamptz not null,
  reader text        not null,
  primary key (county, part, device, day)
);
comment on table  carried        is 'Which phone took which bundle, on which day. Inserted only; no read table, so rebuild leaves it alone.';
comment on column carried.reader is 'Official id.';
