-- What a campaign that is over handed over to: duties of the county's document of duties. Remade by rebuild.
alter table campaign add column handed jsonb;
comment on column campaign.handed is 'The day it was handed over and the duties its amounts live on as, by their ids. Null while it was not.';
comment on column campaign.before is 'The campaign it goes on from, where an earlier version let one go on as a campaign without an end.';
