-- What officials did, as each record says it, and on which days somebody did not owe (duties; row B3).

create table evidence (
  county    int     not null,
  stream    uuid    not null,
  place     int     not null,
  official  uuid    not null,
  kind      text    not null,
  day       date    not null,
  amount    float8  not null,
  area      uuid,
  subject   uuid,
  confirmed boolean not null,
  primary key (county, stream, place)
);
comment on table  evidence           is 'One row for each thing an official did that a duty or campaign may count, written beside the read rows of the record it is read from.';
comment on column evidence.stream    is 'The record: the document behind the figure.';
comment on column evidence.place     is 'Counts the evidence of one record, from 0.';
comment on column evidence.amount    is 'In the kind''s measure; half a day is 0.5.';
comment on column evidence.area      is 'The smallest area known.';
comment on column evidence.subject   is 'The household, firm … it was about.';
comment on column evidence.confirmed is 'The other side vouched for it.';
create index evidence_official on evidence (county, official, day);
create index evidence_day on evidence (county, day);

create table exception (
  county     int  not null,
  id         uuid not null,
  official   uuid not null,
  type       text not null,
  "from"     date not null,
  until      date not null,
  duty       text,
  acting_for uuid,
  stage      text not null check (stage in ('asked', 'granted', 'refused')),
  reason     text not null,
  asked_by   uuid not null,
  asked_at   timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decision   text,
  primary key (county, id)
);
comment on table  exception            is 'Days on which an official does not owe, or acts for another. Remade by rebuild.';
comment on column exception.until      is 'Last day; before "from" when it was taken back.';
comment on column exception.duty       is 'The one duty it frees from; null for all.';
comment on column exception.decided_by is 'Never the official themself.';
create index exception_official on exception (county, official, "from");
create index exception_acted on exception (county, acting_for) where acting_for is not null;
