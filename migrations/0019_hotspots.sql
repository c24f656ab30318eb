-- Hot spots: topics that many raised, each with a cause and one fix, and whose words on it were heard.
create table hotspot (
  county      int  not null,
  id          uuid not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  area        uuid not null,
  status      text not null,
  title       text not null,
  raised_on   date not null,
  unit        uuid,
  due         date,
  matters     int  not null,
  heard       int  not null,
  holds       int  not null,
  primary key (county, id)
);
comment on table  hotspot       is 'A hot spot as it stands: the fold of its events. Remade by rebuild.';
comment on column hotspot.heard is 'Of how many matters somebody was asked since the fix was reported done.';

create table hotspot_matter (
  county  int  not null,
  hotspot uuid not null,
  matter  uuid not null,
  outcome text,
  primary key (county, hotspot, matter)
);
comment on table hotspot_matter is 'Which matters raised it, and what their persons say of the fix.';
create index hotspot_matter_matter on hotspot_matter (county, matter);
