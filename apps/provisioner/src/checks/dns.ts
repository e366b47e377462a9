import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { hasCode } from '#libs/errors';
import { ok, warning } from './finding.js';
import type { TenantCheck } from './tenant-subject.js';

/** The tenant's name leads to this machine. */
export const dns: TenantCheck = {
  id: 'dns',
  title: 'The host name leads here',
  run: async ({ tenant: { spec } }) => {
    const { host } = spec;
    try {
      const found = (await lookup(host, { all: true })).map(({ address }) => address);
      const own = new Set(
        Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address)),
      );
      if (found.some((address) => own.has(address)))
        return [ok(`${host} is ${found.join(', ')}, an address of this machine`)];
      return [
        warning(
          `${host} is ${found.join(', ')}, which is no address of this machine`,
          'fine behind a load balancer or NAT; else correct the DNS record',
        ),
      ];
    } catch (cause) {
      if (!hasCode(cause, 'ENOTFOUND') && !hasCode(cause, 'EAI_AGAIN')) throw cause;
      return [
        warning(
          `${host} cannot be resolved`,
          `add a DNS record for ${host}, or a wildcard for its domain, that points here`,
        ),
      ];
    }
  },
};
