#!/usr/bin/env -S node --max-semi-space-size=8
import { endWhenOutputCloses } from '#libs/config';
import { DockerProgram } from './docker/docker.js';
import { findPackage } from './find-package.js';
import { Output } from './output.js';
import { readProvisionerConfig } from './provisioner.config.js';
import { run } from './run.js';

endWhenOutputCloses();
const argv = process.argv.slice(2);
try {
  const config = readProvisionerConfig(findPackage(import.meta.dirname));
  process.exitCode = await run(argv, config, process, {
    docker: new DockerProgram(),
    signal: interruption(),
  });
} catch (error) {
  // Without a configuration there is no run to tell of it.
  process.exitCode = new Output(process, {
    json: argv.includes('--json'),
    noColour: true,
    quiet: false,
  }).error(error);
}

/** Aborted by the first Ctrl-C or SIGTERM; the second ends the program at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      process.stderr.write('Stopping at the next safe point; once more stops at once.\n');
      controller.abort();
    });
  }
  return controller.signal;
}
