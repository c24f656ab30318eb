-- A matter handed to a joint meeting stands on that meeting's agenda and has its answer from there: one record, the matter's
-- own. What was kept beside it goes.
drop table referral;

alter table matter_raising add column unit uuid, add column meeting uuid;
comment on column matter_raising.unit    is 'Whose joint meeting it was handed to; null where it went elsewhere.';
comment on column matter_raising.meeting is 'The meeting that decided it.';
create index matter_raising_unit on matter_raising (county, unit, raised_at) where state = 'asked' and unit is not null;

alter table meeting_task add column matter uuid;
comment on column meeting_task.matter is 'The matter it is about: kept only once that is resolved.';

-- Officials a matter complains of: none of them sees or does anything of it.
alter table matter add column about uuid[];
comment on column matter.about is 'Officials it complains of; null where it complains of nobody by name.';
create index matter_about on matter using gin (about) where about is not null;
