import type { Alert } from '#libs/contracts';

/** `ops@example.com: raised, not sent after 3 attempts (connection refused)`. */
export function noticeState({
  destination,
  event,
  sentAt,
  attempts,
  lastError,
}: Alert['notices'][number]): string {
  const reason = lastError === null ? '' : ` (${lastError})`;
  if (sentAt !== null) return `${destination}: ${event}, sent`;
  if (attempts === 0) return `${destination}: ${event}, waits`;
  const times = attempts === 1 ? '1 attempt' : `${String(attempts)} attempts`;
  return `${destination}: ${event}, not sent after ${times}${reason}`;
}
