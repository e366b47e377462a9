import { literal } from '../../compose-model.js';
import type { HostSpec } from '../../host-spec.js';
import { hostNames } from '../../parse-host-spec.js';
import { socketProxy } from './socket-proxy-service.js';

/** Ports inside the container: above 1024, so that Traefik needs no privilege for them. */
export const entryPorts = { web: 8000, websecure: 8443 };

/** Answers on the container's own loopback alone: of what Traefik says about itself, tenants see nothing. */
export const pingArguments = ['--ping=true', '--entrypoints.traefik.address=127.0.0.1:8079'];

/** Traefik's static configuration, option by option as its reference for 3.7 has them. */
export function traefikArguments(spec: HostSpec): string[] {
  const edge = hostNames(spec).project('edge');
  return [
    '--global.checknewversion=false',
    '--global.sendanonymoususage=false',
    '--log.level=INFO',
    '--log.nocolor=true',
    ...accessLog,
    ...pingArguments,
    `--api=${spec.dashboard.enabled}`,
    `--entrypoints.web.address=:${entryPorts.web}`,
    // To the port that browsers know, not to the one inside the container.
    `--entrypoints.web.http.redirections.entrypoint.to=:${spec.listen.https}`,
    '--entrypoints.web.http.redirections.entrypoint.scheme=https',
    `--entrypoints.websecure.address=:${entryPorts.websecure}`,
    // A large meter file over a slow line takes longer than the default minute.
    '--entrypoints.websecure.transport.respondingtimeouts.readtimeout=600s',
    // A container on the same host takes a connection at once, or has just been stopped: nobody waits half a minute for that.
    '--serverstransport.forwardingtimeouts.dialtimeout=5s',
    ...['web', 'websecure', 'traefik'].flatMap((entryPoint) => strictness(entryPoint, spec.trustedIps)),
    `--providers.docker.endpoint=tcp://${socketProxy.service}:${socketProxy.port}`,
    '--providers.docker.exposedbydefault=false',
    `--providers.docker.constraints=Label(\`wattfleet.edge\`,\`${edge}\`)`,
    '--providers.file.directory=/dynamic',
    '--providers.file.watch=true',
    '--core.stricttlsoptions=true',
    ...resolver(spec.tls),
  ];
}

/** Who asked for what, and how it went; no header but the browser's name, no query: both can hold secrets. */
const accessLog = [
  '--accesslog=true',
  '--accesslog.format=json',
  '--accesslog.fields.headers.defaultmode=drop',
  '--accesslog.fields.headers.names.User-Agent=keep',
  '--accesslog.fields.queryparameters.defaultmode=drop',
  '--accesslog.fields.names.ClientUsername=drop',
];

/**
 * A path is what it says or it is refused, so that the router and the program behind it never understand two different
 * things; and a header that a program could take for another (`X_WEBAUTH_USER`, `X.WEBAUTH.USER`) is removed.
 */
function strictness(entryPoint: string, trustedIps: readonly string[]): string[] {
  const http = `--entrypoints.${entryPoint}.http`;
  const characters = ['slash', 'backslash', 'nullcharacter', 'semicolon', 'percent', 'questionmark', 'hash'];
  return [
    ...characters.map((name) => `${http}.encodedcharacters.allowencoded${name}=false`),
    `${http}.sanitizepath=true`,
    `${http}.aliasheadersstrategy=delete`,
    `${http}.maxheaderbytes=65536`,
    ...(trustedIps.length === 0
      ? []
      : [`--entrypoints.${entryPoint}.forwardedheaders.trustedips=${trustedIps.join(',')}`]),
  ];
}

function resolver({ challenge, email, caServer, dns }: HostSpec['tls']): string[] {
  if (challenge === 'own') return [];
  const acme = '--certificatesresolvers.le.acme';
  return [
    `${acme}.email=${literal(email ?? '')}`,
    `${acme}.storage=/acme/acme.json`,
    `${acme}.keytype=EC256`,
    ...(caServer === undefined ? [] : [`${acme}.caserver=${literal(caServer)}`]),
    ...(challenge === 'http'
      ? [`${acme}.httpchallenge.entrypoint=web`]
      : [`${acme}.dnschallenge.provider=${dns?.provider ?? ''}`]),
  ];
}
