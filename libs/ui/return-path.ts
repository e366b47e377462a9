const anyOrigin = 'http://local.invalid';

/**
 * The path to go to after sign-in, if it stays inside this application; otherwise `/`.
 * A foreign address here would let a link to our sign-in page end on somebody else's.
 */
export function safeReturnPath(value: string | null): string {
  if (value === null || !value.startsWith('/')) return '/';
  const url = URL.parse(value, anyOrigin);
  // The parser reads `//host`, `/\host` and `/<tab>/host` as another origin, exactly as a browser would.
  if (url === null || url.origin !== anyOrigin || url.pathname.startsWith('//')) return '/';
  if (url.pathname === signInPath) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}

/** Whether the path is one of the dashboards, which the edge sends to Grafana: no page of ours. */
export function isDashboardPath(path: string): boolean {
  return /^\/grafana(?:[/?#]|$)/.test(path);
}

export const signInPath = '/sign-in';

/** Address of the sign-in page that comes back to `path` afterwards. */
export function signInPathFrom(path: string): string {
  const target = safeReturnPath(path);
  return target === '/' ? signInPath : `${signInPath}?${new URLSearchParams({ return: target }).toString()}`;
}
