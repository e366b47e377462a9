import type { AlertNotice } from '#libs/contracts';
import { oneLine } from './notice.js';

/** Plain text. */
export interface NoticeMail {
  subject: string;
  text: string;
}

const longestSubject = 150;

/** One alert: `[Raised] Acme (ACME): No contact for 1 h 2 min (limit 1 h)`. */
export function mailOf(notice: AlertNotice): NoticeMail {
  const { customer, summary, raisedAt, resolvedAt, url } = notice;
  const head = customer === null ? summary : `${customer.name} (${customer.code}): ${summary}`;
  const lines = [
    oneLine(head, 1_000),
    '',
    `Raised:   ${raisedAt}`,
    ...(resolvedAt === null ? [] : [`Resolved: ${resolvedAt}`]),
    '',
    url,
  ];
  return { subject: oneLine(`[${label(notice)}] ${head}`, longestSubject), text: `${lines.join('\n')}\n` };
}

/** Many alerts in one mail, a line each. */
export function digestOf(notices: readonly AlertNotice[], publicUrl: URL): NoticeMail {
  const raised = notices.filter(({ event }) => event === 'raised').length;
  const counts = [`${raised} raised`, `${notices.length - raised} resolved`].filter(
    (c) => !c.startsWith('0 '),
  );
  const lines = notices.map((notice) => {
    const { customer, summary, resolvedAt, raisedAt } = notice;
    const who = customer === null ? '' : `${customer.name} (${customer.code}): `;
    return oneLine(`${resolvedAt ?? raisedAt} ${label(notice)}: ${who}${summary}`, 1_000);
  });
  return {
    subject: `[Alerts] ${counts.join(', ')}`,
    text: `${lines.join('\n')}\n\n${new URL('/alerts', publicUrl).href}\n`,
  };
}

function label({ event }: AlertNotice): string {
  return { raised: 'Raised', resolved: 'Resolved', test: 'Test' }[event];
}
