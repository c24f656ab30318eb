-- What stands still is little beside what is open: a list of it must not walk through the rest.
create index matter_paused on matter (county, township) where open and paused;
