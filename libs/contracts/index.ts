export * from './customers.js';
export * from './fleet-push.js';
export * from './imports.js';
export * from './problem.js';
export * from './push.js';
export * from './session.js';
export * from './sites.js';
