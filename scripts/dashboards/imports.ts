import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { finish, type Dashboard } from './finish.js';
import { bars, figures, measurements, rows } from './panels.js';
import {
  filesByStatus,
  importTotals,
  newestFiles,
  refusedFiles,
  rejects,
  rowsImported,
  runDuration,
  runsTable,
} from './sql/imports.js';

/** What became of meter files. */
export function importsDashboard(): Dashboard {
  const builder = new dashboard.DashboardBuilder('Imports')
    .uid('imports')
    .description('Meter files: runs, files, what was rejected, and which device has not delivered for long.')
    .tags(['wattfleet'])
    .timezone('')
    .readonly()
    .refresh('1m')
    .time({ from: 'now-7d', to: 'now' });
  return finish(builder, [totalsPanel(), ...panelsOverTime(), ...tables()]);
}

function totalsPanel() {
  return figures(
    {
      title: 'In the range',
      description: 'Runs by their start; files, rows and values by when their file was imported or refused.',
      unit: units.Short,
      place: { x: 0, y: 0, w: 24, h: 4 },
    },
    importTotals,
  );
}

function panelsOverTime() {
  const place = (x: number, y: number) => ({ x, y, w: 12, h: 8 });
  return [
    bars(
      measurements,
      { title: 'Files', description: 'By what became of them.', unit: units.Short, place: place(0, 4) },
      filesByStatus,
    ),
    bars(
      measurements,
      { title: 'Rows imported', description: 'Rows of the files.', unit: units.Short, place: place(12, 4) },
      rowsImported,
    ),
    bars(
      measurements,
      {
        title: 'Rejected rows and values',
        description: 'Cut off, without a time, or no number: kept in the report of their file.',
        unit: units.Short,
        place: place(0, 12),
      },
      rejects,
    ),
    bars(
      measurements,
      {
        title: 'Duration of runs',
        description: 'The longest of each stretch, by what started it.',
        unit: units.Seconds,
        place: place(12, 12),
      },
      runDuration,
    ),
  ];
}

function tables() {
  return [
    rows(
      measurements,
      {
        title: 'Newest file of every device',
        description:
          'Of those that are watched and have delivered, the longest silent first, whatever the range. Uploads are no deliveries.',
        unit: units.Short,
        place: { x: 0, y: 20, w: 12, h: 10 },
      },
      newestFiles,
    ).overrideByName('Age of newest file', [{ id: 'unit', value: units.DurationSeconds }]),
    rows(
      measurements,
      {
        title: 'Refused files',
        description: 'The newest hundred in the range, with the code of their error.',
        unit: units.Short,
        place: { x: 12, y: 20, w: 12, h: 10 },
      },
      refusedFiles,
    ),
    rows(
      measurements,
      {
        title: 'Runs',
        description:
          'The newest hundred in the range. An unchanged file was imported before, and is not among the files.',
        unit: units.Short,
        place: { x: 0, y: 30, w: 24, h: 10 },
      },
      runsTable,
    ).overrideByName('Duration', [{ id: 'unit', value: units.Seconds }]),
  ];
}
