/** The major version in `17.6 (Debian 17.6-1)` or `17.6`: servers read data and take dumps of their own one alone. */
export function majorOf(version: string): string | undefined {
  return version.split('.')[0];
}
