-- Accounts: how officials sign in.

create table account (
  county      int         not null,
  id          uuid        not null,
  official    uuid        not null,
  login       text        not null,
  state       text        not null,
  must_change bool        not null,
  passkeys    jsonb       not null,
  opened_at   timestamptz not null,
  primary key (county, id)
);
comment on table  account             is 'Read table: one row for each official''s account. The password hash is not here but in the vault.';
comment on column account.login       is 'Lower case; unique among the open accounts of a county.';
comment on column account.state       is 'open | closed';
comment on column account.must_change is 'The password was given by an administrator and works only for choosing one''s own.';
comment on column account.passkeys    is 'Array of {id, name, addedAt}.';
-- Two administrators giving out the same name at once: the later one is decided again and refused.
create unique index account_login on account (county, login) where state = 'open';
create index account_official on account (county, official);

-- The tables below stand outside the ledger. They say who holds which key at this moment and for how long:
-- nothing a county's history needs, nothing `rebuild` could or should bring back. A restored backup
-- must not bring old sessions, challenges or links back to life either. Everyone signs in anew.

create table session (
  county     int         not null,
  token_hash bytea       not null,
  id         uuid        not null,
  account    uuid        not null,
  official   uuid        not null,
  opened_at  timestamptz not null,
  seen_at    timestamptz not null,
  expires_at timestamptz not null,
  device     text        not null,
  address    text        not null,
  primary key (county, token_hash)
);
comment on table  session            is 'Open sessions. Outside the ledger: written on use, gone at the end.';
comment on column session.token_hash is 'SHA-256 of the token in the cookie, so that reading this table opens nothing.';
comment on column session.id         is 'What the holder calls it by when ending it; worthless as a key.';
comment on column session.seen_at    is 'Last use, to the minute: renewed at most once a minute.';
comment on column session.expires_at is 'The end that no use puts off.';
comment on column session.device     is 'In words: 安卓手机 Chrome.';
create unique index session_id on session (county, id);
create index session_account on session (county, account);
create index session_end on session (county, expires_at);

create table limit_count (
  county int         not null,
  key    text        not null,
  minute timestamptz not null,
  n      int         not null,
  primary key (county, key, minute)
);
comment on table limit_count is 'Requests and failed sign-ins by minute, so that a limit holds across processes and restarts. Outside the ledger: worthless after a quarter of an hour. County 0 before set-up.';
create index limit_count_minute on limit_count (county, minute);

create table passkey_challenge (
  county     int         not null,
  hash       bytea       not null,
  purpose    text        not null,
  account    uuid,
  expires_at timestamptz not null,
  primary key (county, hash)
);
comment on table passkey_challenge is 'Challenges given to passkeys, each good for one answer within minutes. Outside the ledger: taking the answer deletes it.';

create table passkey_use (
  county     int         not null,
  credential text        not null,
  counter    bigint      not null,
  used_at    timestamptz not null,
  primary key (county, credential)
);
comment on table passkey_use is 'Each passkey''s last use and signature counter; a counter that goes back betrays a copy. Outside the ledger: it changes at every sign-in.';

create table setup_link (
  county     int         not null,
  hash       bytea       not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  primary key (county, hash)
);
comment on table setup_link is 'The one-time link of the first set-up. Outside the ledger: there is no county yet, so county is 0.';
