import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '#libs/database';

/** What the spec files make their databases of. */
export type TestDatabaseSource =
  | { kind: 'server'; url: string }
  /** Folder of an empty cluster: making one takes seconds, copying it a moment. */
  | { kind: 'embedded'; template: string };

declare module 'vitest' {
  interface ProvidedContext {
    testDatabase: TestDatabaseSource;
  }
}

/**
 * Chooses the database engine of the run: the server that TEST_DATABASE_URL names, else a container of TIMESCALE_IMAGE,
 * else the embedded one. All temporary files of the run lie in one folder, which goes with it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wf-'));
  process.env['TMPDIR'] = folder;
  const url = process.env['TEST_DATABASE_URL'];
  const image = process.env['TIMESCALE_IMAGE'];
  const container = url === undefined && image !== undefined ? await startContainer(image) : undefined;
  const serverUrl = url ?? container?.url;
  project.provide(
    'testDatabase',
    serverUrl === undefined
      ? { kind: 'embedded', template: await makeTemplate(path.join(folder, 'template')) }
      : { kind: 'server', url: serverUrl },
  );
  return async () => {
    await container?.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

async function makeTemplate(folder: string): Promise<string> {
  const definition = { schema: 'public', entities: [], migrations: [], log: () => undefined };
  const database = await openDatabase({ kind: 'embedded', folder }, definition);
  await database.dataSource.query('DROP TABLE public.migration');
  await database.close();
  return folder;
}

/** @returns undefined where no container engine answers */
async function startContainer(image: string) {
  // Its helper image cannot be pulled everywhere; the container is stopped by the teardown.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  try {
    await getContainerRuntimeClient();
  } catch {
    return undefined;
  }
  const started = await new GenericContainer(image)
    .withEnvironment({ POSTGRES_PASSWORD: 'wattfleet', POSTGRES_USER: 'postgres' })
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
    .start();
  return {
    url: `postgres://postgres:wattfleet@${started.getHost()}:${started.getMappedPort(5432)}/postgres`,
    stop: () => started.stop(),
  };
}
