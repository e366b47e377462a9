import type { AlertDestination } from '#libs/contracts';
import type { Alerting } from './alerting.js';

export type NoticeTarget = Pick<AlertDestination, 'id' | 'type' | 'address'>;

/** A notice as the database has it. */
export interface StoredNotice {
  event: 'raised' | 'resolved' | 'test';
  alertId: string;
  kind: string | null;
  /** What the alert is about, as the app says it. */
  subject: object;
  summary: string;
  raisedAt: string;
  resolvedAt: string | null;
}

/** With the link, which depends on where the app is reached, and what mails begin with. */
export interface Notice extends StoredNotice {
  heading: string | undefined;
  url: string;
}

/** A notice that is to be sent. */
export interface WaitingNotice {
  /** Of the row: a repetition has the same. */
  id: string;
  attempts: number;
  notice: StoredNotice;
}

/** A notice was not delivered; the message is for operators and holds no secret. */
export class DeliveryError extends Error {
  override name = 'DeliveryError';
}

const longestMessage = 200;

/** Text of others, in one line and cut, for a log line or a page. */
export function oneLine(text: string, longest = longestMessage): string {
  return text
    .replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, longest);
}

/** With the address of the page in the app that shows more. */
export function withLink(notice: StoredNotice, alerting: Alerting): Notice {
  const { subject } = notice;
  const url = new URL(alerting.page(subject), alerting.settings.publicUrl).href;
  return { ...notice, heading: alerting.heading(subject), url };
}

/** What a webhook is sent: what the alert is about stands beside the rest. */
export function webhookBody(notice: Notice): object {
  const { heading: _heading, subject, ...rest } = notice;
  return { ...rest, ...subject };
}
