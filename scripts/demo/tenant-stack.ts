import { spawn } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '#libs/nest-kit';
import { envValues, parseEnvFile } from '#libs/stack';

export const tenantCode = 'ABC0001';
const slug = tenantCode.toLowerCase();

/** The demo tenant's rendered stack, made by the same command that operations use. */
export class TenantStack {
  readonly folder: string;

  constructor(private readonly root: string) {
    this.folder = path.join(root, slug);
  }

  /** Renders the stack unless it is there already; `create` itself is all or nothing. */
  async create(fleetUrl: string): Promise<void> {
    const exists = await access(this.folder).then(
      () => true,
      () => false,
    );
    if (exists) return;
    const host = `${slug}.portal.example.com`;
    await this.wattfleet(['create', tenantCode, '--host', host, '--fleet-url', fleetUrl]);
  }

  async setFleetToken(token: string): Promise<void> {
    await this.wattfleet(['set-fleet-token', tenantCode, '--token-file', '-'], token);
  }

  /** Generated files of the stack that are no secret. */
  files(): string[] {
    return ['tenant.yaml', '.env', 'compose.yaml'].map((name) => path.join(this.folder, name));
  }

  async secrets(): Promise<Map<string, string>> {
    return envValues(parseEnvFile(await readFile(path.join(this.folder, '.env'), 'utf8')));
  }

  private async wattfleet(args: string[], input = ''): Promise<void> {
    const script = path.join(packageRoot, 'dist', 'apps', 'provisioner', 'src', 'main.js');
    const child = spawn(process.execPath, [script, ...args, '--root', this.root], { stdio: 'pipe' });
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.stdout.resume();
    child.stdin.end(input);
    const code = await new Promise((resolve) => child.once('close', resolve));
    if (code !== 0) throw new Error(`wattfleet ${args[0]} failed:\n${Buffer.concat(errors).toString()}`);
  }
}
