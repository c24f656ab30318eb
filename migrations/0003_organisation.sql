-- Who works where: the tree of places, the tree of units, officials with their posts, and who is bound to what.

create table area (
  county   int     not null,
  id       uuid    not null,
  parent   uuid,
  level    text    not null check (level in ('county', 'township', 'village', 'grid')),
  kind     text    not null,
  name     text    not null,
  code     text    not null,
  chain    uuid[]  not null,
  pinyin   text    not null,
  initials text    not null,
  closed   boolean not null,
  primary key (county, id)
);
comment on table  area        is 'Places: county, township, village or community, grid. One row for each area record.';
comment on column area.kind   is 'What it is called in law: 县, 镇, 乡, 街道, 村, 社区, 网格 …';
comment on column area.chain  is 'Its one path, from the county down to itself.';
comment on column area.pinyin is 'The name in pinyin without tones or spaces; initials holds the first letters.';
-- Two writers cannot both take a name: the later one decides again and is refused.
create unique index area_name on area (county, parent, name) nulls not distinct where not closed;
create unique index area_root on area (county) where parent is null and not closed;
create unique index area_code on area (county, code) where not closed;
create index area_pinyin on area (county, pinyin text_pattern_ops);
create index area_initials on area (county, initials text_pattern_ops);
create index area_title on area (county, name text_pattern_ops);
create index area_level on area (county, level, id);

create table unit (
  county     int     not null,
  id         uuid    not null,
  parent     uuid,
  name       text    not null,
  short_name text    not null,
  kind       text    not null check (kind in ('department', 'township', 'section', 'enterprise')),
  area       uuid    not null,
  head       uuid,
  reception  uuid,
  pinyin     text    not null,
  initials   text    not null,
  closed     boolean not null,
  code       text,
  primary key (county, id)
);
comment on table  unit           is 'Organisations that can be responsible: departments, township governments, their sections, enterprises.';
comment on column unit.area      is 'The area it serves.';
comment on column unit.head      is 'The official who leads it.';
comment on column unit.reception is 'The official who takes what is dispatched to it.';
create unique index unit_name on unit (county, parent, name) nulls not distinct where not closed;
create unique index unit_code on unit (county, code) where code is not null and not closed;
create index unit_area on unit (county, area);
create index unit_pinyin on unit (county, pinyin text_pattern_ops);
create index unit_initials on unit (county, initials text_pattern_ops);

create table official (
  county   int     not null,
  id       uuid    not null,
  name     text    not null,
  pinyin   text    not null,
  initials text    not null,
  title    text    not null,
  unit     uuid    not null,
  phone    text    not null,
  photo    text,
  retired  boolean not null,
  code     text,
  primary key (county, id)
);
comment on table  official       is 'People who work in the system. Name, title, unit and work phone are on their public card.';
comment on column official.title is '职务';
comment on column official.phone is 'Work phone, printed on cards and boards.';
comment on column official.code  is 'Staff number, if the county has them.';
create index official_unit on official (county, unit);
create index official_name on official (county, name text_pattern_ops);
create index official_pinyin on official (county, pinyin text_pattern_ops);
create index official_initials on official (county, initials text_pattern_ops);

create table post (
  county   int  not null,
  official uuid not null,
  place    int  not null,
  role     text not null,
  unit     uuid not null,
  area     uuid,
  title    text not null,
  since    date not null,
  until    date,
  primary key (county, official, place)
);
comment on table  post       is 'What an official is here for: a role, in a unit, for an area and all below it.';
comment on column post.place is 'Counts the posts of one official, from 1.';
comment on column post.until is 'Last day; null while it lasts.';
create index post_unit on post (county, unit);
create index post_area on post (county, area);

create table assignment (
  county       int  not null,
  id           uuid not null,
  official     uuid not null,
  kind         text not null check (kind in ('village', 'household', 'contact-point', 'department')),
  area         uuid,
  household    uuid,
  unit         uuid,
  role         text not null,
  since        date not null,
  until        date,
  locked_until date,
  primary key (county, id)
);
comment on table  assignment              is '包联: an official bound to a village, a household, a contact point, or for a department to a village.';
comment on column assignment.unit         is 'The department that takes on the village, or the enterprise that is a contact point.';
comment on column assignment.role         is '总负责, 管片副职, 综合联村干部, 党建联村干部 …';
comment on column assignment.until        is 'Last day; null while it lasts.';
comment on column assignment.locked_until is 'Until this day it is ended only with a reason.';
create index assignment_official on assignment (county, official);
create index assignment_area on assignment (county, area) where area is not null;
create index assignment_household on assignment (county, household) where household is not null;
create index assignment_unit on assignment (county, unit) where unit is not null;
