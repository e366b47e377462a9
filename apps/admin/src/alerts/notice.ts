import type { AlertDestination, AlertNotice } from '#libs/contracts';

export type NoticeTarget = Pick<AlertDestination, 'id' | 'type' | 'address'>;

/** A notice without the link, which depends on where Admin is reached. */
export type StoredNotice = Omit<AlertNotice, 'url'>;

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

/** With the address of the customer's page in Admin, or of Admin itself. */
export function withLink(notice: StoredNotice, publicUrl: URL): AlertNotice {
  const page = notice.customer === null ? '/' : `/customers/${encodeURIComponent(notice.customer.code)}`;
  return { ...notice, url: new URL(page, publicUrl).href };
}
