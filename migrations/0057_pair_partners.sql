-- Firms, bases and associations that help along in a pair: 公司 + 农户 + 基地.
create table pair_partner (
  county  int  not null,
  pair    uuid not null,
  place   int  not null,
  sort    text not null check (sort in ('firm', 'base', 'association')),
  name    text not null,
  does    text not null,
  since   date not null,
  left_on date,
  primary key (county, pair, place)
);
comment on table  pair_partner         is 'Who helps a household produce besides its official, with the household''s signature. Remade by rebuild.';
comment on column pair_partner.name    is 'Empty once the personal part was erased.';
comment on column pair_partner.left_on is 'From when it helps no longer.';
create index pair_partner_name on pair_partner (county, sort, name);
alter table pair_measure add column partner int;
comment on column pair_measure.partner is 'The place of the firm, base or association that does it; empty where the official does.';
