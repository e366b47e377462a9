import { Inject, Injectable } from '@nestjs/common';
import { Counter, Gauge, type Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { METRICS_REGISTRY } from '#libs/nest-kit';
import { countOpen } from './alerts.queries.js';
import type { NoticeTarget } from './notice.js';

/** What Prometheus is told of alerts. Open ones are counted at each scrape. */
@Injectable()
export class AlertMetrics {
  private readonly notices: Counter<'type' | 'outcome'>;

  constructor(@Inject(METRICS_REGISTRY) registry: Registry, dataSource: DataSource) {
    const open = new Gauge({
      name: 'wattfleet_alerts_open',
      help: 'Alerts that are raised and not resolved',
      labelNames: ['kind'],
      registers: [registry],
      collect: async () => {
        for (const [kind, count] of Object.entries(await countOpen(dataSource))) open.set({ kind }, count);
      },
    });
    this.notices = new Counter({
      name: 'wattfleet_alert_notices_total',
      help: 'Notices of alerts by type of destination and outcome: sent, failed (to be tried again), given-up',
      labelNames: ['type', 'outcome'],
      registers: [registry],
    });
  }

  countNotices(type: NoticeTarget['type'], outcome: 'sent' | 'failed' | 'given-up', count: number): void {
    this.notices.inc({ type, outcome }, count);
  }
}
