-- Going down to the villages: labour days (B4), pairs (B7), festival visits (B8). All read tables, remade by rebuild.

create table labour (
  county       int  not null,
  id           uuid not null,
  county_area  uuid not null,
  township     uuid,
  village      uuid not null,
  official     uuid not null,
  unit         uuid not null,
  day          date not null,
  part         text not null check (part in ('morning', 'afternoon', 'day')),
  days         numeric(2, 1) not null,
  note         text not null,
  status       text not null check (status in ('open', 'returned', 'confirmed')),
  reason       text not null,
  confirmed_at timestamptz,
  confirmed_by uuid,
  signer       text not null,
  primary key (county, id)
);
comment on table  labour        is 'One row for each entry of labour beside residents; withdrawn ones have none.';
comment on column labour.days   is 'Half a day is 0.5.';
comment on column labour.reason is 'Why the village sent it back, in its words.';
comment on column labour.signer is 'Who signed for the village on glass; empty where an official of the village confirmed.';
create index labour_official on labour (county, official, day);
create index labour_village  on labour (county, village, status);
create index labour_day      on labour (county, day);

create table labour_output (
  county int  not null,
  id     uuid not null,
  kind   text not null,
  amount numeric(12, 1) not null,
  primary key (county, id, kind)
);
comment on table labour_output is 'What was done in an entry: each worker''s own share, so that sums over people, units and places are true.';

create table pair (
  county      int  not null,
  id          uuid not null,
  county_area uuid not null,
  township    uuid,
  village     uuid,
  grid        uuid,
  household   uuid not null,
  official    uuid not null,
  unit        uuid not null,
  since       date not null,
  until       date not null,
  status      text not null check (status in ('lasting', 'ended')),
  ended_on    date,
  end_reason  text,
  reviewed_on date,
  review_due  date,
  primary key (county, id)
);
comment on table  pair            is 'An official and a household bound to each other with the household''s signed consent.';
comment on column pair.until      is 'Last day of the consent.';
comment on column pair.review_due is 'When the next look at the plan is due; null once ended.';
create index pair_household on pair (county, household);
create index pair_official  on pair (county, official, status);
create index pair_village   on pair (county, village);

create table pair_measure (
  county  int  not null,
  pair    uuid not null,
  place   int  not null,
  give    text not null,
  what    text not null,
  due     date not null,
  done_on date,
  done    text not null,
  said_on date,
  said    text not null,
  primary key (county, pair, place)
);
comment on table  pair_measure      is 'The plan of one household: what is given, by when, what was done, and what came of it in the household''s own words.';
comment on column pair_measure.said is 'The household''s own words; empty while it has said nothing.';
create index pair_measure_due on pair_measure (county, due) where done_on is null;

create table festival (
  county      int   not null,
  id          uuid  not null,
  county_area uuid  not null,
  township    uuid,
  area        uuid  not null,
  name        text  not null,
  day         date  not null,
  starts      date  not null,
  groups      jsonb not null,
  sources     jsonb not null,
  closed      bool  not null,
  primary key (county, id)
);
comment on table  festival         is 'One round of visits before a festival in one place.';
comment on column festival.day     is 'The festival: all must be visited and paid before this day.';
comment on column festival.groups  is 'The groups meant, each with the rule by which the register finds its households.';
comment on column festival.sources is 'Where the money comes from, with the limit of each in cents, null without one.';
create index festival_day on festival (county, day);

create table gift (
  county      int    not null,
  id          uuid   not null,
  county_area uuid   not null,
  township    uuid,
  village     uuid,
  grid        uuid,
  festival    uuid   not null,
  household   uuid   not null,
  source      text   not null,
  cents       bigint not null,
  goods       text   not null,
  status      text   not null check (status in ('proposed', 'approved', 'refused', 'given', 'declined')),
  proposed_by uuid   not null,
  decided_by  uuid,
  given_by    uuid,
  given_at    timestamptz,
  visit       uuid,
  primary key (county, id)
);
comment on table  gift       is 'Money or goods for one household in one round: proposed, approved by another, handed over on a visit, signed for.';
comment on column gift.visit is 'The visit on which it was handed over: the diary entry, never typed again.';
create index gift_festival  on gift (county, festival, household);
create index gift_household on gift (county, household);
