#!/usr/bin/env node
const response = await fetch(process.argv.at(-1));
process.exit(response.ok ? 0 : 1);
