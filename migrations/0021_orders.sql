-- Instructions, assignments from above and supervision orders; the monthly bulletin; proposed changes of the catalogue.
create table given_order (
  county      int         not null,
  id          uuid        not null,
  number      text        not null,
  form        text        not null check (form in ('instruction', 'assignment', 'supervision')),
  source      text        not null,
  source_name text        not null,
  giver_name  text        not null,
  giver       uuid,
  issued_by   uuid        not null,
  issued_at   timestamptz not null,
  unit        uuid        not null,
  person      uuid,
  county_area uuid,
  township    uuid,
  village     uuid,
  grid        uuid,
  matter      uuid,
  reference   text,
  what        text,
  due         date        not null,
  status      text        not null check (status in ('open', 'reported', 'done', 'withdrawn')),
  reported_at timestamptz,
  done_at     timestamptz,
  on_time     boolean,
  reminders   int         not null,
  sent_back   int         not null,
  primary key (county, id)
);
comment on table  given_order            is '批示、交办、督办: what was to be done, by whom, by when, and what came of it. Remade by rebuild.';
comment on column given_order.giver      is 'Who judges whether it is done, where they work here; giver_name is what the paper says.';
comment on column given_order.what       is 'Empty once the personal part was erased.';
create index given_order_open   on given_order (county, due) where status in ('open', 'reported');
create index given_order_unit   on given_order (county, unit, due);
create index given_order_issued on given_order (county, issued_at);
create index given_order_matter on given_order (county, matter) where matter is not null;

create table order_check (
  county    int         not null,
  given     uuid        not null,
  month     text        not null,
  finding   text        not null check (finding in ('on-track', 'slow', 'stalled')),
  words     text        not null,
  primary key (county, given, month)
);
comment on table order_check is '一月一查: what was found of an order in a month. Remade by rebuild.';

create table bulletin (
  county       int         not null,
  id           uuid        not null,
  month        text        not null,
  published_at timestamptz not null,
  published_by uuid        not null,
  primary key (county, id)
);
comment on table bulletin is '一月一通报: which months have their bulletin; its text stands in the record. Remade by rebuild.';

create table route_change (
  county      int         not null,
  id          uuid        not null,
  category    text        not null,
  level       text        not null,
  area        uuid,
  unit        uuid        not null,
  unit_name   text        not null,
  before_name text,
  reason      text        not null,
  seen        int         not null,
  upheld      int         not null,
  state       text        not null check (state in ('proposed', 'accepted', 'declined')),
  proposed_at timestamptz not null,
  proposed_by uuid        not null,
  decided_at  timestamptz,
  decided_by  uuid,
  answer      text,
  primary key (county, id)
);
comment on table route_change is 'Changes of the routing catalogue somebody proposed from what bounced, and what was decided. Remade by rebuild.';
create index route_change_state on route_change (county, state, proposed_at);
