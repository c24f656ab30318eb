-- Live sessions (D6): leaders of units answer in public. Read tables, remade by rebuild.

create table dialogue (
  county       int    not null,
  id           uuid   not null,
  county_area  uuid,
  township     uuid,
  village      uuid,
  grid         uuid,
  form         text   not null check (form in ('hotline', 'online')),
  title        text   not null,
  about        text   not null,
  day          date   not null,
  starts       text   not null,
  ends         text   not null,
  phone        text,
  guests       uuid[] not null,
  units        uuid[] not null,
  announced_by uuid   not null,
  status       text   not null check (status in ('announced', 'live', 'closed', 'published', 'cancelled')),
  reason       text,
  began_at     timestamptz,
  closed_at    timestamptz,
  primary key (county, id)
);
comment on table  dialogue       is '阳光热线、网上对话: a session in which guests answer questions in public. Remade by rebuild.';
comment on column dialogue.phone is 'The telephone of the hotline, not of anybody who asked.';
create index dialogue_day on dialogue (county, day);

create table dialogue_question (
  county      int  not null,
  dialogue    uuid not null,
  place       int  not null,
  via         text not null check (via in ('portal', 'phone')),
  state       text not null check (state in ('new', 'shown', 'hidden')),
  hidden      text,
  asked_at    timestamptz not null,
  answered_at timestamptz,
  unit        uuid,
  matter      uuid,
  heard_at    timestamptz,
  promised    text,
  due         date,
  kept        boolean,
  primary key (county, dialogue, place)
);
comment on table  dialogue_question          is 'Questions of a session; who asked and in what words stands in the vault only. Remade by rebuild.';
comment on column dialogue_question.hidden   is 'Why it is not shown; nothing is deleted.';
comment on column dialogue_question.matter   is 'What it became when it was still open at the end; heard_at: when its answer came back.';
create index dialogue_question_promised on dialogue_question (county, due) where promised is not null;
create index dialogue_question_matter on dialogue_question (county, matter) where matter is not null;
