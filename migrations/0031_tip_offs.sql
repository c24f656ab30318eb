-- Tip-offs stand apart. These rows hold no words, no names and nobody a tip-off is about: those are in the vault only.
create table tip_keeper (
  county   int  not null,
  official uuid not null,
  seat     text not null check (seat in ('keeper', 'alternate')),
  since    date not null,
  primary key (county, official)
);
comment on table tip_keeper is 'The named few who handle tip-offs; named by two persons. Remade by rebuild.';

create table tip_off (
  county    int     not null,
  id        uuid    not null,
  number    text    not null,
  status    text    not null,
  filed_on  date    not null,
  due       date    not null,
  closed_on date,
  upward    boolean not null,
  readers   uuid[]  not null,
  primary key (county, id)
);
comment on table  tip_off         is '举报: where one stands. Remade by rebuild.';
comment on column tip_off.readers is 'Those of the named few who are free of it.';
comment on column tip_off.upward  is 'Fewer than two of them are: it belongs a level up.';
create unique index tip_off_number on tip_off (county, number);
create index tip_off_readers on tip_off using gin (readers);

create table finding (
  county     int    not null,
  id         uuid   not null,
  official   uuid   not null,
  status     text   not null check (status in ('made', 'appealed', 'upheld', 'withdrawn')),
  made_on    date   not null,
  expires_on date   not null,
  deciders   text[] not null,
  primary key (county, id)
);
comment on table  finding            is 'A decision on an official after verification and hearing. It does not say from which tip-off. Remade by rebuild.';
comment on column finding.expires_on is 'From this day on it is shown to nobody.';
create index finding_official on finding (county, official);
