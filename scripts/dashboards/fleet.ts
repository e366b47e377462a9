import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { finish, type Dashboard } from './finish.js';
import { bars, lines, rows } from './panels.js';
import {
  fleetCoveragePerDay,
  fleetCustomerChoice,
  fleetCustomers,
  fleetEnergyPerDay,
  fleetLag,
  fleetRejects,
  fleetRows,
} from './sql/fleet.js';

/** Admin's database; provisioned under this uid. */
const datasource = { type: 'grafana-postgresql-datasource', uid: 'wattfleet-fleet' };
const half = (x: number, y: number) => ({ x, y, w: 12, h: 9 });

/** All customers side by side, from Admin's rollups. */
export function fleetDashboard(): Dashboard {
  const builder = new dashboard.DashboardBuilder('Fleet')
    .uid('wattfleet-fleet')
    .description('Energy, coverage and pushes of customers, from Admin’s database. Days are UTC days.')
    .tags(['wattfleet'])
    .timezone('utc')
    .readonly()
    .refresh('5m')
    .time({ from: 'now-29d/d', to: 'now/d' })
    .withVariable(
      new dashboard.QueryVariableBuilder('customer')
        .label('Customer')
        .datasource(datasource)
        .query(fleetCustomerChoice)
        .refresh(dashboard.VariableRefresh.OnDashboardLoad)
        .multi(true)
        .includeAll(true)
        .allowCustomValue(false)
        .current({ selected: true, text: ['All'], value: ['$__all'] }),
    );
  return finish(builder, [customersPanel(), ...dayPanels(), ...pushPanels()]);
}

function customersPanel() {
  return rows(
    datasource,
    {
      title: 'Customers',
      description: 'Energy is that of the range; ages are those of now.',
      unit: units.KiloWattHour,
      place: { x: 0, y: 0, w: 24, h: 9 },
    },
    fleetCustomers,
  )
    .overrideByName('Age of newest measurement', [{ id: 'unit', value: units.DurationSeconds }])
    .overrideByName('Last accepted push', [{ id: 'unit', value: units.DurationSeconds }]);
}

function dayPanels() {
  return [
    bars(
      datasource,
      {
        title: 'Energy per day (UTC)',
        description: 'Of the channels that count; as the fleet page of Admin has it.',
        unit: units.KiloWattHour,
        place: half(0, 9),
      },
      fleetEnergyPerDay,
    ),
    bars(
      datasource,
      {
        title: 'Coverage per day (UTC)',
        description: 'Hours with data, of the hours of the day that have begun.',
        unit: units.PercentUnit,
        place: half(12, 9),
      },
      fleetCoveragePerDay,
    ).max(1),
  ];
}

function pushPanels() {
  return [
    lines(
      datasource,
      {
        title: 'Measurements taken',
        description: 'Rows of accepted batches, per second; means of five minutes at least.',
        unit: units.RowsPerSecond,
        place: { x: 0, y: 18, w: 8, h: 9 },
      },
      fleetRows,
    ),
    bars(
      datasource,
      {
        title: 'Rejected rows and refused requests',
        description: 'Together, in each stretch of the range.',
        unit: units.Short,
        place: { x: 8, y: 18, w: 8, h: 9 },
      },
      fleetRejects,
    ),
    lines(
      datasource,
      {
        title: 'Lag of pushes',
        description: 'How old the newest measurement of a batch was when it came, on average.',
        unit: units.Seconds,
        place: { x: 16, y: 18, w: 8, h: 9 },
      },
      fleetLag,
    ),
  ];
}
