/** What Grafana knows when it sends a panel's question. */
export interface PanelRange {
  from: Date;
  to: Date;
  /** What is chosen of each variable, by its name. */
  variables: Readonly<Record<string, readonly (string | number)[]>>;
}

/** As many points as a panel of common width asks for. */
const maxDataPoints = 800;

/** The shortest interval of our panels is a minute. */
const shortestMs = 60_000;

/**
 * A panel's question as Grafana's PostgreSQL data source sends it to a server with TimescaleDB: variables first, then
 * `$__interval` and epochs, then the macros. What is left over is sent as it is, and fails.
 */
export function expandMacros(sql: string, { from, to, variables }: PanelRange): string {
  const intervalMs = Math.max(shortestMs, (to.getTime() - from.getTime()) / maxDataPoints);
  return sql
    .replaceAll(/\$\{(\w+):sqlstring\}/g, (whole, name: string) =>
      name in variables ? (variables[name] ?? []).map((value) => `'${value}'`).join(',') : whole,
    )
    .replaceAll('$__interval_ms', String(Math.round(intervalMs)))
    .replaceAll('$__interval', `${Math.round(intervalMs / 1_000)}s`)
    .replaceAll('$__unixEpochFrom()', String(Math.floor(from.getTime() / 1_000)))
    .replaceAll('$__unixEpochTo()', String(Math.floor(to.getTime() / 1_000)))
    .replaceAll('$__timeFrom()', `'${from.toISOString()}'`)
    .replaceAll('$__timeTo()', `'${to.toISOString()}'`)
    .replaceAll(
      /\$__timeFilter\(([^)]+)\)/g,
      (_, column: string) => `${column} BETWEEN '${from.toISOString()}' AND '${to.toISOString()}'`,
    )
    .replaceAll(
      /\$__timeGroup\(([^,)]+), ?(\d+)s\)/g,
      (_, column: string, seconds: string) => `time_bucket('${seconds}.000s', ${column})`,
    );
}
