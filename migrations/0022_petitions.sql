-- The petition procedure: what a petition has come to, the documents of matters and reviews with their service, reviews.

alter table matter add column papers_owed int not null default 0;
comment on column matter.papers_owed is 'Documents that still have to be brought to the person, with proof.';
drop index matter_word;
create index matter_word on matter (county, due)
  where open and (extension_asked is not null or return_asked or cardinality(to_tell) > 0 or papers_owed > 0);

create table petition (
  county              int         not null,
  id                  uuid        not null,
  number              text        not null,
  status              text        not null,
  unit                uuid,
  units               uuid[]      not null,
  hands               text[]      not null,
  accepted_at         timestamptz,
  opinion             text,
  opinion_on          date,
  opinion_received_on date,
  opinion_outcome     text,
  refused             text,
  remedy_level        text,
  remedy_since        timestamptz,
  remedy_until        timestamptz,
  remedy_of           uuid,
  review              uuid,
  after               uuid,
  primary key (county, id)
);
comment on table  petition              is 'What a matter of the petition procedure has come to, beside its row in matter. Remade by rebuild.';
comment on column petition.units        is 'Every unit that had it, and in hands every official who handled it: none of them reviews it.';
comment on column petition.remedy_until is 'The last moment to ask one level up: runs from the proof that the opinion was received.';
comment on column petition.remedy_of    is 'The review whose answer may be reviewed once more.';
comment on column petition.after        is 'The earlier matter it goes on from with a new fact or reason.';
create index petition_after on petition (county, after) where after is not null;

create table served_paper (
  county      int         not null,
  id          uuid        not null,
  version     int         not null,
  kind        text        not null,
  number      text        not null,
  issued_on   date        not null,
  unit        uuid        not null,
  due         timestamptz,
  received_on date,
  way         text,
  primary key (county, id, version)
);
comment on table  served_paper         is 'Documents of matters and reviews: number, day, and how they reached the person. Remade by rebuild.';
comment on column served_paper.id      is 'The matter or the review that drew it up; version is the event.';
comment on column served_paper.due     is 'Until when it has to reach the person; empty once it has, and for what goes to a unit.';
comment on column served_paper.way     is 'How it was last tried.';
create index served_paper_number on served_paper (county, number);

create table review (
  county       int         not null,
  id           uuid        not null,
  level        text        not null check (level in ('review', 're-review')),
  matter       uuid        not null,
  matter_number text       not null,
  before       uuid,
  county_area  uuid,
  township     uuid,
  village      uuid,
  grid         uuid,
  keeper       uuid        not null,
  body         text        not null,
  asked_by     uuid,
  reviewer     uuid,
  hands        text[]      not null,
  acted        text[]      not null,
  status       text        not null,
  open         boolean     not null,
  asked_at     timestamptz not null,
  due          timestamptz,
  paused       boolean     not null,
  hearing_on   date,
  answered_at  timestamptz,
  outcome      text,
  received_on  date,
  papers_owed  int         not null,
  primary key (county, id)
);
comment on table  review        is 'A petition looked at again, one level up or two. Remade by rebuild.';
comment on column review.keeper is 'The unit of this county that reviews it, or keeps the file for a body above the county.';
comment on column review.body   is 'The organ whose opinion it is, as its paper names it.';
comment on column review.before is 'Of a re-review: the review before it.';
comment on column review.asked_by is 'The official who wrote it down at the hall; empty where the person asked by their own key.';
comment on column review.acted  is 'Everyone who did something in it: none of them reviews it once more.';
comment on column review.hands  is 'Everyone who handled the petition or reviewed it before: they neither review nor read it.';
create index review_open   on review (county, due) where open;
create index review_keeper on review (county, keeper, asked_at);
create index review_matter on review (county, matter);
