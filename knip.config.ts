import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'apps/{portal,admin,provisioner}/src/main.ts',
    'apps/{portal,admin}-web/src/main.tsx',
    'apps/{portal,admin}-web/vite.config.ts',
    'apps/provisioner/src/testing/source-hooks.mjs',
    'libs/contracts/index.ts',
    'libs/database/embedded/engine.ts',
    'libs/ui/public/*.js',
    'scripts/*.mjs',
    'scripts/{demo,generate}/main.ts',
    'test/bench/{main,parse-reader}.ts',
    'test/faults/fleet/shifted-clock.mjs',
    'test/integration/database/insert-forever.ts',
    'test/{integration,faults,e2e,stack}/**/*.spec.ts',
    '{apps,libs,scripts}/**/*.spec.ts',
  ],
  project: ['{apps,libs,scripts,test}/**/*.{ts,tsx,mjs}'],
  // Debian's, run where it is installed.
  ignoreBinaries: [
    'promtool',
    'restic',
    'sha256sum',
    'openssl',
    'systemd-analyze',
    'ssh-keygen',
    'mount',
    'umount',
  ],
  // Run by scripts through the PATH, not imported.
  ignoreDependencies: ['oxlint-tsgolint', '@swc/core', 'oxfmt', 'oxlint', 'dependency-cruiser'],
};

export default config;
