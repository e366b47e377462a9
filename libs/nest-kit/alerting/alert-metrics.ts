import { Inject, Injectable } from '@nestjs/common';
import { Counter, Gauge, type Registry } from 'prom-client';
import { METRICS_REGISTRY } from '../tokens.js';
import type { Alerting } from './alerting.js';
import type { NoticeTarget } from './notice.js';
import { NoticeStore } from './notice-store.js';
import { ALERTING } from './tokens.js';

/** What Prometheus is told of alerts. Open ones are counted at each scrape. */
@Injectable()
export class AlertMetrics {
  private readonly notices: Counter<'type' | 'outcome'>;

  constructor(
    @Inject(METRICS_REGISTRY) registry: Registry,
    @Inject(ALERTING) { kinds }: Alerting,
    store: NoticeStore,
  ) {
    const open = new Gauge({
      name: 'wattfleet_alerts_open',
      help: 'Alerts that are raised and not resolved',
      labelNames: ['kind'],
      registers: [registry],
      collect: async () => {
        const counts = await store.countOpen();
        for (const kind of kinds) open.set({ kind }, counts.get(kind) ?? 0);
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
