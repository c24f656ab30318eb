-- Words that many matters share: for "did you mean" and for finding by pinyin.

create table search_word (
  county   int  not null,
  word     text not null,
  pinyin   text not null,
  sound    text not null,
  initials text not null,
  n        int  not null,
  primary key (county, word)
);
comment on table  search_word       is 'Pairs of characters frequent among the newest matters, never rarer ones and never a resident''s name: it tells nothing of any one matter. Remade by refreshWords, outside the ledger.';
comment on column search_word.sound is 'The pinyin with sounds that are often confused made equal.';
comment on column search_word.n     is 'In how many of the newest matters it stands.';
create index search_word_pinyin   on search_word (county, pinyin text_pattern_ops, n desc);
create index search_word_sound    on search_word (county, sound);
create index search_word_initials on search_word (county, initials text_pattern_ops, n desc);

create table search_refresh (
  county int         not null,
  at     timestamptz not null,
  primary key (county)
);
comment on table search_refresh is 'When a county''s words were remade last.';
