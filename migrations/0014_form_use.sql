-- What forms ask of people (B12), without saying of whom: minutes stand in rows that name nobody, and who gave a form
-- at all in rows that hold no minutes. Neither is read from the ledger, so neither is remade by rebuild.

create table form_use (
  county  int  not null,
  print   text not null,
  week    date not null,
  role    text not null,
  form    text not null,
  fields  int  not null,
  seconds int,
  primary key (county, print)
);
comment on table  form_use         is 'One accepted form: how many fields were filled, and how long it was open where the device measured it.';
comment on column form_use.print   is 'Keyed print of the command, so that one sent twice counts once; leads to nobody without the key.';
comment on column form_use.week    is 'Monday of the week; no finer time is kept.';
comment on column form_use.seconds is 'From opening to sending, as the device measured it; null where it did not.';
create index form_use_week on form_use (county, week, role, form);

create table form_giver (
  county int  not null,
  week   date not null,
  role   text not null,
  form   text not null,
  print  text not null,
  timed  bool not null,
  primary key (county, week, role, form, print)
);
comment on table  form_giver       is 'That somebody gave a form in a week, to count by how many people figures are made; fewer than the minimum are not shown.';
comment on column form_giver.print is 'Keyed print of the person and the week: the same person in the next week has another.';
