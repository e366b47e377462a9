/** Injection token of the app's `PortalSettings`. */
export const PORTAL_SETTINGS = Symbol('PortalSettings');
export type { PortalSettings } from './portal.config.js';
