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
