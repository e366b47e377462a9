/** First day of a month `2026-03`, and of the one after it: what a bill is asked for. */
export function periodOfMonth(month: string): { from: string; to: string } {
  const [year, number] = month.split('-').map(Number);
  const next = new Date(Date.UTC(year ?? 0, number ?? 0, 1)).toISOString().slice(0, 10);
  return { from: `${month}-01`, to: next };
}

/** `2026-03`, from 2000 on; null for anything else. */
export function parseMonth(text: string | null): string | null {
  return text !== null && /^20\d\d-(0[1-9]|1[0-2])$/.test(text) ? text : null;
}

/** The month before the one of `now`: the last that is complete. */
export function lastMonth(now: Date): string {
  return new Date(Date.UTC(now.getFullYear(), now.getMonth() - 1, 1)).toISOString().slice(0, 7);
}
