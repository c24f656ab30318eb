-- Notices: who is told what, by which way, and how far it got.

create table notice_choice (
  county   int     not null,
  id       uuid    not null,
  official uuid    not null,
  mail     boolean not null,
  digest   boolean not null,
  primary key (county, id)
);
comment on table  notice_choice        is 'Read table: how an official wants to be told besides in the system. The address itself is in the vault.';
comment on column notice_choice.mail   is 'An address was given.';
comment on column notice_choice.digest is 'What is not urgent comes in one letter a working day.';
create unique index notice_choice_official on notice_choice (county, official);

create table texting (
  county  int     not null,
  id      uuid    not null,
  matter  uuid    not null,
  allowed boolean not null,
  primary key (county, id)
);
comment on table texting is 'Read table: what a resident said about text messages on one matter. Without a row the rule of the county stands.';
create unique index texting_matter on texting (county, matter);

-- The tables below stand outside the ledger: what was passed on and how far it got. Nothing a county's history needs;
-- after a restore nothing is told a second time, and reminders begin with the next step of each clock.

create table notice (
  county   int         not null,
  id       uuid        not null,
  official uuid,
  record   text        not null,
  stream   uuid        not null,
  kind     text        not null,
  urgent   boolean     not null,
  words    jsonb       not null,
  clock    text,
  at       timestamptz not null,
  shown_at timestamptz,
  read_at  timestamptz,
  taken_at timestamptz,
  primary key (county, id)
);
comment on table  notice          is 'One thing one person is told. The id follows from its cause, so that no cause tells anyone twice.';
comment on column notice.official is 'Null: the resident who raised the matter.';
comment on column notice.stream   is 'The record it is about.';
comment on column notice.words    is 'Number, state, day, ids of units: never a name, a telephone number or what somebody wrote.';
comment on column notice.clock    is 'A reminder: the run of a clock it belongs to, with the due date it had.';
comment on column notice.taken_at is 'When it was taken back, because its clock stood still, moved or ended.';
create index notice_of      on notice (county, official, at desc, id) where official is not null and shown_at is not null and taken_at is null;
create index notice_unread  on notice (county, official) where official is not null and shown_at is not null and taken_at is null and read_at is null;
create index notice_about   on notice (county, stream, at);
create index notice_age     on notice (county, at);

create table notice_delivery (
  county        int         not null,
  notice        uuid        not null,
  way           text        not null check (way in ('in-app', 'mail', 'sms')),
  state         text        not null check (state in ('waiting', 'sending', 'sent', 'delivered', 'failed', 'withdrawn')),
  next_at       timestamptz not null,
  attempts      int         not null,
  batch         uuid,
  claim         uuid,
  claimed_until timestamptz,
  fault         text,
  sent_at       timestamptz,
  delivered_at  timestamptz,
  primary key (county, notice, way)
);
comment on table  notice_delivery               is 'The outbox: everything that leaves, from when it is due until it arrived or was given up.';
comment on column notice_delivery.next_at       is 'Not before: quiet hours, the hour of the digest, or the next attempt.';
comment on column notice_delivery.batch         is 'A digest: all rows of one batch are one letter.';
comment on column notice_delivery.claim         is 'The process that is sending it now; it alone may say how that went.';
comment on column notice_delivery.claimed_until is 'After this it is somebody else''s to send: the process died on the way.';
create index notice_delivery_due on notice_delivery (county, way, next_at) where state in ('waiting', 'sending');
create index notice_delivery_end on notice_delivery (county, sent_at) where state in ('sent', 'delivered');

create table notice_cursor (
  county int    not null,
  name   text   not null,
  seq    bigint not null,
  mark   text   not null,
  place  uuid,
  primary key (county, name)
);
comment on table  notice_cursor      is 'How far the sealed order was looked at for notices, and by which rules the reminders of all open records were planned.';
comment on column notice_cursor.mark is 'Print of the rules the plan was made by; another one plans anew, record by record from place.';

create table reminder (
  county  int         not null,
  stream  uuid        not null,
  clock   text        not null,
  record  text        not null,
  next_at timestamptz,
  done    text[]      not null,
  primary key (county, stream, clock)
);
comment on table  reminder         is 'One row for each running clock: when its next reminder is due and which steps are behind it.';
comment on column reminder.next_at is 'Null: no step is left.';
create index reminder_due on reminder (county, next_at) where next_at is not null;
