#!/usr/bin/env node
import { endWhenOutputCloses } from '#libs/config';
import { findPackage } from './find-package.js';
import { Output } from './output.js';
import { readProvisionerConfig } from './provisioner.config.js';
import { run } from './run.js';

endWhenOutputCloses();
const argv = process.argv.slice(2);
try {
  const config = readProvisionerConfig(findPackage(import.meta.dirname));
  process.exitCode = await run(argv, config, process);
} catch (error) {
  // Without a configuration there is no run to tell of it.
  process.exitCode = new Output(process, argv.includes('--json'), true).error(error);
}
