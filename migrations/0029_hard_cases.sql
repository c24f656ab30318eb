-- Hard cases adopted by a leader, and campaigns to clear old ones (rows D3, D4).

create table hard_case (
  county      int    not null,
  id          uuid   not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  matter      uuid   not null,
  unit        uuid   not null,
  leader      uuid   not null,
  team        uuid[] not null,
  status      text   not null check (status in ('proposed', 'declined', 'adopted', 'ended')),
  asked_on    date,
  adopted_on  date,
  until       date,
  put_off     int    not null,
  hand_to     uuid,
  handed_over int    not null,
  own         int    not null,
  said        int    not null,
  delegated   int    not null,
  last_own    date,
  end_asked   boolean not null,
  ended_on    date,
  ground      text,
  backlog     uuid,
  primary key (county, id)
);
comment on table  hard_case           is '包案: a matter a leader owns to its end. Whether the resident''s word has ended it, the matter says. Remade by rebuild.';
comment on column hard_case.leader    is 'Who owns it; while proposed, who was asked.';
comment on column hard_case.own       is 'What the leader did in person and says so; said: written down for them, not yet confirmed; delegated: done by others.';
comment on column hard_case.hand_to   is 'A leader who was asked to take it and has not answered.';
comment on column hard_case.ended_on  is 'The end the procedure has; null where the resident''s word decides.';
create unique index hard_case_matter on hard_case (county, matter);
create index hard_case_leader on hard_case (county, leader);
create index hard_case_team on hard_case using gin (team);

create table hard_case_act (
  county    int  not null,
  hard_case uuid not null,
  place     int  not null,
  leader    uuid not null,
  official  uuid not null,
  sort      text not null,
  day       date not null,
  state     text not null check (state in ('own', 'delegated', 'said', 'denied')),
  primary key (county, hard_case, place)
);
comment on table hard_case_act is 'What was done for a hard case, by whom; the words stand in the vault. Remade by rebuild.';
create index hard_case_act_day on hard_case_act (county, leader, day);

create table backlog (
  county      int  not null,
  id          uuid not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  area        uuid not null,
  name        text not null,
  older_than  int  not null,
  reopened    int  not null,
  starts      date not null,
  until       date not null,
  ended_on    date,
  words       text,
  source      text not null,
  stock       int  not null,
  primary key (county, id)
);
comment on table backlog is '清案行动: a campaign to clear old cases, its criteria frozen on the first day. Remade by rebuild.';

create table backlog_item (
  county  int     not null,
  backlog uuid    not null,
  matter  uuid    not null,
  stock   boolean not null,
  leader  uuid,
  primary key (county, backlog, matter)
);
comment on table  backlog_item       is 'What a campaign is about. Remade by rebuild.';
comment on column backlog_item.stock is 'It met the criteria on the first day; else it came in later and was given to a leader.';
create index backlog_item_matter on backlog_item (county, matter);
