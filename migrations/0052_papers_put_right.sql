-- A wrong paper of an act is put right by another paper that names it; it stays in the register, marked.
alter table served_paper
  add column righted    text,
  add column righted_by uuid,
  add column righted_on date;
comment on column served_paper.righted    is 'corrected, revoked or overruled; empty where it stands as it is. Its number is never given again.';
comment on column served_paper.righted_by is 'The paper that did it, where one did.';
