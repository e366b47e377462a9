import type { ServerSettings } from '../settings.js';

/** Only over https, where the app has it. */
export function isSecure({ publicUrl }: ServerSettings): boolean {
  return publicUrl.protocol === 'https:';
}

/** The prefix makes the browser refuse the cookie on plain http, from a subdomain and for a path. */
export function cookieName(settings: ServerSettings, suffix = ''): string {
  const name = isSecure(settings) ? '__Host-wattfleet' : `wattfleet-${settings.appName}`;
  return `${name}${suffix}`;
}

/** What all our cookies have. */
export function cookieFlags(settings: ServerSettings) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(settings) } as const;
}
