#!/usr/bin/env node
// The one call of `grafana cli` that Wattfleet makes.
import { readFileSync } from 'node:fs';
import { setPassword } from './grafana-password.mjs';

const known = 'cli admin reset-admin-password --password-from-stdin';
if (process.argv.slice(2).join(' ') !== known) {
  console.error(`this stand-in for Grafana knows \`grafana ${known}\` only`);
  process.exit(1);
}
setPassword(readFileSync(0, 'utf8').split('\n', 1)[0]);
console.log('Admin password changed successfully ✔');
