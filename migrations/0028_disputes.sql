-- Sweeps for disputes, disputes to their end, and those who mediate (rows E1, E2).

create table sweep (
  county      int     not null,
  id          uuid    not null,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  unit        uuid    not null,
  mode        text    not null check (mode in ('month', 'day', 'phase')),
  period      text    not null,
  name        text    not null,
  due         date    not null,
  returned_on date,
  returned_by uuid,
  looked      text,
  late        boolean not null,
  found       int     not null,
  primary key (county, id)
);
comment on table  sweep             is '排查: one unit''s sweep of one period. A nil return is a return. Remade by rebuild.';
comment on column sweep.looked      is 'Where they looked and whom they asked.';
comment on column sweep.returned_on is 'Null while they have found something but not returned the period.';
create unique index sweep_period on sweep (county, mode, period, unit);

create table sweep_finding (
  county int  not null,
  sweep  uuid not null,
  place  int  not null,
  target text not null check (target in ('dispute', 'matter')),
  record uuid not null,
  about  text not null,
  grade  text not null,
  day    date not null,
  primary key (county, sweep, place)
);
comment on table  sweep_finding        is 'What a sweep found; each became the dispute or matter named. Remade by rebuild.';
comment on column sweep_finding.record is 'The dispute or the matter.';

create table dispute (
  county        int    not null,
  id            uuid   not null,
  county_area   uuid,
  township      uuid,
  village       uuid,
  grid          uuid,
  mode          text   not null check (mode in ('month', 'day', 'phase', 'any')),
  sweep         uuid,
  about         text   not null,
  grade         text   not null check (grade in ('plain', 'watch', 'urgent')),
  signs         text[] not null,
  subject       text,
  unit          uuid   not null,
  person        uuid   not null,
  due           date   not null,
  status        text   not null,
  open          boolean not null,
  registered_on date   not null,
  settled_on    date,
  hand_to       uuid,
  hand_by       date,
  mediation     text,
  mediator      uuid,
  mediations    int    not null,
  terms         int    not null,
  terms_open    int    not null,
  next_term     date,
  reopenings    int    not null,
  matter        uuid,
  primary key (county, id)
);
comment on table  dispute           is '矛盾纠纷: a situation between people, followed to its end. Remade by rebuild.';
comment on column dispute.grade     is 'How pressing the situation is, by its signs; nothing is said of the people in it.';
comment on column dispute.hand_to   is 'A unit that was asked to take it and has not answered; the first one answers until then.';
comment on column dispute.next_term is 'When the next open term of the agreement is due.';
create index dispute_open on dispute (county, due) where open;
create index dispute_unit on dispute (county, unit) where open;
create index dispute_hand on dispute (county, hand_to) where hand_to is not null;
create index dispute_mediator on dispute (county, mediator) where mediator is not null;

create table mediation (
  county    int  not null,
  dispute   uuid not null,
  place     int  not null,
  type      text not null check (type in ('people', 'administrative', 'judicial')),
  mediator  uuid not null,
  unit      uuid not null,
  sessions  int  not null,
  outcome   text,
  bound_on  date,
  confirmed boolean,
  primary key (county, dispute, place)
);
comment on table mediation is '调解: each time a dispute was mediated, by whom and what came of it. Remade by rebuild.';
create index mediation_mediator on mediation (county, mediator);

create table dispute_term (
  county  int  not null,
  dispute uuid not null,
  place   int  not null,
  due     date not null,
  state   text not null check (state in ('owed', 'performed', 'confirmed', 'broken')),
  primary key (county, dispute, place)
);
comment on table dispute_term is 'Terms of the agreement in force; what they say stands in the vault only. Remade by rebuild.';

create table mediator (
  county        int     not null,
  id            uuid    not null,
  county_area   uuid,
  township      uuid,
  village       uuid,
  grid          uuid,
  name          text,
  phone         text,
  background    text    not null,
  types         text[]  not null,
  unit          uuid    not null,
  qualification text    not null,
  abouts        text[]  not null,
  official      uuid,
  since         date    not null,
  until         date    not null,
  enrolled      boolean not null,
  primary key (county, id)
);
comment on table mediator is '调解员: who may mediate what, where and until when. Remade by rebuild.';
