import { setTimeout as sleep } from 'node:timers/promises';
import { docker, eventually, publishedPort } from './docker.js';
import { askSecurely, type Answer, type Asked } from './edge.js';
import type { FleetTenant } from './fleet.js';
import { images } from './requirements.js';

/** A real Traefik that stands in the edge networks of several tenants. */
export class FleetEdge {
  private constructor(
    private readonly container: string,
    private readonly port: number,
  ) {}

  static async start(tenants: readonly FleetTenant[]): Promise<FleetEdge> {
    const slugs = tenants.map(({ slug }) => slug);
    const container = await docker(
      'run',
      '--detach',
      `--name=${slugs[0]}-traefik`,
      '--publish=127.0.0.1::443',
      '--volume=/var/run/docker.sock:/var/run/docker.sock:ro',
      images.traefik,
      '--providers.docker=true',
      '--providers.docker.exposedbydefault=false',
      `--providers.docker.constraints=${slugs.map((slug) => `Label(\`wattfleet.tenant\`,\`${slug}\`)`).join('||')}`,
      '--entrypoints.websecure.address=:443',
    );
    for (const slug of slugs) await docker('network', 'connect', `${slug}_edge`, container);
    const edge = new FleetEdge(container, await publishedPort(container, 443));
    for (const tenant of tenants) await edge.reaches(tenant);
    return edge;
  }

  async reaches(tenant: FleetTenant): Promise<void> {
    await eventually(`Traefik knows the portal of ${tenant.slug}`, 60, async () => {
      const answer = await this.ask(tenant, '/health').catch(() => undefined);
      return answer?.status === 200;
    });
  }

  ask({ host }: FleetTenant, path: string, asked: Asked = {}): Promise<Answer> {
    return askSecurely(this.port, path, { ...asked, host });
  }

  /** @returns the answer, with the Cookie header of the session in it when it is 200 */
  async signIn(
    tenant: FleetTenant,
    account: { email: string; password: string },
  ): Promise<{ status: number; cookie: string }> {
    const headers = { origin: `https://${tenant.host}` };
    const answer = await this.ask(tenant, '/api/session', { method: 'POST', body: account, headers });
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    return { status: answer.status, cookie: cookie.split(';', 1)[0] ?? '' };
  }

  async remove(): Promise<void> {
    await docker('rm', '--force', '--volumes', this.container);
  }
}

/** Requests one after the other, some ten a second, until it is stopped. */
export class Traffic {
  readonly #answers: number[] = [];
  readonly #stop = new AbortController();
  readonly #ended: Promise<void>;

  /** @param ask gives the status of one answer; what it throws counts as 0 */
  constructor(ask: () => Promise<number>) {
    this.#ended = this.#run(ask);
  }

  async #run(ask: () => Promise<number>): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#answers.push(await ask().catch(() => 0));
      await sleep(80);
    }
  }

  /** @returns the statuses, with those that follow each other and are the same told once: `200 404 200` */
  async stop(): Promise<number[]> {
    this.#stop.abort();
    await this.#ended;
    return this.#answers.filter((status, index) => status !== this.#answers[index - 1]);
  }
}

/** How often the answers went over from well to not well. */
export function interruptions(statuses: readonly number[]): number {
  return statuses.filter((status, index) => status !== 200 && (statuses[index - 1] ?? 200) === 200).length;
}
