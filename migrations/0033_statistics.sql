-- What statistics count: one narrow row for each time a matter came into hand, until it went out of it.
create table matter_spell (
  county       int         not null,
  matter       uuid        not null,
  place        int         not null,
  came         text        not null,
  came_at      timestamptz not null,
  went         text,
  went_at      timestamptz not null,
  township     uuid,
  village      uuid,
  grid         uuid,
  unit         uuid        not null,
  channel      text        not null,
  category     text,
  marks        int         not null,
  persons      int         not null,
  returns      int         not null,
  reopenings   int         not null,
  repeats      int         not null,
  score        int,
  due          timestamptz,
  answered_s   int,
  resolved_s   int,
  closed_s     int,
  answered_wd  int,
  resolved_wd  int,
  closed_wd    int,
  primary key (county, matter, place)
);
comment on table  matter_spell             is 'Each time a matter was in hand: from its registration, its reopening or its leaving a merge, until it was closed or merged away. Remade by rebuild.';
comment on column matter_spell.place       is 'Counts the spells of one matter from 0; what is counted of a matter as a whole is read off its first.';
comment on column matter_spell.came        is 'registered, reopened, unmerged';
comment on column matter_spell.went        is 'closed, merged; empty while it is in hand, and then went_at is infinity.';
comment on column matter_spell.marks       is 'What is true of the matter now, one bit each: see src/matters/counted.ts.';
comment on column matter_spell.due         is 'When its unit''s clock ends, while the unit works on it.';
comment on column matter_spell.answered_s  is 'Seconds from registration to the first answer; answered_wd the working days after the day of registration.';
comment on column matter_spell.resolved_s  is 'The same to the result that stands.';
comment on column matter_spell.closed_s    is 'The same to the closing that stands.';
-- What came in some days lies together; what was in hand on a day is found among what ended later, by the index alone.
create index matter_spell_came on matter_spell (county, came_at);
create index matter_spell_went on matter_spell (county, went_at, came_at);
