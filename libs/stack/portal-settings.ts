import type { InputProblem } from '#libs/errors';
import type { TenantSecrets } from './tenant-secrets.js';
import type { TenantSpec } from './tenant-spec.js';

type Section = 'branding' | 'imports' | 'alerts';

/** Keys of tenant.yaml that are handed to the portal as they stand, and the variables that carry them. */
export const portalSettings: { [S in Section]: Record<keyof TenantSpec[S], string> } = {
  /** Looks for the first start only; later changes are made in the portal. */
  branding: {
    applicationName: 'WHITE_LABEL_APPLICATION_NAME',
    primaryColor: 'WHITE_LABEL_PRIMARY_COLOR',
    secondaryColor: 'WHITE_LABEL_SECONDARY_COLOR',
    accentColor: 'WHITE_LABEL_ACCENT_COLOR',
    footerText: 'WHITE_LABEL_FOOTER_TEXT',
  },
  imports: {
    keepOriginalsDays: 'IMPORT_KEEP_ORIGINALS_DAYS',
    keepRefusedDays: 'IMPORT_KEEP_REFUSED_DAYS',
    keepReportsDays: 'IMPORT_KEEP_REPORTS_DAYS',
  },
  alerts: {
    emailFrom: 'ALERT_EMAIL_FROM',
    intervalSeconds: 'ALERT_INTERVAL_SECONDS',
    allowPrivateWebhooks: 'ALERT_WEBHOOK_ALLOW_PRIVATE',
  },
};

/** Variables of the portal by what tenant.yaml gives. What it does not give is the portal's default. */
export function givenSettings(spec: Pick<TenantSpec, Section>): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [section, variables] of Object.entries(portalSettings)) {
    const values: Record<string, string | number | boolean | undefined> = spec[section as Section];
    for (const [key, variable] of Object.entries(variables)) {
      const value = values[key];
      if (value !== undefined) given[variable] = String(value);
    }
  }
  return given;
}

/** What the portal would refuse at its start: told before anything is written, by name and never by value. */
export function alertProblems(
  { alerts }: Pick<TenantSpec, 'alerts'>,
  secrets: TenantSecrets,
): InputProblem[] {
  const { SMTP_URL: smtpUrl, ALERT_WEBHOOK_SECRET: webhookSecret } = secrets;
  const problems: InputProblem[] = [];
  if (alerts.emailFrom !== undefined && smtpUrl === undefined)
    problems.push({
      path: 'alerts.emailFrom',
      message: 'is set, but no server is: add SMTP_URL=smtps://user:password@mail.example.com to .env',
    });
  if (smtpUrl !== undefined && !isSmtpUrl(smtpUrl))
    problems.push({ path: '.env SMTP_URL', message: 'must be an smtp:// or smtps:// URL' });
  if (webhookSecret !== undefined && webhookSecret.length < 16)
    problems.push({ path: '.env ALERT_WEBHOOK_SECRET', message: 'must have at least 16 characters' });
  return problems;
}

function isSmtpUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '';
}
