/** Injection token of the app's `ServerSettings`. */
export const SERVER_SETTINGS = Symbol('ServerSettings');

/** Injection token of the app's `AccessRules`. */
export const ACCESS_RULES = Symbol('AccessRules');

/** Injection token of the app's `ApiTokens`; an app without such tokens provides none. */
export const API_TOKENS = Symbol('ApiTokens');

/** Injection token of the open `Database`. */
export const DATABASE = Symbol('Database');

/** Injection token of the app's prom-client `Registry`. */
export const METRICS_REGISTRY = Symbol('MetricsRegistry');
