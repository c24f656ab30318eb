-- A new version of the program may keep other read tables, or other columns in them: it has to know for which ones the
-- rows were made.
alter table migration add column read_shape text;
comment on column migration.read_shape is 'Print of the read tables'' columns the rows were last made for; on one of the migrations.';
