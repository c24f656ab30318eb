/** The embedded server's configuration, written anew at each start so that it follows the program's version. */

export type Settings = Readonly<Record<string, string>>;

/** For 2 cores and 2 to 8 GB shared with our own process. */
const tuned: Settings = {
  // One machine, one folder: no network address at all.
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  // Taken from the system only as pages are used: an empty township costs 30 MB.
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  max_parallel_workers_per_gather: '1',
  // An acknowledged command survives a power cut.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_compression: 'on',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  // Queries here are short; compiling them costs more than it saves.
  jit: 'off',
  // Solid-state disks.
  random_page_cost: '1.1',
  // The default waits for a fifth of a table: too long for a ledger that only grows.
  autovacuum_max_workers: '2',
  autovacuum_vacuum_scale_factor: '0.05',
  autovacuum_vacuum_insert_scale_factor: '0.1',
  autovacuum_analyze_scale_factor: '0.02',
  idle_in_transaction_session_timeout: '5min',
  timezone: 'UTC',
  log_timezone: 'UTC',
  datestyle: 'ISO, YMD',
  lc_messages: 'C',
  default_text_search_config: 'pg_catalog.simple',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
};

export const localSettingsName = 'postgresql.local.conf';

export const localSettingsFile = '# Settings of your own; they win over postgresql.conf and are never overwritten.\n';

/** The text of postgresql.conf. */
export function settingsFile(extra: Settings): string {
  const lines = Object.entries({ ...tuned, ...extra }).map(
    ([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`,
  );
  return [
    `# Written by minqing at each start. Settings of your own belong in ${localSettingsName}.\n`,
    ...lines,
    `include = '${localSettingsName}'\n`,
  ].join('');
}

/** Only those who can open the socket get in, and its folder is closed to all but the server's account and root. */
export const accessFile = 'local all all trust\nlocal replication all trust\n';
