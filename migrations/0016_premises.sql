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
