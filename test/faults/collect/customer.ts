import { readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import SftpClient from 'ssh2-sftp-client';
import { readSftpSettings } from '../../../apps/portal/src/portal.config.js';
import { meterFileText } from '../../fixtures/meter-files.js';
import type { SftpServer } from '../../programs/sftp-server.js';
import type { Random } from '../fleet/random.js';

type Deed = 'whole' | 'cut' | 'again' | 'grown' | 'slow' | 'hung up' | 'hostile';

const deeds: readonly Deed[] = ['whole', 'whole', 'cut', 'again', 'grown', 'slow', 'hung up', 'hostile'];
const mostDeeds = 80;
const hour = 3_600_000;

/** A file as the meter has it: it grows, and is sent again until all of it has arrived once. */
interface MeterFile {
  path: string;
  site: string;
  serial: string;
  start: Date;
  rows: number;
  /** All of it has arrived. */
  isSent: boolean;
}

/** Meters and people that send files over SFTP, as they do. What arrives whole is the truth; what is cut off is sent again at last. */
export class Customer {
  readonly sent = new Map<Deed, number>();
  private readonly files: MeterFile[] = [];
  private stopped = false;

  private constructor(
    private readonly server: SftpServer,
    private readonly random: Random,
    private client: SftpClient,
  ) {}

  static async start(server: SftpServer, random: Random): Promise<Customer> {
    return new Customer(server, random, await connect(server));
  }

  stop(): void {
    this.stopped = true;
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  async sendUntilStopped(afterEach: () => Promise<void>): Promise<void> {
    for (let count = 0; !this.stopped; count += 1) {
      // However slowly this machine starts a portal, there is no more to do at the end.
      if (count >= mostDeeds) {
        await delay(100);
        continue;
      }
      const deed = this.random.pick(deeds);
      this.sent.set(deed, (this.sent.get(deed) ?? 0) + 1);
      await this.act(deed);
      await afterEach();
      await delay(this.random.integer(0, 250));
    }
    for (const file of this.files) if (!file.isSent) await this.send(file);
    await afterEach();
  }

  /** Meter files that nobody has dealt with yet. */
  async waiting(): Promise<string[]> {
    const entries = await readdir(this.server.root, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && /^[^.].*\.tsv$/.test(entry.name))
      .map((entry) => path.relative(this.server.root, path.join(entry.parentPath, entry.name)))
      .filter((file) => !/(?:^|\/)(?:parsed|error)\//.test(file));
  }

  /** `site serial epochMs value` of every value that was sent, sorted. */
  expectedRows(): string[] {
    const rows = new Set<string>();
    for (const file of this.files) {
      for (const line of textOf(file).split('\n').slice(2, -1)) {
        const [time = '', ...values] = line.split('\t');
        const [, day, month, year, clock] = /^(\d\d)\/(\d\d)\/(\d\d) (.*)$/.exec(time) ?? [];
        const at = Date.parse(`20${year}-${month}-${day}T${clock}Z`);
        // The column makes equal values of one instant differ; the database has no columns.
        values.forEach((value, column) =>
          rows.add(`${column}|${file.site} ${file.serial} ${at} ${Number(value)}`),
        );
      }
    }
    return [...rows].map((row) => row.slice(row.indexOf('|') + 1)).toSorted();
  }

  private async act(deed: Deed): Promise<void> {
    const file = deed === 'whole' || this.files.length === 0 ? this.newFile() : this.random.pick(this.files);
    if (deed === 'hostile') return this.annoy();
    if (deed === 'grown')
      Object.assign(file, { rows: file.rows + this.random.integer(1, 30), isSent: false });
    if (deed === 'cut') return this.sendPart(file);
    if (deed === 'hung up') return this.hangUp(file);
    if (deed === 'slow') return this.sendSlowly(file);
    return this.send(file);
  }

  private newFile(): MeterFile {
    const { random, files } = this;
    const site = random.pick(['north', "Bâtiment d'été", 'a "site"']);
    const serial = `0200${random.integer(1_000, 1_003)}`;
    // Each file has hours of its own: what overlaps agrees in any case.
    const start = new Date(Date.UTC(2026, 0, 1) + files.length * 24 * hour);
    const name = random.pick(['T302', 'with space', "quo'te", 'line\nfeed']);
    const file = `${site}/${serial}/${name} ${files.length}.tsv`;
    files.push({ path: file, site, serial, start, rows: random.integer(1, 60), isSent: false });
    return files.at(-1) as MeterFile;
  }

  private async send(file: MeterFile): Promise<void> {
    const target = await this.placeOf(file);
    await this.client.put(Buffer.from(textOf(file)), target);
    file.isSent = true;
  }

  private async sendPart(file: MeterFile): Promise<void> {
    const text = textOf(file);
    await this.client.put(
      Buffer.from(text.slice(0, this.random.integer(0, text.length - 1))),
      await this.placeOf(file),
    );
    file.isSent = false;
  }

  /** Through a modem: some bytes now, some later, now and then with a pause that looks like an end. */
  private async sendSlowly(file: MeterFile): Promise<void> {
    const [text, target] = [textOf(file), await this.placeOf(file)];
    file.isSent = false;
    const stream = this.client.createWriteStream(target);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    for (let at = 0; at < text.length; at += 1_500) {
      stream.write(text.slice(at, at + 1_500));
      await delay(this.random.chance(0.1) ? 1_500 : 100);
    }
    stream.end();
    await closed;
  }

  private async hangUp(file: MeterFile): Promise<void> {
    const target = await this.placeOf(file);
    const other = await connect(this.server);
    file.isSent = false;
    const stream = other.createWriteStream(target);
    stream.on('error', () => undefined);
    stream.write(textOf(file).slice(0, 700));
    await delay(100);
    await other.end();
  }

  private async annoy(): Promise<void> {
    const name = this.random.integer(0, 1e9);
    const folder = path.join(this.server.root, 'north/02001000');
    await this.client.mkdir(folder, true);
    const nasty: (() => Promise<unknown>)[] = [
      () => this.client.put(Buffer.from('\0\u0001garbage\n'.repeat(50)), `${folder}/garbage ${name}.tsv`),
      () => this.client.put(Buffer.alloc(0), `${folder}/empty ${name}.tsv`),
      () => this.client.put(Buffer.from('part'), `${folder}/${name}.tsv.part`),
      () => this.client.put(Buffer.from('part'), `${folder}/.sftpgo-upload.${name}.tsv`),
      () => this.client.put(Buffer.from('stray'), path.join(this.server.root, `stray ${name}.tsv`)),
      () => this.client.mkdir(`${folder}/folder ${name}.tsv`),
      () => symlink('/etc/passwd', `${folder}/link ${name}.tsv`),
      () => symlink('..', `${folder}/loop ${name}`),
    ];
    await this.random.pick(nasty)();
  }

  private async placeOf(file: MeterFile): Promise<string> {
    const target = path.join(this.server.root, file.path);
    await this.client.mkdir(path.dirname(target), true);
    return target;
  }
}

function textOf({ serial, start, rows }: MeterFile): string {
  return meterFileText({
    format: 'MV_T302_V002',
    masterSerial: serial,
    start,
    rows,
    intervalSeconds: 600,
  });
}

async function connect(server: SftpServer): Promise<SftpClient> {
  const { host, port, user, privateKey } = readSftpSettings(server.environment());
  const quiet = () => undefined;
  const client = new SftpClient('customer', { error: quiet, end: quiet, close: quiet });
  await client.connect({ host, port, username: user, privateKey: privateKey?.reveal() });
  return client;
}
