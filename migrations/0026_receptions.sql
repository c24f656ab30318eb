-- Leaders' reception days (D1) and the one-stop hall (D2). All read tables, remade by rebuild.

create table rota (
  county       int  not null,
  id           uuid not null,
  county_area  uuid,
  township     uuid,
  village      uuid,
  grid         uuid,
  area         uuid not null,
  duty         text not null,
  duty_name    text not null,
  month        text not null,
  status       text not null check (status in ('draft', 'published')),
  entries      int  not null,
  published_at timestamptz,
  primary key (county, id)
);
comment on table rota is '接访表: who receives on which day of a month, by one duty. Remade by rebuild.';
create index rota_month on rota (county, month);

create table reception_day (
  county        int    not null,
  id            uuid   not null,
  county_area   uuid,
  township      uuid,
  village       uuid,
  grid          uuid,
  official      uuid   not null,
  planned       uuid   not null,
  rank          text   not null,
  duty          text,
  day           date   not null,
  starts        text   not null,
  ends          text   not null,
  slot_minutes  int    not null,
  spot          text   not null,
  status        text   not null check (status in ('announced', 'begun', 'ended', 'cancelled')),
  reason        text,
  substitutions jsonb  not null,
  held_slots    text[] not null,
  missed        int    not null,
  received      int    not null,
  began_at      timestamptz,
  ended_at      timestamptz,
  announced_by  text   not null,
  primary key (county, id)
);
comment on table  reception_day               is '领导接访日: one leader, one day, one place. Remade by rebuild.';
comment on column reception_day.official      is 'Who sits; planned: whose day it was first.';
comment on column reception_day.rank          is 'The rank of whoever sits, in the words of its time.';
comment on column reception_day.held_slots    is 'Turns that are booked; who booked stands in the vault only.';
comment on column reception_day.received      is 'How many were received, as batches; the persons stand with the items.';
create index reception_day_day      on reception_day (county, day);
create index reception_day_official on reception_day (county, official, day);
create index reception_day_planned  on reception_day (county, planned, day);

create table reception_item (
  county       int     not null,
  reception    uuid    not null,
  place        int     not null,
  county_area  uuid,
  township     uuid,
  village      uuid,
  grid         uuid,
  day          date    not null,
  official     uuid    not null,
  people       int     not null,
  matter       uuid    not null,
  linked       boolean not null,
  promised     text,
  unit         uuid,
  due          date,
  kept         boolean,
  followed_on  date,
  primary key (county, reception, place)
);
comment on table  reception_item          is 'Who was received, each with the matter it became or was linked to. Remade by rebuild.';
comment on column reception_item.people   is 'Persons of this batch (人次 of one 批次).';
comment on column reception_item.promised is 'What was promised, by which unit and until when; kept as the desk sees it, null while nobody looked.';
create index reception_item_official on reception_item (county, official, day);
create index reception_item_unit     on reception_item (county, unit, due) where promised is not null;

create table hall_desk (
  county      int    not null,
  id          uuid   not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  area        uuid   not null,
  code        text   not null,
  unit        uuid   not null,
  form        text   not null check (form in ('permanent', 'duty')),
  weekdays    jsonb  not null,
  starts      text   not null,
  ends        text   not null,
  duties      text[] not null,
  people      uuid[] not null,
  status      text   not null check (status in ('open', 'closed')),
  opened_on   date   not null,
  sitting     uuid,
  since       timestamptz,
  primary key (county, id)
);
comment on table  hall_desk         is '大厅窗口: a department''s desk in the hall, kept every day or on its weekdays. Remade by rebuild.';
comment on column hall_desk.sitting is 'Who sits there now, by their own act.';
create index hall_desk_area on hall_desk (county, area);

create table hall_manned (
  county   int  not null,
  desk     uuid not null,
  day      date not null,
  official uuid not null,
  primary key (county, desk, day, official)
);
comment on table hall_manned is 'Days on which somebody sat at a desk. Remade by rebuild.';

create table ticket (
  county      int    not null,
  id          uuid   not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  area        uuid   not null,
  day         date   not null,
  number      text   not null,
  desk        uuid   not null,
  desks       uuid[] not null,
  units       uuid[] not null,
  first       boolean not null,
  status      text   not null check (status in ('waiting', 'called', 'serving', 'missed', 'done')),
  taken_at    timestamptz not null,
  queued_at   timestamptz not null,
  called_at   timestamptz,
  received_at timestamptz,
  finished_at timestamptz,
  misses      int    not null,
  transfers   int    not null,
  matters     uuid[] not null,
  primary key (county, id)
);
comment on table  ticket           is '排队号: a number in the hall''s queue, without a name. Remade by rebuild.';
comment on column ticket.queued_at is 'By which it stands in the queue; a transfer keeps its place.';
create index ticket_day on ticket (county, area, day, status);
