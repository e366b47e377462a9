import { tenantNames, tenantPorts } from '#libs/stack';
import { ensure, type Ensured } from './ensure.js';
import type { SftpgoApi } from './sftpgo-api.js';

/** The trigger and the action of SFTPGo's event manager that are used. */
const fileEvent = 1;
const httpAction = 1;
const succeeded = 1;

/** Name of the tenant's action and rule. */
export function hookName(slug: string): string {
  return `wattfleet-${slug}`;
}

/** SFTPGo tells the tenant's portal of what has come, in the network that the two share with Traefik alone. */
export async function ensureHook(api: SftpgoApi, code: string, secret: string): Promise<Ensured> {
  const { slug, portalAlias } = tenantNames({ code });
  const name = hookName(slug);
  const action = await ensure(api, 'eventactions', name, {
    name,
    description: `Tells the portal of ${code} that a file has come. Kept by wattfleet`,
    type: httpAction,
    options: {
      http_config: {
        endpoint: `http://${portalAlias}:${tenantPorts.portal}/api/imports/hooks/sftpgo`,
        method: 'POST',
        // The portal only takes note. One that is down is not waited for: it looks by itself, too.
        timeout: 10,
        headers: [{ key: 'Authorization', value: `Bearer ${secret}` }],
      },
    },
  });
  const rule = await ensure(api, 'eventrules', name, {
    name,
    description: `Uploads of ${code}. Kept by wattfleet`,
    status: 1,
    trigger: fileEvent,
    conditions: {
      // Some clients upload under another name and rename at the end; a new folder is a new site.
      fs_events: ['upload', 'rename', 'mkdir'],
      options: { names: [{ pattern: slug }], event_statuses: [succeeded] },
    },
    actions: [{ name, order: 1 }],
  });
  return [action, rule].find((one) => one !== 'unchanged') ?? 'unchanged';
}

/** The rule first: an action in use is not removed. */
export async function removeHook(api: SftpgoApi, slug: string): Promise<void> {
  await api.remove('eventrules', hookName(slug));
  await api.remove('eventactions', hookName(slug));
}
