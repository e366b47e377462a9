import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { finish, type Dashboard } from './finish.js';
import { timeSeries, type PanelFacts } from './panels.js';

const datasource = { type: 'prometheus', uid: '${datasource}' };
const wide = (x: number, y: number) => ({ x, y, w: 8, h: 8 });

/** An expression and how its lines are called. */
type Line = [expression: string, legend: string];

/** Admin's own health, from what Prometheus collects of it. */
export function adminDashboard(): Dashboard {
  const builder = new dashboard.DashboardBuilder('Wattfleet Admin')
    .uid('wattfleet-admin')
    .description('The fleet’s health, the ingest and the process behind it.')
    .tags(['wattfleet'])
    .timezone('utc')
    .readonly()
    .refresh('30s')
    .time({ from: 'now-24h', to: 'now' })
    .withVariable(
      new dashboard.DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'),
    );
  return finish(builder, [...fleetPanels(), ...ingestPanels(), ...processPanels()]);
}

function metrics(facts: PanelFacts, ...lines: Line[]) {
  const panel = timeSeries(facts).datasource(datasource).min(0).fillOpacity(10);
  lines.forEach(([expression, legend], index) => {
    panel.withTarget(
      new prometheus.DataqueryBuilder()
        .refId('ABC'[index] ?? 'D')
        .datasource(datasource)
        .expr(expression)
        .legendFormat(legend),
    );
  });
  return panel;
}

function fleetPanels() {
  return [
    metrics(
      {
        title: 'Customers by health',
        description: 'Push health as the list of customers in Admin shows it.',
        unit: units.Short,
        place: wide(0, 0),
      },
      ['sum by (health) (wattfleet_customers)', '{{health}}'],
    ),
    metrics(
      {
        title: 'Lag of the ten slowest customers',
        description: 'How far the newest measurement is behind now.',
        unit: units.Seconds,
        place: wide(8, 0),
      },
      ['topk(10, wattfleet_customer_lag_seconds)', '{{customer}}'],
    ),
    metrics(
      {
        title: 'Customers whose data is older than a day',
        description: 'Of those that have ever sent a measurement.',
        unit: units.Short,
        place: wide(16, 0),
      },
      ['count(wattfleet_customer_lag_seconds > 86400) or vector(0)', 'customers'],
    ),
  ];
}

function ingestPanels() {
  const quantile = (share: number) =>
    `histogram_quantile(${share}, sum by (le) (rate(wattfleet_ingest_batch_duration_seconds_bucket[$__rate_interval])))`;
  return [
    metrics(
      {
        title: 'Measurements by outcome',
        description: 'Rows of pushed batches, per second.',
        unit: units.RowsPerSecond,
        place: wide(0, 8),
      },
      ['sum by (outcome) (rate(wattfleet_ingest_rows_total[$__rate_interval]))', '{{outcome}}'],
    ),
    metrics(
      {
        title: 'Batches by outcome',
        description: 'Requests to the ingest, per second; refused ones with their code.',
        unit: units.RequestsPerSecond,
        place: wide(8, 8),
      },
      [
        'sum by (outcome, code) (rate(wattfleet_ingest_batches_total[$__rate_interval]))',
        '{{outcome}} {{code}}',
      ],
    ),
    metrics(
      {
        title: 'Time per batch',
        description: 'From the first byte to the answer: half, and all but one in a hundred, are faster.',
        unit: units.Seconds,
        place: wide(16, 8),
      },
      [quantile(0.5), 'p50'],
      [quantile(0.99), 'p99'],
    ),
  ];
}

function processPanels() {
  return [
    metrics(
      {
        title: 'Database connections',
        description:
          'Requests that wait for a connection are a pool that is too small or a statement that is too slow.',
        unit: units.Short,
        place: wide(0, 16),
      },
      ['wattfleet_database_pool_connections{app="admin"}', 'open'],
      ['wattfleet_database_pool_idle{app="admin"}', 'idle'],
      ['wattfleet_database_pool_waiting{app="admin"}', 'waiting'],
    ),
    metrics(
      {
        title: 'Event-loop delay',
        description: 'How late the process comes to what is due: everything waits that long.',
        unit: units.Seconds,
        place: wide(8, 16),
      },
      ['nodejs_eventloop_lag_p50_seconds{app="admin"}', 'p50'],
      ['nodejs_eventloop_lag_p99_seconds{app="admin"}', 'p99'],
    ),
    metrics(
      {
        title: 'CPU',
        description: 'Share of one core that Admin uses.',
        unit: units.PercentUnit,
        place: { x: 16, y: 16, w: 4, h: 8 },
      },
      ['rate(process_cpu_seconds_total{app="admin"}[$__rate_interval])', 'CPU'],
    ),
    metrics(
      {
        title: 'Memory',
        description: 'Resident memory of Admin.',
        unit: units.BytesIEC,
        place: { x: 20, y: 16, w: 4, h: 8 },
      },
      ['process_resident_memory_bytes{app="admin"}', 'resident'],
      ['nodejs_heap_size_used_bytes{app="admin"}', 'heap'],
    ),
  ];
}
