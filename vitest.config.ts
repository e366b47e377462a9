import { defineConfig } from 'vitest/config';

const shared = { resolve: { conditions: ['source'] }, ssr: { resolve: { conditions: ['source'] } } };

/** Suites that run whole programs, with patience. */
function programs(name: string, more: object) {
  return {
    ...shared,
    test: {
      name,
      include: [`test/${name}/**/*.spec.ts`],
      testTimeout: 600_000,
      hookTimeout: 600_000,
      ...more,
    },
  };
}

const oneByOne = { fileParallelism: false };

export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['libs/**/*.spec.ts', 'apps/**/*.spec.ts', 'scripts/**/*.spec.ts'],
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.spec.ts'],
          globalSetup: ['test/integration/global-setup.ts'],
          // The embedded database is opened more often than it computes: V8's optimising compiler would cost more
          // than it saves, and a test waits for the engine's thread most of the time.
          execArgv: ['--liftoff-only'],
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      programs('faults', oneByOne),
      programs('e2e', oneByOne),
      // Each file has stacks of its own, and mostly waits for them to become healthy.
      programs('stack', { globalSetup: ['test/stack/global-setup.ts'], maxWorkers: 3 }),
    ],
  },
});
