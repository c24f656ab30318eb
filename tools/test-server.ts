/** Vitest's globalSetup: one database server for the whole run. */
import type { TestProject } from 'vitest/node';
import { startTestServer } from '../src/storage/testing.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...server } = await startTestServer();
  project.provide('testServer', server);
  return stop;
}
