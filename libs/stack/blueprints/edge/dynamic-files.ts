import { stringify } from 'yaml';
import type { HostFacts } from '../../host-facts.js';
import type { HostSpec } from '../../host-spec.js';
import { fingerprint } from '../../mask.js';
import { generatedMarker, type RenderedFile } from '../../render.js';
import { secretFile } from '../../tenant-secrets.js';
import { dashboardUsers } from './traefik-service.js';

/**
 * Traefik's dynamic configuration, which it reads again whenever the file changes, and the host's own certificates.
 * Their fingerprints stand in it, so that renewed certificates are read again too.
 */
export function dynamicFiles(spec: HostSpec, { certificates }: HostFacts): RenderedFile[] {
  const own = spec.tls.challenge === 'own' ? certificates : [];
  const prints = own.map(({ name, certificate }) => `# ${name} ${fingerprint(certificate)}\n`).join('');
  const content = {
    tls: {
      options: { default: { minVersion: 'VersionTLS12' } },
      ...(own.length === 0 ? {} : ownCertificates(own.map(({ name }) => name))),
    },
    ...(spec.dashboard.enabled ? { http: dashboard(spec) } : {}),
  };
  const marker = generatedMarker['host.yaml'];
  return [
    ...own.flatMap(({ name, certificate, key }) => [
      { path: `secrets/certificates/${name}.crt`, text: certificate, mode: 0o444 },
      { path: `secrets/certificates/${name}.key`, text: key, mode: 0o444 },
    ]),
    {
      path: 'dynamic/edge.yaml',
      text: `${marker}\n${prints}${stringify(content, { lineWidth: 0 })}`,
      mode: 0o644,
    },
  ];
}

/** Traefik takes the one whose names fit; the first of them where none does. */
function ownCertificates(names: readonly string[]) {
  const files = names.map((name) => ({
    certFile: `/certificates/${name}.crt`,
    keyFile: `/certificates/${name}.key`,
  }));
  // A copy: the same object twice would be written as a YAML alias.
  return { certificates: files, stores: { default: { defaultCertificate: { ...files[0] } } } };
}

function dashboard({ dashboard: { host }, tls: { challenge } }: HostSpec) {
  return {
    routers: {
      dashboard: {
        rule: `Host(\`${host}\`) && (PathPrefix(\`/api\`) || PathPrefix(\`/dashboard\`))`,
        entryPoints: ['websecure'],
        service: 'api@internal',
        middlewares: ['dashboard-users'],
        tls: challenge === 'own' ? {} : { certResolver: 'le' },
      },
    },
    middlewares: {
      'dashboard-users': {
        basicAuth: { usersFile: `/run/secrets/${secretFile(dashboardUsers)}`, removeHeader: true },
      },
    },
  };
}
