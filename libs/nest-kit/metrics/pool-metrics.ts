import { Inject, Injectable } from '@nestjs/common';
import { Gauge, type Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { METRICS_REGISTRY } from '../tokens.js';

/** What `pg` counts of its pool. */
interface Pool {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}

/** Connections to the database: when requests wait for one, the pool is too small or a query too slow. */
@Injectable()
export class PoolMetrics {
  constructor(dataSource: DataSource, @Inject(METRICS_REGISTRY) registry: Registry) {
    const read = (count: keyof Pool) =>
      (dataSource.driver as unknown as { master?: Pool }).master?.[count] ?? 0;
    const gauge = (name: string, help: string, count: keyof Pool) =>
      new Gauge({
        name: `wattfleet_database_pool_${name}`,
        help,
        registers: [registry],
        collect() {
          this.set(read(count));
        },
      });
    gauge('connections', 'Open connections to the database.', 'totalCount');
    gauge('idle', 'Open connections that nothing uses.', 'idleCount');
    gauge('waiting', 'Requests that wait for a connection.', 'waitingCount');
  }
}
