-- A matter handed to a joint meeting stands on that meeting's agenda and has its answer from there: one record, the matter's
-- own. What was kept beside it goes.
drop table referral;

alter table matter_raising add column unit uuid, add column meeting uuid;
comment on column matter_raising.unit    is 'Whose joint meeting it was handed to; null where it went elsewhere.';
comment on column matter_raising.meeting is 'The meeting that decided it.';
create index matter_raising_unit on matter_raising (county, unit, raised_at) where state = 'asked' and unit is not null;

alter table meeting_task add column matter uuid;
comment on column meeting_task.matter is 'The matter it is about: kept only once that is resolved.';
