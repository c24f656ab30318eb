-- A matter among several units: parts, bounces, hand-over upward; what comes back by itself or by a changed policy.
alter table matter
  add column came_back   text,
  add column disposed_at timestamptz,
  add column policy      text,
  add column guide       uuid,
  add column raised_to   text,
  add column ask_on      date,
  add column read_at     timestamptz,
  add column read_by     uuid;
comment on column matter.came_back is 'recheck or policy: it came back and nobody has decided anew.';
comment on column matter.policy    is 'The policy that does not allow it, by name; guide: the same in the library.';
comment on column matter.raised_to is 'The rung that was asked and has not answered; ask_on: the day it is asked after.';
comment on column matter.read_at   is 'When a leader first read it.';
create index matter_ask     on matter (county, ask_on)     where open and ask_on is not null;
create index matter_back    on matter (county, due)        where open and came_back is not null;
create index matter_recheck on matter (county, recheck_on) where status = 'deferred';
create index matter_barred  on matter (county, disposed_at) where disposition = 'not-permitted';

create table matter_part (
  county      int         not null,
  matter      uuid        not null,
  place       int         not null,
  unit        uuid        not null,
  task        text        not null,
  due         date        not null,
  state       text        not null check (state in ('asked', 'declined', 'answered', 'dropped', 'left')),
  asked_at    timestamptz not null,
  answered_at timestamptz,
  primary key (county, matter, place)
);
comment on table matter_part is 'What a unit does of a matter another leads. Remade by rebuild.';
create index matter_part_unit on matter_part (county, unit, due);

create table matter_bounce (
  county       int         not null,
  matter       uuid        not null,
  place        int         not null,
  township     uuid,
  category     text,
  from_unit    uuid        not null,
  better_unit  uuid        not null,
  returned_at  timestamptz not null,
  decided_at   timestamptz,
  decided_unit uuid,
  primary key (county, matter, place)
);
comment on table matter_bounce is 'Every "not ours" of a unit that led, and where it was decided to go. Remade by rebuild.';
create index matter_bounce_at on matter_bounce (county, returned_at);

create table matter_raising (
  county    int         not null,
  matter    uuid        not null,
  place     int         not null,
  rung      text        not null,
  name      text        not null,
  body      text,
  ground    text        not null,
  reason    text        not null,
  ask_on    date        not null,
  asked     int         not null,
  state     text        not null check (state in ('asked', 'passed-on', 'decided', 'returned', 'over')),
  raised_at timestamptz not null,
  raised_by text        not null,
  primary key (county, matter, place)
);
comment on table matter_raising is 'Matters handed up or across: to whom, why, and when they are asked. Remade by rebuild.';
create index matter_raising_open on matter_raising (county, rung, ask_on) where state = 'asked';

-- A policy that changed, as somebody announced it: what it stood in the way of is proposed to be taken up again.
create table policy_change (
  county     int         not null,
  id         uuid        not null,
  policy     text        not null,
  guide      uuid,
  what       text        not null,
  source     text        not null,
  valid_from date        not null,
  announced_at timestamptz not null,
  announced_by text      not null,
  passed_over uuid[]     not null,
  primary key (county, id)
);
comment on table  policy_change             is 'Announced changes of policies. Remade by rebuild.';
comment on column policy_change.passed_over is 'Matters somebody looked at for which the change does not help.';
create index policy_change_from on policy_change (county, valid_from);
