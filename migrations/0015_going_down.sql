-- Going down: outreaches and receptions, field studies, and policies explained.
create table outreach (
  county      int    not null,
  id          uuid   not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  form        text   not null check (form in ('concentrated', 'case', 'reception')),
  status      text   not null check (status in ('arranged', 'cancelled', 'held')),
  spot        text   not null,
  day         date   not null,
  starts      text   not null,
  ends        text   not null,
  who         uuid[] not null,
  went        uuid[] not null,
  arranged_by uuid   not null,
  about       text   not null,
  period      text,
  matters     uuid[] not null,
  places      int    not null,
  booked      int    not null,
  reason      text,
  result      text,
  primary key (county, id)
);
comment on table  outreach         is '下访: officials who go down to a place on a day. Remade by rebuild.';
comment on column outreach.who     is 'Who was to go; went: who did, once it was written down.';
comment on column outreach.matters is 'Matters taken along, of one with a case in hand.';
comment on column outreach.booked  is 'Bookings that stand; who they are stands in the vault only.';
comment on column outreach.reason  is 'Why it was changed or called off; everybody reads it.';
create index outreach_day on outreach (county, day);
create index outreach_who on outreach using gin (who);

create table outreach_item (
  county      int     not null,
  outreach    uuid    not null,
  place       int     not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  day         date    not null,
  form        text    not null,
  official    uuid    not null,
  solved      boolean not null,
  matter      uuid    not null,
  primary key (county, outreach, place)
);
comment on table  outreach_item        is 'What was taken on an outreach; each became the matter named. Remade by rebuild.';
comment on column outreach_item.solved is 'Said to be solved on the spot; whether it was, the matter says by the resident''s word.';
create index outreach_item_day on outreach_item (county, day);

create table study (
  county      int    not null,
  id          uuid   not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  area        uuid   not null,
  author      uuid   not null,
  status      text   not null check (status in ('open', 'reported', 'dropped')),
  topic       text   not null,
  opened_on   date   not null,
  until       date   not null,
  reported_on date,
  title       text,
  units       uuid[] not null,
  left_out    date[] not null,
  findings    int    not null,
  measures    int    not null,
  answered    int    not null,
  done        int    not null,
  primary key (county, id)
);
comment on table  study          is '调研: an official''s own study of a question in a place. Remade by rebuild.';
comment on column study.units    is 'Units that answer for a measure of it.';
comment on column study.left_out is 'Days the records tell of that were not for this study.';
create index study_author on study (county, author);

create table study_day (
  county int   not null,
  study  uuid  not null,
  day    date  not null,
  author uuid  not null,
  amount real  not null,
  primary key (county, study, day)
);
comment on table study_day is 'Days in the field that no visit or outreach tells of. Remade by rebuild.';

create table study_measure (
  county      int  not null,
  study       uuid not null,
  place       int  not null,
  unit        uuid not null,
  words       text not null,
  due         date not null,
  state       text not null check (state in ('proposed', 'taken-up', 'done', 'not-taken')),
  answered_on date,
  primary key (county, study, place)
);
comment on table study_measure is 'What a study asks a unit to do, and what became of it. Remade by rebuild.';
create index study_measure_unit on study_measure (county, unit, due) where state in ('proposed', 'taken-up');

create table guide (
  county      int     not null,
  id          uuid    not null,
  title       text    not null,
  gist        text    not null,
  source      text    not null,
  valid_from  date    not null,
  valid_until date,
  withdrawn   boolean not null,
  reason      text,
  version     int     not null,
  primary key (county, id)
);
comment on table guide is '政策: texts to explain to people, in plain words, with their source. Remade by rebuild.';

create table talk (
  county      int    not null,
  id          uuid   not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  official    uuid   not null,
  way         text   not null check (way in ('meeting', 'group', 'market', 'media')),
  day         date   not null,
  place       text   not null,
  guides      uuid[] not null,
  came        int,
  asked       int    not null,
  answered    int    not null,
  told        int    not null,
  primary key (county, id)
);
comment on table  talk       is '宣讲: policies explained to a village, a group or a crowd. Remade by rebuild.';
comment on column talk.came  is 'How many were counted in the room; null where nobody could be counted.';
comment on column talk.told  is 'Answers told back to whoever asked.';
create index talk_day on talk (county, day);
create index talk_guides on talk using gin (guides);

create table talk_question (
  county int  not null,
  talk   uuid not null,
  place  int  not null,
  matter uuid not null,
  guide  uuid,
  primary key (county, talk, place)
);
comment on table talk_question is 'Questions nobody could answer; each became the matter named. Remade by rebuild.';

alter table visit add column explained uuid[] not null default '{}';
comment on column visit.explained is 'Policies explained on this visit, as its entry says.';
create index visit_explained on visit using gin (explained) where explained <> '{}';
