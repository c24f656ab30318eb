-- Pictures that residents add to what they say: encrypted apart from the events that vouch for them.

create table file (
  county  int         not null,
  id      uuid        not null,
  stream  uuid,
  type    text        not null,
  bytes   int         not null,
  box     bytea       not null,
  small   bytea       not null,
  made_at timestamptz not null,
  primary key (county, id)
);
comment on table  file         is 'Encrypted files outside the ledger. The event that names one holds the SHA-256 of its box, so a changed file is found and an erased one leaves the chain whole. No read table: rebuild leaves it alone, backup keeps it.';
comment on column file.stream  is 'The record it belongs to; null while its form is still being filled in.';
comment on column file.bytes   is 'Length of the picture itself, in bytes.';
comment on column file.box     is 'AES-256-GCM: nonce, text, tag.';
comment on column file.small   is 'The same picture as a thumbnail, encrypted likewise; made from it, so no event vouches for it.';
comment on column file.made_at is 'When it came in: what no record has claimed after a day is swept away.';
create index file_stream  on file (county, stream);
create index file_unclaimed on file (county, made_at) where stream is null;

-- What was promised at the door in a place, for the public page of promises.
create index promise_place on promise (county, township, made_on);

-- How long what is known of a household is kept after it is gone, and what is left then.
alter table household add column gone_on date, add column forgotten boolean not null default false;
comment on column household.gone_on   is 'Since when nobody of it lives there; null while somebody does. Retention is counted from here.';
comment on column household.forgotten is 'Its personal parts were erased when their time was over: the row only keeps its place.';
create index household_gone on household (county, gone_on) where gone_on is not null;
