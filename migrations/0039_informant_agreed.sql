-- An informant's own word, given on their own phone (row A8).
alter table informant add column agreed boolean not null default true;
comment on column informant.agreed is 'They agreed on their own phone; until then nothing is reported in their name.';
