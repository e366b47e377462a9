export { endWhenOutputCloses } from './closed-output.js';
export { readEnvironment, type Environment, type Values, type Variables } from './environment.js';
export { isPlain, scramVerifier } from './scram-verifier.js';
export { Secret } from './secret.js';
export * as variable from './variable.js';
export type { Variable } from './variable.js';
