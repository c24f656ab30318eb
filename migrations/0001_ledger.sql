-- The ledger: everything that happens, append-only. The county is the first column of every key,
-- so that one county lives on one shard whole.

create table event (
  county      int         not null,
  stream      uuid        not null,
  version     int         not null,
  record      text        not null,
  kind        text        not null,
  data        jsonb       not null,
  personal    bytea,
  actor       text        not null,
  at          timestamptz not null,
  recorded_at timestamptz not null,
  command     uuid        not null,
  device      text,
  primary key (county, stream, version)
);
comment on table  event             is 'What happened. Inserted once, never updated, never deleted.';
comment on column event.stream      is 'The record the event belongs to, e.g. one matter.';
comment on column event.version     is 'Place in the record''s history, from 1. The key makes two writers of one record conflict.';
comment on column event.record      is 'Kind of record: matter, visit, household …';
comment on column event.personal    is 'SHA-256 of the sealed box in vault that holds the personal part, if there is one.';
comment on column event.at          is 'When it happened; recorded_at is when the server took it in.';

create table vault (
  county  int   not null,
  stream  uuid  not null,
  version int   not null,
  box     bytea not null,
  primary key (county, stream, version)
);
comment on table vault is 'The personal part of an event, encrypted. Erasing a row leaves the chain whole: the chain holds only the hash of the box.';

create table command (
  county      int         not null,
  id          uuid        not null,
  verdict     jsonb       not null,
  actor       text        not null,
  recorded_at timestamptz not null,
  primary key (county, id)
);
comment on table command is 'The answer given to each command, so that a command sent twice is answered twice and done once.';
comment on column command.actor is 'Who gave it: the answer is for them alone.';

create table unsealed (
  county int  not null,
  stream uuid not null,
  first  int  not null,
  last   int  not null,
  primary key (county, stream, first)
);
comment on table unsealed is 'Committed events the sealer has not reached yet: a queue, written with the events and emptied by the sealer.';

create table seal (
  county  int    not null,
  seq     bigint not null,
  stream  uuid   not null,
  version int    not null,
  hash    bytea  not null,
  primary key (county, seq),
  unique (county, stream, version)
);
comment on table seal is 'The order everyone follows and the hash chain: hash = SHA-256(previous hash ‖ canonical event).';

create table checkpoint (
  county    int         not null,
  day       date        not null,
  seq       bigint      not null,
  hash      bytea       not null,
  signature bytea       not null,
  at        timestamptz not null,
  primary key (county, day)
);
comment on table checkpoint is 'Count and last hash of the chain, signed once a day; publish it and nobody can rewrite what stands before it.';

create table counter (
  county int    not null,
  name   text   not null,
  next   bigint not null,
  primary key (county, name)
);
comment on table counter is 'Next free number of a series. Processes take blocks, so gaps are normal and writers do not queue here.';

create table county (
  county     int         primary key,
  name       text        not null,
  prefix     text        not null,
  desk       uuid,
  founded_at timestamptz not null
);
comment on table  county        is 'The counties kept in this database. Written once when a county is founded.';
comment on column county.prefix is 'Letters before every matter number, e.g. QH.';
comment on column county.desk   is 'The unit that takes in what no township serves.';
