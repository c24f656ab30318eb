-- Households and residents: who lives there and how to reach them. Phone numbers stand in the vault only.
create table household (
  county      int    not null,
  id          uuid   not null,
  county_area uuid   not null,
  township    uuid,
  village     uuid,
  grid        uuid,
  address     text   not null,
  head        text   not null,
  contact     uuid,
  needs       text[] not null,
  pinyin      text   not null,
  initials    text   not null,
  residents   int    not null,
  moved       bool   not null,
  primary key (county, id)
);
comment on table  household             is 'One row for each registered household; the record of the same id is its history.';
comment on column household.county_area is 'Root of the area chain, so that a scope on the whole county reaches it.';
comment on column household.grid        is 'Null where the village has no grids.';
comment on column household.head        is 'Name of the householder; pinyin and initials are of this name.';
comment on column household.contact     is 'The official who keeps contact; null is a gap to be filled.';
comment on column household.needs       is 'Services somebody in it consented to be known for; each with its end date in resident_need.';
comment on column household.residents   is 'How many live there now.';
create index household_village  on household (county, village, moved);
create index household_grid     on household (county, grid);
create index household_township on household (county, township, moved);
create index household_contact  on household (county, contact);

create table resident (
  county      int  not null,
  id          uuid not null,
  household   uuid not null,
  place       int  not null,
  name        text not null,
  relation    text not null,
  born_year   int,
  phone_print text,
  pinyin      text not null,
  initials    text not null,
  "left"      bool not null,
  primary key (county, household, id)
);
comment on table  resident             is 'One row for each person of a household, in the order of the household book.';
comment on column resident.phone_print is 'Keyed fingerprint of the phone number: finds an exact number, shows none.';
create index resident_name     on resident (county, name text_pattern_ops);
create index resident_pinyin   on resident (county, pinyin text_pattern_ops);
create index resident_initials on resident (county, initials text_pattern_ops);
create index resident_phone    on resident (county, phone_print) where phone_print is not null;

create table resident_need (
  county    int  not null,
  household uuid not null,
  resident  uuid not null,
  what      text not null,
  need      text not null,
  until     date not null,
  primary key (county, household, resident, what, need)
);
comment on table  resident_need       is 'Consents in force: what a resident agreed to be known or written to for, and until when.';
comment on column resident_need.what  is 'needs: a service; sms: messages to the phone (need is empty).';
create index resident_need_need  on resident_need (county, need, until);
create index resident_need_until on resident_need (county, until);

create table read_audit (
  county  int         not null,
  id      uuid        not null,
  at      timestamptz not null,
  reader  text        not null,
  subject uuid        not null,
  what    text        not null,
  why     text,
  primary key (county, id)
);
comment on table  read_audit         is 'Who read which household''s file. Inserted only; no read table, so rebuild leaves it alone.';
comment on column read_audit.reader  is 'Official id, or resident:<record>.';
comment on column read_audit.subject is 'The household.';
create index read_audit_subject on read_audit (county, subject, at desc);
