-- Policy is data: calendars, clock rules, catalogues and settings as dated, sourced, versioned documents.
create table policy (
  county       int         not null,
  id           uuid        not null,
  name         text        not null,
  version      int         not null,
  valid_from   date        not null,
  source       text        not null,
  reason       text        not null,
  document     jsonb       not null,
  published_at timestamptz not null,
  published_by text        not null,
  primary key (county, id, version)
);
comment on table policy is 'Every published version of every policy document; the newest whose valid_from has come is in force.';
create index policy_name on policy (county, name, version desc);
