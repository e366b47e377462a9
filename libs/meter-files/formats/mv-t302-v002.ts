import type { FormatDefinition } from '../format.js';

/** Bare T302 file: serial numbers, channel names, rows in UTC. */
export const mvT302V002 = {
  name: 'MV_T302_V002',
  envelope: null,
  interpret: () => ({ timeZone: 'UTC', masterType: null }),
} as const satisfies FormatDefinition;
