import { existsSync } from 'node:fs';
import { request } from 'node:https';
import { readSpec } from '../tenants/tenant.js';
import { error, ok, skipped, warning } from './finding.js';
import type { HostCheck } from './host-subject.js';

/** Sign-ins, tokens and measurements bear times: a minute is where it begins to be seen. */
const muchSeconds = 60;
const mostAsked = 3;

/** The clock is right, by what the system says of its time service, else by the answers of Admin. */
export const hostClock: HostCheck = {
  id: 'clock',
  title: 'Clock',
  run: async ({ config, slugs }) => {
    const fix = 'timedatectl set-ntp true, or install chrony';
    if (existsSync('/run/systemd/timesync/synchronized')) return [ok('systemd-timesyncd keeps it')];
    const urls = new Set<string>();
    for (const slug of slugs) {
      const url = await readSpec(config.root, slug).then(
        ({ fleet }) => fleet.url,
        () => undefined,
      );
      if (url?.startsWith('https:')) urls.add(url);
      if (urls.size === mostAsked) break;
    }
    for (const url of urls) {
      const offset = await offsetSeconds(url);
      if (offset === undefined) continue;
      const text = `${Math.abs(offset).toFixed(0)} s ${offset < 0 ? 'ahead of' : 'behind'} ${new URL(url).host}`;
      if (Math.abs(offset) > muchSeconds) return [error(text, fix)];
      return [warning(`it is right (${text}), but no time service is seen that keeps it so`, fix)];
    }
    return [skipped(`there is nothing to compare it with; is a time service on? ${fix}`)];
  },
};

/** By the `Date` of an answer, whatever it is: to the second. @returns undefined without an answer */
function offsetSeconds(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const began = Date.now();
    const asked = request(url, { method: 'HEAD', timeout: 5_000 });
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => resolve(undefined));
    asked.once('response', ({ headers }) => {
      asked.destroy();
      const there = Date.parse(headers.date ?? '');
      resolve(Number.isNaN(there) ? undefined : (there - (began + Date.now()) / 2) / 1_000);
    });
    asked.end();
  });
}
