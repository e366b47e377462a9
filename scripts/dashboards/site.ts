import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { finish, type Dashboard } from './finish.js';
import { bars, figures, lines, measurements, rows } from './panels.js';
import {
  completenessOfRange,
  completenessPerDay,
  energyOfRange,
  energyPerDay,
  loadProfile,
  newestMeasurement,
} from './sql/energy.js';
import { newestPower, powerByChannel, powerByPhase, voltageByChannel } from './sql/series.js';
import { voltageBand, voltageExtremes, voltageInBand } from './sql/voltage.js';

const nominals = ['230', '100', '110', '120', '127', '220', '240', '277', '400'];

/**
 * The overview of a site. It is a template: the portal fills in uid, title and time zone, and what `site` and `time_zone`
 * are, once for each site.
 */
export function siteDashboard(): Dashboard {
  const builder = new dashboard.DashboardBuilder('Site')
    .uid('site')
    .description('Power, voltage, energy and completeness of one site, in its own time zone.')
    .tags(['wattfleet', 'site'])
    .timezone('utc')
    .readonly()
    .refresh('1m')
    .time({ from: 'now-6d/d', to: 'now/d' })
    .tooltip(dashboard.DashboardCursorSync.Crosshair)
    .withVariable(new dashboard.ConstantVariableBuilder('site').value(''))
    .withVariable(new dashboard.ConstantVariableBuilder('time_zone').value('UTC'))
    .withVariable(
      new dashboard.CustomVariableBuilder('nominal')
        .label('Nominal voltage, V')
        .description('What the band of EN 50160 is drawn around.')
        .values(nominals.join(','))
        .current({ selected: true, text: '230', value: '230' })
        .options(nominals.map((value) => ({ selected: value === '230', text: value, value }))),
    );
  return finish(builder, [...figurePanels(), ...linePanels(), ...dayPanels()]);
}

function figurePanels() {
  const place = (index: number) => ({ x: 4 * index, y: 0, w: 4, h: 4 });
  return [
    figures(
      {
        title: 'Power',
        description: 'Mean of the newest quarter of an hour in the range, of the channels that count.',
        unit: units.Watt,
        place: place(0),
      },
      newestPower,
    ),
    figures(
      {
        title: 'Energy',
        description: 'Energy in the range, of the channels that count.',
        unit: units.WattHour,
        place: place(1),
      },
      energyOfRange,
    ),
    figures(
      {
        title: 'Completeness',
        description: 'Time covered by samples, of the time in the range up to now.',
        unit: units.PercentUnit,
        place: place(2),
      },
      completenessOfRange,
    ).decimals(1),
    figures(
      {
        title: 'Voltage within ±10 %',
        description:
          'Share of the means of 15 minutes within the band of EN 50160, which asks for 95 % of means of 10 minutes.',
        unit: units.PercentUnit,
        place: place(3),
      },
      voltageInBand,
    ).decimals(1),
    figures(
      {
        title: 'Voltage, extremes',
        description: 'Lowest and highest sample in the range.',
        unit: units.Volt,
        place: place(4),
      },
      voltageExtremes,
    ),
    figures(
      {
        title: 'Newest measurement',
        description: 'How long ago it was, whatever the range.',
        unit: units.DurationSeconds,
        place: place(5),
      },
      newestMeasurement,
    ),
  ];
}

function linePanels() {
  return [
    lines(
      measurements,
      {
        title: 'Power by channel',
        description:
          'Every channel that measures power. Samples up to two days, then means of 15 minutes, beyond two weeks of hours. A gap is a gap: nothing is estimated.',
        unit: units.Watt,
        place: { x: 0, y: 4, w: 12, h: 10 },
      },
      powerByChannel,
    ),
    lines(
      measurements,
      {
        title: 'Power by phase',
        description: 'Channels whose name tells their phase (Ph 1, L2, P3), added up by device and phase.',
        unit: units.Watt,
        place: { x: 12, y: 4, w: 12, h: 10 },
      },
      powerByPhase,
    ),
    lines(
      measurements,
      {
        title: 'Voltage',
        description:
          'Every channel that measures voltage, with the band of EN 50160: nominal voltage ± 10 %.',
        unit: units.Volt,
        place: { x: 0, y: 14, w: 24, h: 9 },
      },
      voltageByChannel,
      voltageBand,
    )
      .fillOpacity(0)
      .overrideByRegexp('/^EN 50160/', [
        { id: 'color', value: { mode: 'fixed', fixedColor: 'red' } },
        { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 6] } },
        { id: 'custom.spanNulls', value: true },
      ]),
  ];
}

function dayPanels() {
  return [
    bars(
      measurements,
      {
        title: 'Energy per day ($time_zone)',
        description:
          'Days of the site’s time zone. A day that begins before the range is counted from there on.',
        unit: units.WattHour,
        place: { x: 0, y: 23, w: 12, h: 9 },
      },
      energyPerDay,
    ),
    bars(
      measurements,
      {
        title: 'Completeness per day ($time_zone)',
        description: 'Time covered by samples, of the day up to now; a day without any is 0.',
        unit: units.PercentUnit,
        place: { x: 12, y: 23, w: 12, h: 9 },
      },
      completenessPerDay,
    ).max(1),
    rows(
      measurements,
      {
        title: 'Load profile ($time_zone)',
        description:
          'Mean power by hour and weekday over the range, of the channels that count and hours that they cover by at least nine tenths.',
        unit: units.Watt,
        place: { x: 0, y: 32, w: 24, h: 22 },
      },
      loadProfile,
    )
      .colorScheme(new dashboard.FieldColorBuilder().mode(dashboard.FieldColorModeId.ContinuousBlues))
      .cellOptions({
        type: common.TableCellDisplayMode.ColorBackground,
        mode: common.TableCellBackgroundDisplayMode.Basic,
      })
      .overrideByName('Hour', [{ id: 'custom.cellOptions', value: { type: 'auto' } }]),
  ];
}
