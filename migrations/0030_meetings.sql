-- Meetings with their tasks, standing groups with their seats, three layers of responsibility, matters sent to a meeting.
create table meeting (
  county         int    not null,
  id             uuid   not null,
  county_area    uuid,
  township       uuid,
  village        uuid,
  grid           uuid,
  template       text   not null,
  series         text   not null,
  name           text   not null,
  status         text   not null check (status in ('called', 'held', 'cancelled')),
  unit           uuid   not null,
  standing_group uuid,
  day            date   not null,
  starts         text   not null,
  place          text   not null,
  chair          uuid   not null,
  units          uuid[] not null,
  people         uuid[] not null,
  invited        int    not null,
  present        int    not null,
  written_on     date,
  tasks          int    not null,
  kept           int    not null,
  open           int    not null,
  primary key (county, id)
);
comment on table  meeting        is '会议: called, held or called off. What was said stands in its minutes only. Remade by rebuild.';
comment on column meeting.series is 'Meetings of one kind of one unit or group: each looks at the last one''s tasks.';
comment on column meeting.people is 'Whoever was called, came, or has a task from it.';
comment on column meeting.open   is 'Tasks that no later meeting found kept yet.';
create index meeting_day    on meeting (county, day);
create index meeting_series on meeting (county, series, day);
create index meeting_people on meeting using gin (people);

create table meeting_task (
  county      int     not null,
  meeting     uuid    not null,
  place       int     not null,
  series      text    not null,
  held_on     date    not null,
  unit        uuid    not null,
  official    uuid    not null,
  words       text    not null,
  due         date    not null,
  state       text    not null,
  open        boolean not null,
  reported_on date,
  report      text,
  checked_at  uuid[]  not null,
  primary key (county, meeting, place)
);
comment on table  meeting_task            is 'What a meeting decided that somebody does until a day. Remade by rebuild.';
comment on column meeting_task.checked_at is 'Later meetings that looked at it, in order.';
create index meeting_task_series   on meeting_task (county, series) where open;
create index meeting_task_unit     on meeting_task (county, unit, due) where open;
create index meeting_task_official on meeting_task (county, official, due) where open;
create index meeting_task_checked  on meeting_task using gin (checked_at);

create table standing_group (
  county      int  not null,
  id          uuid not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  form        text not null check (form in ('leading', 'joint')),
  name        text not null,
  status      text not null check (status in ('standing', 'ended')),
  area        uuid not null,
  office      uuid not null,
  since       date not null,
  until       date,
  primary key (county, id)
);
comment on table standing_group is '领导小组, 联席会议. Remade by rebuild.';

create table standing_seat (
  county         int  not null,
  standing_group uuid not null,
  place          int  not null,
  official       uuid not null,
  seat           text not null check (seat in ('chair', 'deputy', 'member', 'liaison')),
  since          date not null,
  until          date,
  primary key (county, standing_group, place)
);
comment on table standing_seat is 'Who sits in a standing group, as what, from a day until a day. Remade by rebuild.';
create index standing_seat_official on standing_seat (county, official);

create table responsibility (
  county    int  not null,
  id        uuid not null,
  unit      uuid not null,
  field     text not null,
  principal uuid not null,
  deputy    uuid not null,
  liaison   uuid not null,
  since     date not null,
  primary key (county, id)
);
comment on table responsibility is '三层责任: who answers for a field of work in a unit now. Remade by rebuild.';
create index responsibility_unit on responsibility (county, unit, field);

create table referral (
  county  int  not null,
  id      uuid not null,
  matter  uuid not null,
  unit    uuid not null,
  status  text not null check (status in ('waiting', 'withdrawn', 'settled')),
  day     date not null,
  reason  text not null,
  made_by text not null,
  meeting uuid,
  primary key (county, id)
);
comment on table referral is 'A matter sent to a unit''s joint meeting, until one that had it on its agenda was held. Remade by rebuild.';
create index referral_unit on referral (county, unit, day) where status = 'waiting';
create index referral_matter on referral (county, matter);

-- Suggestions: from being filed to what became of them.
create table suggestion (
  county      int     not null,
  id          uuid    not null,
  number      text    not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  area        uuid    not null,
  channel     text    not null,
  status      text    not null,
  title       text,
  anonymous   boolean not null,
  unit        uuid,
  filed_on    date    not null,
  screen_by   date    not null,
  screened_on date,
  answer_by   date,
  answered_on date,
  outcome     text check (outcome in ('adopted', 'partly', 'not')),
  follow_by   date,
  done_on     date,
  thanked     boolean not null,
  listed      boolean not null,
  primary key (county, id)
);
comment on table  suggestion        is '献计献策. Who made one stands in the vault only. Remade by rebuild.';
comment on column suggestion.title  is 'What it is about in a line; empty once the personal part was erased.';
comment on column suggestion.listed is 'Adopted, and whoever made it said yes to the public list.';
create unique index suggestion_number on suggestion (county, number);
create index suggestion_filed on suggestion (county, filed_on);
create index suggestion_unit  on suggestion (county, unit) where status = 'sent';
