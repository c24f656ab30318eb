-- Matters: one row each, as lists, ledgers and statistics read them; and their words for search.
create table matter (
  county            int         not null,
  id                uuid        not null,
  number            text        not null,
  channel           text        not null,
  procedure         text        not null,
  subject           text,
  township          uuid,
  village           uuid,
  grid              uuid,
  area              uuid        not null,
  unit              uuid        not null,
  dispatched        boolean     not null,
  first_unit        uuid,
  leader            uuid,
  handler           uuid,
  official          uuid,
  household         uuid,
  resident          uuid,
  anonymous         boolean     not null,
  category          text,
  status            text        not null,
  open              boolean     not null,
  disposition       text,
  received_at       timestamptz not null,
  registered_at     timestamptz not null,
  dispatched_at     timestamptz,
  acknowledged_at   timestamptz,
  first_answered_at timestamptz,
  resolved_at       timestamptz,
  closed_at         timestamptz,
  closed_by         text,
  clock             text,
  due               timestamptz,
  work_due          timestamptz,
  paused            boolean     not null,
  recheck_on        date,
  returns           int         not null,
  reopenings        int         not null,
  unreached         int         not null,
  return_asked      boolean     not null,
  extension_asked   text,
  to_tell           text[]      not null,
  score             int,
  delay             text,
  decided_at        timestamptz,
  decided_unit      uuid,
  primary key (county, id)
);
comment on table  matter            is 'A matter as it stands: the fold of its events. Remade by rebuild.';
comment on column matter.unit       is 'The unit that answers for it: the desk that took it in until it is dispatched.';
comment on column matter.due        is 'When the clock that runs now ends; empty while it stands still or none runs.';
comment on column matter.work_due   is 'When the responsible unit''s own clock ends; empty while the matter waits for the desk or the resident.';
comment on column matter.decided_at is 'When a person last decided its category or unit: what proposals are learned from.';
comment on column matter.subject    is 'Empty once the personal part was erased.';
create unique index matter_number on matter (county, number);
create index matter_due        on matter (county, due) where open;
create index matter_unit_due   on matter (county, unit, due) where open;
-- Whose turn it is follows from the status: what is new stands behind all that is late in the order of dates.
create index matter_status     on matter (county, status, due) where open;
create index matter_town_due   on matter (county, township, due) where open;
-- What waits for somebody's word is little among much that is open: without it today's page looks through all of that.
create index matter_word       on matter (county, due) where open and (extension_asked is not null or return_asked or cardinality(to_tell) > 0);
-- With the first answer beside it, the median of a year's days is read from the index alone.
create index matter_registered on matter (county, registered_at) include (first_answered_at);
create index matter_unit       on matter (county, unit, registered_at);
create index matter_township   on matter (county, township, registered_at);
-- A village's month asks for what was carried over: found in the index alone, whatever the village's stock (a million
-- matters: 18 ms for the page of a recent month, 45 ms for one five years back).
create index matter_village    on matter (county, village, registered_at, closed_at, open);
create index matter_decided   on matter (county, decided_at) where decided_at is not null;
create index matter_household  on matter (county, household) where household is not null;
create index matter_official   on matter (county, official) where official is not null;

create table matter_text (
  county        int         not null,
  id            uuid        not null,
  registered_at timestamptz not null,
  text          text        not null,
  pairs         bigint[]    not null,
  primary key (county, id)
);
comment on table  matter_text       is 'What a matter says, for search. Nothing here changes when a matter moves on: its row and its many index entries are written once.';
comment on column matter_text.pairs is 'Pairs of neighbouring characters, each one number with the quarter of the year it was registered in: see src/matters/text.ts.';
-- New pairs wait in a list of at most 16 MB and are worked in together: a third less time for each message taken in,
-- against some milliseconds of looking through that list when searching.
create index matter_text_pairs on matter_text using gin (pairs) with (gin_pending_list_limit = 16384);

create table matter_note (
  county       int     not null,
  id           uuid    not null,
  reporter     text,
  confidential boolean not null,
  measures     text,
  said         text,
  primary key (county, id)
);
comment on table  matter_note          is 'What the ledger''s long columns say of a matter: apart from its row, so that lists stay narrow.';
comment on column matter_note.reporter is 'The reporter''s name masked (陈**), shown only to who may know it.';
comment on column matter_note.said     is 'What the unit told the resident last.';
