-- What a newer phone said and this server refused after the upgrade is kept so long that whoever wrote it can be told and
-- write it anew; then its words go, and what remains is that it was there and why it was refused.
alter table command_deferred
  add column app     text not null default '',
  add column told_at timestamptz,
  alter column box drop not null;
comment on column command_deferred.app     is 'Which build of the room spoke.';
comment on column command_deferred.told_at is 'When whoever wrote it was first told that it was refused, on a phone or at a desk.';
comment on column command_deferred.box     is 'What was said, sealed like a personal part; nothing once it was accepted, for then the ledger has it, or once its time is over.';
create index command_deferred_refused on command_deferred (county, decided_at) where verdict = 'refused' and box is not null;
