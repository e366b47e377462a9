import { checkServerIdentity } from 'node:tls';
import { askEdge } from './ask-edge.js';
import { edgeAddress } from './edge-address.js';
import { error, ok, skipped, warning } from './finding.js';
import type { TenantCheck } from './tenant-subject.js';

/** Renewal begins thirty days before the end: what is left with fewer than these was not renewed. */
const soonDays = 14;
const dayMs = 86_400_000;

/** Traefik shows a certificate that a browser believes, for the right name, and not one about to end. */
export const certificate: TenantCheck = {
  id: 'certificate',
  title: 'The certificate is valid',
  run: async (subject) => {
    const { host } = subject.tenant.spec;
    const edge = await edgeAddress(subject);
    if (edge === undefined) return [skipped('no Traefik stands in its edge network')];
    const { certificate: shown, distrust } = await askEdge(edge, host, '/health');
    const renew = `check that ${host} points to this host and read wattfleet doctor; Traefik's log says what the issuer answered`;
    if (/TRAEFIK DEFAULT CERT/i.test(JSON.stringify(shown.subject))) {
      return [error(`Traefik has no certificate for ${host} and shows its own`, renew)];
    }
    const wrongName = checkServerIdentity(host, shown);
    if (wrongName !== undefined)
      return [error(`the certificate is for ${shown.subjectaltname ?? 'another name'}`, renew)];
    const days = Math.floor((Date.parse(shown.valid_to) - Date.now()) / dayMs);
    if (days < 0) return [error(`the certificate ended on ${shown.valid_to}`, renew)];
    if (distrust !== undefined)
      return [warning(`browsers do not believe the certificate: ${distrust}`, renew)];
    if (days <= soonDays) return [warning(`the certificate ends in ${days} days and was not renewed`, renew)];
    return [ok(`valid for ${host} for another ${days} days`)];
  },
};
