-- What studies found, each of its kind, so that good practice and how policies are carried out can be looked up across them.
create table study_finding (
  county   int  not null,
  study    uuid not null,
  place    int  not null,
  sort     text check (sort in ('policy', 'practice', 'problem')),
  words    text not null,
  found_on date not null,
  primary key (county, study, place)
);
comment on table  study_finding      is 'What a study found. Remade by rebuild.';
comment on column study_finding.sort is 'policy: how a policy is carried out; practice: what is done well; problem. Empty where it was written before kinds stood, or by an older phone.';
alter table study drop column findings;
-- Which finding a measure answers.
alter table study_measure add column finding int not null default 0;
alter table study_measure alter column finding drop default;
