import type { Secret } from '#libs/config';

/** Injection token of `AlertSettings`. */
export const ALERT_SETTINGS = Symbol('AlertSettings');

export interface AlertSettings {
  /** Address of Admin, for the links in notices. */
  publicUrl: URL;
  intervalSeconds: number;
  webhook: {
    /** Whether webhooks may reach loopback, link-local and private addresses. */
    allowPrivate: boolean;
    secret: Secret | undefined;
  };
  /** Undefined while there is no SMTP server. */
  email: { smtpUrl: Secret; from: string } | undefined;
}

/** Whether it is `smtp://…` or `smtps://…` with a host. */
export function isSmtpUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '';
}
