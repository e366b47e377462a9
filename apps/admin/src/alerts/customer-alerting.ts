import { alertKind, type AlertNotice } from '#libs/contracts';
import type { Alerting, AlertSettings } from '#libs/nest-kit';

/** Alerts of Admin are about customers. */
export function customerAlerting(settings: AlertSettings): Alerting<Pick<AlertNotice, 'customer'>> {
  return {
    settings,
    schema: 'fleet',
    kinds: alertKind.options,
    subject: `json_build_object('customer', json_build_object('code', customer_code, 'name', customer_name))`,
    noSubject: { customer: null },
    heading: ({ customer }) => (customer === null ? undefined : `${customer.name} (${customer.code})`),
    page: ({ customer }) => (customer === null ? '/' : `/customers/${encodeURIComponent(customer.code)}`),
    alertsPage: '/alerts',
  };
}
