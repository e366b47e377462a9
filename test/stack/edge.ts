import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { request as secureRequest, type Agent } from 'node:https';
import { text } from 'node:stream/consumers';
import { docker, eventually, publishedPort } from './docker.js';
import { images } from './requirements.js';
import { host, slug } from './tenant-stack.js';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Asked {
  method?: string;
  headers?: OutgoingHttpHeaders;
  /** Sent as JSON. */
  body?: object;
  /** Name in the URL; the tenant's unless given. */
  host?: string;
  /** Keeps connections; each request makes one of its own unless given. */
  agent?: Agent;
}

/** A real Traefik that stands in the tenant's edge network, as the host's own does. */
export class Edge {
  private constructor(
    readonly container: string,
    private readonly port: number,
  ) {}

  static async start(): Promise<Edge> {
    const container = await docker(
      'run',
      '--detach',
      `--label=wattfleet.test=${slug}`,
      '--publish=127.0.0.1::443',
      '--volume=/var/run/docker.sock:/var/run/docker.sock:ro',
      images.traefik,
      '--providers.docker=true',
      '--providers.docker.exposedbydefault=false',
      `--providers.docker.constraints=Label(\`wattfleet.tenant\`,\`${slug}\`)`,
      '--entrypoints.websecure.address=:443',
    );
    await docker('network', 'connect', `${slug}_edge`, container);
    const edge = new Edge(container, await publishedPort(container, 443));
    await eventually('Traefik knows the portal', 60, async () => {
      const answer = await edge.ask('/health').catch(() => undefined);
      return answer?.status === 200;
    });
    return edge;
  }

  /** Sends a request as a browser would that believes Traefik's own certificate. */
  ask(path: string, asked: Asked = {}): Promise<Answer> {
    return askSecurely(this.port, path, { host, ...asked });
  }

  async remove(): Promise<void> {
    await docker('rm', '--force', '--volumes', this.container);
  }
}

/** Sends a request to a port of this machine as a browser would that believes Traefik's own certificate. */
export function askSecurely(port: number, path: string, asked: Asked & { host: string }): Promise<Answer> {
  const { method = 'GET', body, host: name } = asked;
  const content = body === undefined ? undefined : JSON.stringify(body);
  const headers = { host: name, ...(content && { 'content-type': 'application/json' }), ...asked.headers };
  const options = { host: '127.0.0.1', port, path, method, headers, agent: asked.agent };
  return send(secureRequest({ ...options, servername: name, rejectUnauthorized: false }), content);
}

/** Sends a plain request to a port of this machine. */
export function askPort(port: number, path: string, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
  return send(request({ host: '127.0.0.1', port, path, headers }));
}

async function send(outgoing: ReturnType<typeof request>, content?: string): Promise<Answer> {
  outgoing.setTimeout(15_000, () => outgoing.destroy(new Error('no answer within 15 s')));
  return new Promise((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      const { statusCode = 0, headers } = response;
      text(response).then((body) => resolve({ status: statusCode, headers, body }), reject);
    });
    outgoing.end(content);
  });
}
