#!/usr/local/bin/node
const response = await fetch('http://127.0.0.1:55555/health').catch(() => undefined);
process.exit(response?.ok ? 0 : 1);
