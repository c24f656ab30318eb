-- 群众评议干部. One row says where a review stands; what was chosen is in the urn alone, and nowhere once it is closed.
create table ballot (
  county      int    not null,
  id          uuid   not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  area        uuid   not null,
  half        text   not null,
  status      text   not null check (status in ('open', 'closed', 'void')),
  opened_on   date   not null,
  until       date   not null,
  ended       boolean not null,
  closed_on   date,
  enough      boolean not null,
  office      uuid   not null,
  subjects    uuid[] not null,
  primary key (county, id)
);
comment on table  ballot          is 'A half-yearly review of the officials stationed in a place. Remade by rebuild.';
comment on column ballot.half     is 'Year and half: 2026-2.';
comment on column ballot.enough   is 'Closed, and with enough ballots for a figure to be shown.';
comment on column ballot.subjects is 'Officials it is about.';
-- Two who open one at the same moment: the later one decides again and is refused.
create unique index ballot_once on ballot (county, area, half) where status <> 'void';
create index ballot_subjects on ballot using gin (subjects);

-- The urn of an open review: one sealed box of constant size that holds every ballot cast, in the order of their hashes.
-- Written anew as a whole with each ballot, so that neither rows nor their places, ages or sizes tell one from another.
-- Not in the ledger, not in a backup; taken away at the close.
create table ballot_urn (
  county int     not null,
  ballot uuid    not null,
  box    bytea   not null,
  shut   boolean not null,
  primary key (county, ballot)
) with (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0,
        toast.autovacuum_vacuum_threshold = 1, toast.autovacuum_vacuum_scale_factor = 0);
comment on table  ballot_urn      is 'Ballots cast and not yet counted. Without times, numbers or names; gone at the close.';
comment on column ballot_urn.shut is 'It is being counted: nothing is put in any more.';
-- Already encrypted: trying to make it smaller would let its size tell something.
alter table ballot_urn alter column box set storage external;
