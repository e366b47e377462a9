import { request } from 'node:https';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { EdgeAddress } from './edge-address.js';

/** What Traefik answered, with the certificate it showed. */
export interface EdgeAnswer {
  status: number;
  /** `application/json`; empty where the answer names none. */
  contentType: string;
  certificate: PeerCertificate;
  /** Why a browser would not believe the certificate; undefined when it would. */
  distrust: string | undefined;
}

/** Asks Traefik as a browser would that came for `host`; believes any certificate, and tells about it. */
export async function askEdge(
  { address, port }: EdgeAddress,
  host: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<EdgeAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request({
      host: address,
      port,
      path,
      servername: host,
      headers: { host, ...headers },
      rejectUnauthorized: false,
      agent: false,
      timeout: 10_000,
    });
    asked.once('timeout', () => asked.destroy(new Error(`no answer from ${address}:${port} within 10 s`)));
    asked.once('error', reject);
    asked.once('response', (response) => {
      const socket = response.socket as TLSSocket;
      const certificate = socket.getPeerCertificate();
      const { authorized, authorizationError } = socket;
      response.resume();
      response.once('close', () =>
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          certificate,
          distrust: authorized ? undefined : String(authorizationError),
        }),
      );
    });
    asked.end();
  });
}
