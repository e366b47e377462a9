import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { emptyBatch } from '../../apps/portal/src/fleet-push/batch-body.js';
import { createBenchDatabase } from './bench-database.js';
import { startAdmin, type AdminProcess } from './ingest-admin.js';
import { makeBatches, type BenchBatch } from './ingest-batches.js';
import { printIngest, summarise, type Measurement, type Mode } from './ingest-report.js';
import { IngestSender } from './ingest-sender.js';
import { makeTenants } from './ingest-tenants.js';
import type { BenchOptions } from './options.js';
import { cpuSeconds, peakBytes, serverCpuSeconds } from './process-stat.js';

const connections = 4;
const counts = { tenants: 200, channels: 50 };
/** More than any way in takes on the machines we know; who is done early is measured by the time it took. */
const batchesPerSecond = 180;

/**
 * Admin's ingest beside raw text `COPY` of the same rows into the same table, in alternating rounds on the database
 * that BENCH_DATABASE_URL names: batches pushed for the first time, the same once more, and batches of which the last
 * row is there already.
 */
export async function benchIngest({ json, quick, ...options }: BenchOptions): Promise<void> {
  const say = json ? console.error : console.log;
  const seconds = options.seconds ?? (quick ? 5 : 30);
  const rounds = options.rounds ?? (quick ? 1 : 3);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'wattfleet-bench-'));
  const database = await createBenchDatabase();
  try {
    const bench = await IngestBench.start(database.url, folder, seconds, say);
    try {
      const measurements = await bench.run(rounds);
      const result = summarise(measurements, bench.facts());
      if (json) console.log(JSON.stringify(result));
      else printIngest(result);
    } finally {
      await bench.stop();
    }
  } finally {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

class IngestBench {
  private constructor(
    private readonly url: URL,
    private readonly admin: AdminProcess,
    private readonly sender: IngestSender,
    private readonly client: Client,
    private readonly backendPid: number,
    private readonly batches: readonly BenchBatch[],
    private readonly seconds: number,
    private readonly say: (line: string) => void,
  ) {}

  static async start(
    url: URL,
    folder: string,
    seconds: number,
    say: (line: string) => void,
  ): Promise<IngestBench> {
    const admin = await startAdmin(url, folder);
    try {
      const client = new Client({ connectionString: url.href });
      await client.connect();
      const sender = new IngestSender(admin.port, connections);
      const tenants = await makeTenants(client, sender, counts);
      const count = seconds * batchesPerSecond;
      say(`making ${count} batches of ${counts.tenants} tenants …`);
      const batches = await makeBatches(tenants, count, Date.now());
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      return new IngestBench(url, admin, sender, client, rows[0]?.pid ?? 0, batches, seconds, say);
    } catch (error) {
      await admin.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.sender.close();
    await this.client.end();
    await this.admin.stop();
  }

  facts() {
    const bytes = this.batches.reduce((sum, { payload }) => sum + payload.length, 0);
    const rows = this.batches.reduce((sum, batch) => sum + batch.rows, 0);
    return { bytesPerRow: bytes / rows, cores: os.availableParallelism(), seconds: this.seconds };
  }

  async run(rounds: number): Promise<Measurement[]> {
    const measurements: Measurement[] = [];
    for (let round = 1; round <= rounds; round++) {
      this.say(`round ${round} of ${rounds} …`);
      await this.reset();
      measurements.push(await this.copy());
      await this.reset();
      const first = await this.push('ingest', this.batches);
      measurements.push(first);
      measurements.push(await this.push('replay', this.batches.slice(0, first.batches)));
      await this.reset();
      await this.insertLastRows();
      measurements.push(await this.push('duplicate', this.batches));
      await this.forgetDuplicates();
    }
    return measurements;
  }

  /** An empty table and a quiet server, for each the same. */
  private async reset(): Promise<void> {
    await this.client.query(
      'TRUNCATE fleet.measurement, fleet.ingest_event, fleet.ingest_batch, fleet.ingest_stream',
    );
    await this.client.query('UPDATE fleet.customer SET measurement_count = 0, newest_data_at = NULL');
    await this.client.query('CHECKPOINT');
  }

  /** Admin expects more duplicates of who has just sent some, which the next round must not pay for. */
  private async forgetDuplicates(): Promise<void> {
    for (const tenant of new Set(this.batches.map((batch) => batch.tenant))) {
      await this.sender.post(tenant, randomUUID(), gzipSync(JSON.stringify(emptyBatch(tenant.streamId))));
    }
  }

  private async insertLastRows(): Promise<void> {
    await this.client.query(
      `INSERT INTO fleet.measurement (customer_id, channel_id, time, value)
       SELECT customer, channel, to_timestamp(time), value
       FROM unnest($1::int[], $2::int[], $3::float8[], $4::float8[]) AS last (customer, channel, time, value)`,
      [
        this.batches.map(({ tenant }) => tenant.customerId),
        this.batches.map(({ last }) => last.channelId),
        this.batches.map(({ last }) => last.time / 1_000),
        this.batches.map(({ last }) => last.value),
      ],
    );
  }

  /** Each batch in a transaction of its own, as Admin commits them. */
  private async copy(): Promise<Measurement> {
    const clients = Array.from(
      { length: connections },
      () => new Client({ connectionString: this.url.href }),
    );
    await Promise.all(clients.map((client) => client.connect()));
    const statement = 'COPY fleet.measurement (customer_id, channel_id, time, value) FROM STDIN';
    const measured = await this.measure('copy', this.batches, async ({ text }, connection) => {
      await new Promise((resolve, reject) => {
        const stream = clients[connection]?.query(copyFrom(statement));
        stream?.once('error', reject).once('finish', resolve).end(text);
      });
    });
    await Promise.all(clients.map((client) => client.end()));
    return measured;
  }

  private push(mode: Mode, batches: readonly BenchBatch[]): Promise<Measurement> {
    const duplicates = mode === 'duplicate' ? 1 : 0;
    return this.measure(mode, batches, async ({ tenant, key, payload, rows }) => {
      const result = await this.sender.post(tenant, key, payload);
      if (result.accepted !== rows - duplicates || result.duplicates !== duplicates) {
        throw new Error(`a batch was answered with ${JSON.stringify(result)}`);
      }
    });
  }

  private async measure(
    mode: Mode,
    batches: readonly BenchBatch[],
    send: (batch: BenchBatch, connection: number) => Promise<void>,
  ): Promise<Measurement> {
    const latencies: number[] = [];
    let next = 0;
    let rows = 0;
    const cpuBefore = { node: cpuSeconds(this.admin.pid), postgres: serverCpuSeconds(this.backendPid) };
    const startedAt = performance.now();
    const end = startedAt + this.seconds * 1_000;
    const work = async (connection: number) => {
      for (;;) {
        const batch = performance.now() < end ? batches[next++] : undefined;
        if (batch === undefined) return;
        const sentAt = performance.now();
        await send(batch, connection);
        latencies.push(performance.now() - sentAt);
        rows += batch.rows;
      }
    };
    await Promise.all(Array.from({ length: connections }, (_, connection) => work(connection)));
    const elapsed = (performance.now() - startedAt) / 1_000;
    const postgres = serverCpuSeconds(this.backendPid);
    const measured: Measurement = {
      mode,
      batches: latencies.length,
      rowsPerSecond: rows / elapsed,
      latencies,
      nodeCpuSecondsPerMillion: ((cpuSeconds(this.admin.pid) - cpuBefore.node) / rows) * 1e6,
      postgresCpuSecondsPerMillion:
        postgres === undefined || cpuBefore.postgres === undefined
          ? null
          : ((postgres - cpuBefore.postgres) / rows) * 1e6,
      peakMegabytes: peakBytes(this.admin.pid) / 1e6,
    };
    this.say(`  ${mode.padEnd(10)} ${Math.round(measured.rowsPerSecond)} rows/s`);
    return measured;
  }
}
