import type { ToldError } from '../output.js';

/** How a tenant came out of a run. */
export interface TenantResult {
  tenant: string;
  result: 'done' | 'failed' | 'remaining';
  seconds: number;
  /** What was done, for people: `up to date`, `3 containers started`. */
  detail?: string;
  error?: ToldError;
  /** Command line that follows from the result. */
  next?: string;
}
