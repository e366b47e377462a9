import { portalAlertKind, type PortalAlertSubject } from '#libs/contracts';
import type { Alerting, AlertSettings } from '#libs/nest-kit';

/** Alerts of a portal are about devices, and about where files come from. */
export function deliveryAlerting(settings: AlertSettings): Alerting<PortalAlertSubject> {
  return {
    settings,
    schema: 'monitoring',
    kinds: portalAlertKind.options,
    subject: 'alert.subject',
    noSubject: { site: null, device: null, source: null },
    heading: ({ site, device, source }) => {
      if (site === null || device === null) return source ?? undefined;
      return `${site.name}, ${[device.serial, device.name].filter((text) => text !== '').join(' ')}`;
    },
    page: ({ site, device, source }) => {
      if (site === null || device === null) return source === null ? '/' : '/imports';
      return `/sites/${site.id}?device=${encodeURIComponent(device.serial)}`;
    },
    alertsPage: '/settings/alerts',
  };
}
