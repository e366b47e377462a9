import { oneLine, type Notice } from './notice.js';

/** Plain text. */
export interface NoticeMail {
  subject: string;
  text: string;
}

const longestSubject = 150;

/** One alert: `[Raised] Acme (ACME): No contact for 1 h 2 min (limit 1 h)`. */
export function mailOf(notice: Notice): NoticeMail {
  const { raisedAt, resolvedAt, url } = notice;
  const head = headOf(notice);
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

/**
 * Many alerts in one mail, a line each.
 * @param alertsUrl page of all alerts
 */
export function digestOf(notices: readonly Notice[], alertsUrl: URL): NoticeMail {
  const raised = notices.filter(({ event }) => event === 'raised').length;
  const counts = [`${raised} raised`, `${notices.length - raised} resolved`].filter(
    (c) => !c.startsWith('0 '),
  );
  const lines = notices.map((notice) => {
    const { resolvedAt, raisedAt } = notice;
    return oneLine(`${resolvedAt ?? raisedAt} ${label(notice)}: ${headOf(notice)}`, 1_000);
  });
  return {
    subject: `[Alerts] ${counts.join(', ')}`,
    text: `${lines.join('\n')}\n\n${alertsUrl.href}\n`,
  };
}

function headOf({ heading, summary }: Notice): string {
  return heading === undefined ? summary : `${heading}: ${summary}`;
}

function label({ event }: Notice): string {
  return { raised: 'Raised', resolved: 'Resolved', test: 'Test' }[event];
}
