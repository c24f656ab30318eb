-- Interfaces to other systems: who is told of what happens, and who may file on residents' behalf.

create table webhook (
  county   int         not null,
  id       uuid        not null,
  name     text        not null,
  address  text        not null,
  kinds    text[]      not null,
  state    text        not null,
  added_at timestamptz not null,
  primary key (county, id)
);
comment on table  webhook         is 'Read table: one row for each address told of events. The secret is not here but in the vault.';
comment on column webhook.address is 'Where it is sent: http(s), a host the administrator allowed.';
comment on column webhook.kinds   is 'Kinds of events it is told of.';
comment on column webhook.state   is 'active | paused';

create table api_key (
  county    int         not null,
  id        uuid        not null,
  name      text        not null,
  hash      text        not null,
  issued_at timestamptz not null,
  revoked   boolean     not null,
  primary key (county, id)
);
comment on table  api_key      is 'Read table: one row for each key another system files with.';
comment on column api_key.hash is 'SHA-256 of the key, hex; the key itself was shown once and is stored nowhere.';
create index api_key_hash on api_key (county, hash) where not revoked;

-- The two tables below stand outside the ledger: how far each address has been told. Nothing a county's
-- history needs. Without them telling begins again at the event that added the address, under the same ids.

create table webhook_cursor (
  county  int    not null,
  webhook uuid   not null,
  seq     bigint not null,
  primary key (county, webhook)
);
comment on table webhook_cursor is 'Up to which place of the sealed order the events of an address have been queued.';

create table webhook_delivery (
  county       int         not null,
  webhook      uuid        not null,
  seq          bigint      not null,
  payload      jsonb       not null,
  state        text        not null check (state in ('waiting', 'delivered', 'failed')),
  attempts     int         not null,
  next_at      timestamptz not null,
  answered     int,
  fault        text,
  delivered_at timestamptz,
  primary key (county, webhook, seq)
);
comment on table  webhook_delivery          is 'What is to be sent, in the sealed order. Kind, ids, number and status only, never a personal part.';
comment on column webhook_delivery.seq      is 'Place in the sealed order; with the webhook it names the delivery, however often it is sent.';
comment on column webhook_delivery.answered is 'HTTP status of the last attempt; null when no answer came.';
create index webhook_delivery_waiting on webhook_delivery (county, webhook, seq) where state = 'waiting';
create index webhook_delivery_done on webhook_delivery (county, delivered_at) where state = 'delivered';
