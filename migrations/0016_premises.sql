-- What each place must have, and those who report what people and places need.
create table premise_item (
  county      int  not null,
  id          uuid not null,
  item        text not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  area        uuid not null,
  list        text not null,
  state       text check (state in ('there', 'partly', 'missing')),
  checked_on  date,
  note        text not null,
  checked_by  text,
  official    uuid,
  due         date,
  primary key (county, id, item)
);
comment on table  premise_item       is '阵地: one row for each item of a place''s checklist that somebody looked at or was charged with. Remade by rebuild.';
comment on column premise_item.list  is 'A checklist of the policy document premises.';
comment on column premise_item.state is 'What was seen last; null while only somebody was charged with it.';
create unique index premise_item_place on premise_item (county, area, list, item);

create table informant (
  county      int     not null,
  id          uuid    not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  area        uuid    not null,
  active      boolean not null,
  agreed_on   date    not null,
  until       date    not null,
  name        text,
  primary key (county, id)
);
comment on table  informant      is '信息员: who offered to report needs, for which place and until when. Remade by rebuild.';
comment on column informant.name is 'Gone once it ended. The telephone stands in the vault only.';
create index informant_village on informant (county, village) where active;

create table need_report (
  county      int         not null,
  id          uuid        not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  informant   uuid        not null,
  about       text        not null check (about in ('place', 'household')),
  status      text        not null check (status in ('asking', 'held', 'passed', 'returned', 'withdrawn')),
  filed_at    timestamptz not null,
  doubts      text[]      not null,
  words       text,
  spot        text,
  reason      text,
  matter      uuid,
  primary key (county, id)
);
comment on table  need_report       is 'Needs of places, and of households that agreed. There is no column for a third person. Remade by rebuild.';
comment on column need_report.words is 'Null until the household agreed, and again when it took it back or it was returned.';
create index need_report_filed on need_report (county, filed_at);
