import type { FormatDefinition } from '../format.js';

/** Bare T202 file, the T302's predecessor: serial numbers, channel names, rows in UTC. */
export const mvT202V002 = {
  name: 'MV_T202_V002',
  envelope: null,
  interpret: () => ({ timeZone: 'UTC', masterType: null }),
} as const satisfies FormatDefinition;
