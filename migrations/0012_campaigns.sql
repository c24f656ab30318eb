-- Teams beside the organisation tree, campaigns, and what is done on them besides visits.

create table team (
  county   int     not null,
  id       uuid    not null,
  parent   uuid,
  name     text    not null,
  purpose  text    not null,
  area     uuid    not null,
  chain    uuid[]  not null,
  campaign uuid,
  since    date    not null,
  until    date,
  ended    boolean not null,
  primary key (county, id)
);
comment on table  team          is 'Teams (工作队, no parent) and groups (工作组, in a team). One row for each team record. Remade by rebuild.';
comment on column team.chain    is 'Path of the area it works in, from the county down.';
comment on column team.campaign is 'The campaign it works for; a group may leave it to its team.';
comment on column team.until    is 'Last day, when it is known; ended once somebody said so.';
create unique index team_name on team (county, parent, name) nulls not distinct where not ended;
create index team_campaign on team (county, campaign) where campaign is not null;
create index team_parent on team (county, parent) where parent is not null;

create table team_place (
  county int  not null,
  team   uuid not null,
  place  text not null check (place in ('village', 'household', 'enterprise')),
  target uuid not null,
  since  date not null,
  until  date,
  primary key (county, team, place, target, since)
);
comment on table team_place is 'Where a team or group works: villages, households, enterprises, each for a time.';
create index team_place_target on team_place (county, target);

create table team_member (
  county   int  not null,
  id       uuid not null,
  place    int  not null,
  official uuid not null,
  team     uuid not null,
  role     text not null check (role in ('leader', 'deputy', 'member')),
  since    date not null,
  until    date,
  reason   text,
  primary key (county, id, place)
);
comment on table  team_member        is 'Stays of officials in teams. One record (id) is one official''s way through the groups, in order of place.';
comment on column team_member.until  is 'Last day; null while it lasts. It never lasts longer than the team.';
-- Of two who would lead one team, the later writer decides again and is refused.
create unique index team_leader on team_member (county, team) where role = 'leader' and until is null;
create unique index team_once on team_member (county, team, official) where until is null;
create index team_member_official on team_member (county, official, since);
create index team_member_team on team_member (county, team, since);

create table campaign (
  county  int   not null,
  id      uuid  not null,
  name    text  not null,
  code    text  not null,
  area    uuid  not null,
  chain   uuid[] not null,
  since   date  not null,
  until   date,
  planned date,
  ended   boolean not null,
  before  uuid,
  plan    jsonb not null,
  moves   jsonb not null,
  primary key (county, id)
);
comment on table  campaign         is 'Campaigns with the plan each was started with. Remade by rebuild.';
comment on column campaign.until   is 'Last day; nothing counts after it. Null for a standing duty that goes on.';
comment on column campaign.planned is 'The last day as planned: figures stay broken down to it when it ends early.';
comment on column campaign.before  is 'The campaign it goes on from.';
comment on column campaign.moves   is 'Figures moved between months: which, from, to, how much, why, by whom, when.';
create unique index campaign_before on campaign (county, before) where before is not null;

create table occasion (
  county    int     not null,
  id        uuid    not null,
  kind      text    not null,
  area      uuid    not null,
  chain     uuid[]  not null,
  day       date    not null,
  title     text    not null,
  officials uuid[]  not null,
  people    int     not null,
  amount    bigint  not null,
  unit      uuid,
  primary key (county, id)
);
comment on table  occasion           is 'Symposia, talks, deeds and the like, each written once for all who took part. What was withdrawn is not here.';
comment on column occasion.officials is 'Who took part.';
comment on column occasion.amount    is '元, for aid.';
comment on column occasion.unit      is 'The enterprise that was helped.';
create index occasion_day on occasion (county, day);
create index occasion_officials on occasion using gin (officials);

create table visit_form (
  county   int   not null,
  id       uuid  not null,
  visit    uuid  not null,
  official uuid  not null,
  day      date  not null,
  answers  jsonb not null,
  primary key (county, id)
);
comment on table  visit_form         is 'What a visit says for its campaigns besides the diary: the option chosen, by fact. One for each visit, whatever campaigns ask.';
create unique index visit_form_visit on visit_form (county, visit);
create index visit_form_day on visit_form (county, day);
