/** Two days of the calendar, both included, as a date field writes them: `2026-07-01`; empty where it is open. */
export interface Period {
  from: string;
  to: string;
}

const day = /^\d{4}-\d{2}-\d{2}$/;

export function readPeriod(params: URLSearchParams): Period {
  return { from: readDay(params.get('from')), to: readDay(params.get('to')) };
}

/** The same as instants, in the time zone of who looks: from the first moment of one day to the last of the other. */
export function periodQuery({ from, to }: Period): { from: string | undefined; to: string | undefined } {
  return { from: startOf(from, 0), to: startOf(to, 1) };
}

function readDay(text: string | null): string {
  return text !== null && day.test(text) && startOf(text, 0) !== undefined ? text : '';
}

function startOf(text: string, daysLater: number): string | undefined {
  if (text === '') return undefined;
  const [year = 0, month = 0, date = 0] = text.split('-').map(Number);
  const start = new Date(year, month - 1, date + daysLater);
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}
