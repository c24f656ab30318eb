-- Phones that keep a part of the county with them, and what they sent that this version cannot read yet.

create table device (
  county     int         not null,
  id         uuid        not null,
  official   uuid        not null,
  name       text        not null,
  secret     bytea       not null,
  session    bytea,
  opened_at  timestamptz not null,
  seen_at    timestamptz not null,
  app        text        not null,
  seq        bigint      not null,
  households int         not null,
  unsent     int         not null,
  persisted  bool        not null,
  clock_ms   bigint      not null,
  locked_at  timestamptz,
  locked_by  uuid,
  wiped_at   timestamptz,
  primary key (county, id)
);
comment on table  device            is 'Phones that hold files for work without network. Outside the ledger: who holds which key at this moment. After a restored backup every phone registers anew.';
comment on column device.secret     is 'The key that signs this phone''s rescue files, sealed like a personal part. Issued once, at registration.';
comment on column device.session    is 'SHA-256 of the token it came with last, so that locking the phone ends its session.';
comment on column device.seq        is 'How far in the sealed order it said it had followed.';
comment on column device.households is 'How many households it said it holds.';
comment on column device.unsent     is 'How many things it said were waiting on it: what a lock would lose.';
comment on column device.clock_ms   is 'How far ahead of the server''s its clock was at the last contact.';
comment on column device.locked_at  is 'From then on it gets nothing but the order to wipe itself.';
comment on column device.wiped_at   is 'When it said that it had removed all personal data.';
create index device_official on device (county, official);

create table command_aside (
  county  int         not null,
  command uuid        not null,
  at      timestamptz not null,
  app     text        not null,
  fields  text[]      not null,
  box     bytea       not null,
  primary key (county, command)
);
comment on table  command_aside     is 'Fields of an accepted command that this version does not know: a newer phone sent them. Kept sealed, so that a newer server can take them in.';
comment on column command_aside.box is 'The unknown fields as JSON, sealed like a personal part.';
