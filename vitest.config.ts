import { defineConfig } from 'vitest/config';

const shared = { resolve: { conditions: ['source'] }, ssr: { resolve: { conditions: ['source'] } } };

/** Suites that run whole programs: one file after the other, and with patience. */
function serial(name: string) {
  return {
    ...shared,
    test: {
      name,
      include: [`test/${name}/**/*.spec.ts`],
      fileParallelism: false,
      testTimeout: 600_000,
      hookTimeout: 600_000,
    },
  };
}

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
      serial('faults'),
      serial('e2e'),
      serial('stack'),
    ],
  },
});
