-- Visits and what was promised on them. Lists, coverage and the diary are queries over these two tables.
create table visit (
  county      int         not null,
  id          uuid        not null,
  household   uuid        not null,
  county_area uuid        not null,
  township    uuid,
  village     uuid,
  grid        uuid,
  official    uuid        not null,
  contact     text        not null,
  met_at      timestamptz not null,
  met_on      date        not null,
  note        text        not null,
  status      text        not null,
  means       text,
  answered_at timestamptz,
  corrections int         not null,
  needs       int         not null,
  categories  text[]      not null,
  revisit_by  date,
  primary key (county, id)
);
comment on table  visit            is 'One row for each visit. Remade by rebuild.';
comment on column visit.contact    is 'met, phone, not-at-home or leaflet; only met is a real contact.';
comment on column visit.met_on     is 'The day of met_at in Shanghai.';
comment on column visit.note       is 'Empty once the personal part was erased.';
comment on column visit.status     is 'signed, declined, unsigned, or silent where nobody was talked to and there is nothing to sign.';
comment on column visit.needs      is 'How many needs were raised.';
comment on column visit.categories is 'Categories of the needs, where given.';
comment on column visit.revisit_by is 'Last day for trying the closed door again; open until somebody is met.';
create index visit_household on visit (county, household, met_at desc);
create index visit_official  on visit (county, official, met_on);
create index visit_township  on visit (county, township, met_on);
create index visit_day       on visit (county, met_on);

create table promise (
  county    int  not null,
  visit     uuid not null,
  place     int  not null,
  household uuid not null,
  county_area uuid not null,
  township  uuid,
  village   uuid,
  grid      uuid,
  official  uuid not null,
  what      text not null,
  made_on   date not null,
  due       date not null,
  kept_on   date,
  late      bool,
  primary key (county, visit, place)
);
comment on table  promise          is 'What an official promised a household, and whether it was kept.';
comment on column promise.place    is 'Place in the visit''s list, from 0.';
comment on column promise.official is 'Who promised.';
comment on column promise.late     is 'Kept after its day; null while open.';
create index promise_household on promise (county, household);
create index promise_official  on promise (county, official, due);
create index promise_open      on promise (county, due) where kept_on is null;
