import { variable, type Secret, type Values } from '#libs/config';
import type { InputProblem } from '#libs/errors';

/** The variables of alerts and where they go. */
export const alertVariables = {
  ALERT_INTERVAL_SECONDS: variable.integer(5, 86_400)('Seconds between two looks for alerts.', {
    default: '30',
  }),
  ALERT_WEBHOOK_ALLOW_PRIVATE: variable.flag(
    'Let webhooks of alerts reach loopback, link-local and private addresses.',
    { default: 'false' },
  ),
  ALERT_WEBHOOK_SECRET: variable.secret(16, 'Signs the webhooks of alerts (HMAC-SHA256).', {
    optional: true,
  }),
  SMTP_URL: variable.secret(
    1,
    'Server for alerts by e-mail: smtp://user:password@host:587, or smtps:// for TLS from the start.',
    { optional: true },
  ),
  ALERT_EMAIL_FROM: variable.email('Sender of alerts by e-mail; required with SMTP_URL.', { optional: true }),
};

export interface AlertSettings {
  /** Address of the app, for the links in notices. */
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

type AlertValues = Values<typeof alertVariables>;

export function alertSettings(values: AlertValues, publicUrl: URL): AlertSettings {
  const { SMTP_URL: smtpUrl, ALERT_EMAIL_FROM: from } = values;
  return {
    publicUrl,
    intervalSeconds: values.ALERT_INTERVAL_SECONDS,
    webhook: { allowPrivate: values.ALERT_WEBHOOK_ALLOW_PRIVATE, secret: values.ALERT_WEBHOOK_SECRET },
    email: smtpUrl === undefined || from === undefined ? undefined : { smtpUrl, from },
  };
}

export function checkAlerts({ SMTP_URL: smtpUrl, ALERT_EMAIL_FROM: from }: AlertValues): InputProblem[] {
  if (smtpUrl === undefined) return [];
  const problems: InputProblem[] = [];
  if (!isSmtpUrl(smtpUrl.reveal()))
    problems.push({ path: 'SMTP_URL', message: 'must be an smtp:// or smtps:// URL' });
  if (from === undefined)
    problems.push({ path: 'ALERT_EMAIL_FROM', message: 'is required when SMTP_URL is set' });
  return problems;
}

/** Whether it is `smtp://…` or `smtps://…` with a host. */
function isSmtpUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '';
}
