import { scramVerifier } from '#libs/config';
import { CodedError } from '#libs/errors';
import type { DockerCall } from '../docker/docker.js';
import { containerLine, FakeDocker } from './provisioner.fixtures.js';

/** An engine on which one tenant runs, with as much of a database as a rotation asks for. */
export class FakeTenant {
  /** Verifiers of the roles. */
  readonly roles = new Map([
    ['power_user', ''],
    ['grafana_reader', ''],
  ]);
  /** Rows by table. */
  rows: Record<string, number> = {};
  /** Everything that went into a program's standard input. */
  readonly inputs: string[] = [];
  readonly docker = new FakeDocker();
  /** Thrown by the next starts of containers. */
  failingStarts = 0;

  constructor(slug = 'abc0001') {
    const lines = ['portal', 'timescaledb', 'grafana'].map((service) =>
      containerLine({ project: slug, service }),
    );
    this.docker
      .answer(/^ps /, lines.join('\n'))
      .answer(/ psql /, (call) => this.#run(call))
      .answer(/ psql .*--password /, (call) => this.#connect(call))
      .answer(/ up .*--force-recreate/, () => this.#start())
      .answer(/ node --input-type=module /, '{"status":200,"body":{"status":"ok"}}');
  }

  async setPassword(role: string, password: string): Promise<void> {
    this.roles.set(role, await scramVerifier(password));
  }

  async accepts(role: string, password: string): Promise<boolean> {
    const verifier = this.roles.get(role);
    const salt = /^SCRAM-SHA-256\$4096:(.+)\$/.exec(verifier ?? '')?.[1];
    return salt !== undefined && (await scramVerifier(password, Buffer.from(salt, 'base64'))) === verifier;
  }

  #run({ input = '' }: DockerCall): string {
    const text = String(input);
    this.inputs.push(text);
    for (const [, verb, role = '', verifier = ''] of text.matchAll(
      /(ALTER|CREATE) ROLE (\w+) (?:LOGIN )?PASSWORD '([^']+)'/g,
    )) {
      if (verb === 'ALTER' || role === 'wattfleet_probe') this.roles.set(role, verifier);
    }
    if (text.includes('information_schema.tables')) return Object.keys(this.rows).join('\n');
    if (text.includes('count(*)'))
      return Object.entries(this.rows)
        .map((row) => row.join('\t'))
        .join('\n');
    if (text.includes('SHOW server_version')) return '17.6 (Debian 17.6-0+deb13u1)';
    if (!text.includes('FROM pg_authid')) return '';
    return [...this.roles].map(([role, verifier]) => `${role}\t${verifier}`).join('\n');
  }

  async #connect({ input = '' }: DockerCall): Promise<string> {
    this.inputs.push(String(input));
    const role = / --username (\w+) /.exec(this.docker.calls.at(-1) ?? '')?.[1] ?? '';
    if (await this.accepts(role, String(input).trim())) return '1';
    throw new CodedError('DOCKER_FAILED', {
      detail: `FATAL:  password authentication failed for user "${role}"`,
    });
  }

  #start(): string {
    if (this.failingStarts === 0) return '';
    this.failingStarts -= 1;
    throw new CodedError('DOCKER_FAILED', { detail: 'portal is unhealthy' });
  }
}
