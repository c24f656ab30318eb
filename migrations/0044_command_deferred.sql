-- Commands of a phone that is newer than this server: they wait here, whole and sealed, until a version that knows
-- what is in them decides them. Half a command is never decided: a field nobody here knows may change what the rest means.
create table command_deferred (
  county      int         not null,
  id          uuid        not null,
  n           int         not null,
  official    uuid        not null,
  device      uuid        not null,
  stream      uuid        not null,
  kind        text        not null,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  words       int         not null,
  unknown     text[]      not null,
  box         bytea       not null,
  verdict     text        check (verdict in ('accepted', 'refused')),
  code        text,
  field       text,
  decided_at  timestamptz,
  primary key (county, id)
);
comment on table  command_deferred             is 'Commands in words that this version of the server does not know yet, from newer phones; decided by themselves after an upgrade.';
comment on column command_deferred.n           is 'The order they came in: what was said of one record is decided in it.';
comment on column command_deferred.happened_at is 'When it was written, by the server''s clock.';
comment on column command_deferred.words       is 'Which state of the words the phone spoke.';
comment on column command_deferred.unknown     is 'What is not known: fields, or nothing where the kind itself is not, or where something before it waits.';
comment on column command_deferred.box         is 'What was said, sealed like a personal part.';
comment on column command_deferred.verdict     is 'Once it was decided; the box of an accepted one is empty, for then the ledger has it.';
create index command_deferred_open on command_deferred (county, n) where verdict is null;
create index command_deferred_mine on command_deferred (county, official, n desc);
comment on table command_aside is 'Fields of an accepted command that this version does not know and that no newer phone sent: an older one may say what is no longer asked.';
