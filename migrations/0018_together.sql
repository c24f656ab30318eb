-- Several matters as one: which is handled with which, how many raise one together, how often one was raised again.
alter table matter add column merged_into uuid;
alter table matter add column along   int not null default 0;
alter table matter add column persons int not null default 1;
alter table matter add column repeats int not null default 0;
comment on column matter.merged_into is 'The main matter it is handled with; its status, unit and clock are its own all the same.';
comment on column matter.along       is 'How many are handled with it.';
comment on column matter.persons     is 'How many raised it together.';
comment on column matter.repeats     is 'How often it was raised again while it was in hand: a mark on the handling.';
create index matter_merged on matter (county, merged_into) where merged_into is not null;
