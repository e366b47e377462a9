import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { finish, type Dashboard } from './finish.js';
import { bars, lines, measurements, rows } from './panels.js';
import { completenessPerDay, energyPerDay, sitesTable } from './sql/energy.js';
import { powerBySite } from './sql/series.js';

/** All sites side by side. */
export function portfolioDashboard(): Dashboard {
  const builder = new dashboard.DashboardBuilder('Portfolio')
    .uid('portfolio')
    .description('All sites: power, energy, completeness and how fresh their data is.')
    .tags(['wattfleet'])
    .timezone('')
    .readonly()
    .refresh('5m')
    .time({ from: 'now-6d/d', to: 'now/d' })
    .tooltip(dashboard.DashboardCursorSync.Crosshair)
    .withVariable(
      new dashboard.QueryVariableBuilder('site')
        .label('Site')
        .datasource(measurements)
        .query('SELECT name AS __text, site AS __value FROM grafana.site WHERE NOT archived ORDER BY name')
        .refresh(dashboard.VariableRefresh.OnDashboardLoad)
        .multi(true)
        .includeAll(true)
        .allowCustomValue(false)
        .current({ selected: true, text: ['All'], value: ['$__all'] }),
    );
  return finish(builder, [sitesPanel(), ...panelsOverTime()]);
}

function sitesPanel() {
  return rows(
    measurements,
    {
      title: 'Sites',
      description:
        'Energy and completeness are those of the range; the age is that of the newest measurement at all.',
      unit: units.WattHour,
      place: { x: 0, y: 0, w: 24, h: 9 },
    },
    sitesTable,
  )
    .overrideByName('Age of newest measurement', [{ id: 'unit', value: units.DurationSeconds }])
    .overrideByName('Completeness', [
      { id: 'unit', value: units.PercentUnit },
      { id: 'decimals', value: 1 },
    ])
    .overrideByName('uid', [{ id: 'custom.hidden', value: true }])
    .overrideByName('Site', [
      {
        id: 'links',
        value: [
          {
            title: 'Open the site',
            url: '/grafana/d/${__data.fields.uid}?kiosk&${__url_time_range}',
            targetBlank: false,
          },
        ],
      },
    ]);
}

function panelsOverTime() {
  return [
    lines(
      measurements,
      {
        title: 'Power by site',
        description:
          'Of the channels that count: means of 15 minutes, beyond two weeks of hours. A gap is a gap: nothing is estimated.',
        unit: units.Watt,
        place: { x: 0, y: 9, w: 24, h: 10 },
      },
      powerBySite,
    ),
    bars(
      measurements,
      {
        title: 'Energy per day by site',
        description: 'Days of each site’s own time zone.',
        unit: units.WattHour,
        place: { x: 0, y: 19, w: 12, h: 9 },
      },
      energyPerDay,
    ),
    bars(
      measurements,
      {
        title: 'Completeness per day by site',
        description:
          'Time covered by samples, of the day up to now in the site’s time zone; a day without any is 0.',
        unit: units.PercentUnit,
        place: { x: 12, y: 19, w: 12, h: 9 },
      },
      completenessPerDay,
    ).max(1),
  ];
}
