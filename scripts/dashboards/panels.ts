import * as common from '@grafana/grafana-foundation-sdk/common';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/dashboard';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { SqlQuery } from './sql-query.js';

/** What every panel says of itself. */
export interface PanelFacts {
  title: string;
  /** What is shown, and what is not obvious about it. */
  description: string;
  /** Grafana's id of the unit of all values without a unit of their own. */
  unit: string;
  /** In the grid of 24 columns. */
  place: { x: number; y: number; w: number; h: number };
}

/** The portal's own measurements; provisioned under this uid. */
export const measurements: DataSourceRef = { type: 'grafana-postgresql-datasource', uid: 'timescaledb' };

/** A line is drawn over what other lines have between its points, not over an hour without any. */
const longestBridgeMs = 3_600_000;

/** Lines over time. */
export function lines(
  datasource: DataSourceRef,
  facts: PanelFacts,
  ...statements: string[]
): timeseries.PanelBuilder {
  return overTime(datasource, facts, statements)
    .drawStyle(common.GraphDrawStyle.Line)
    .lineWidth(1)
    .fillOpacity(8)
    .spanNulls(longestBridgeMs);
}

/** Bars over time. */
export function bars(
  datasource: DataSourceRef,
  facts: PanelFacts,
  ...statements: string[]
): timeseries.PanelBuilder {
  return overTime(datasource, facts, statements)
    .drawStyle(common.GraphDrawStyle.Bars)
    .barAlignment(common.BarAlignment.After)
    .fillOpacity(70)
    .min(0);
}

/** One large number per value of the statement's only row. */
export function figures(facts: PanelFacts, statement: string): stat.PanelBuilder {
  const { title, description, unit, place } = facts;
  return new stat.PanelBuilder()
    .title(title)
    .description(description)
    .unit(unit)
    .noValue('no data')
    .gridPos(place)
    .datasource(measurements)
    .interval('1m')
    .graphMode(common.BigValueGraphMode.None)
    .colorMode(common.BigValueColorMode.None)
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .withTarget(new SqlQuery(measurements, 'A', 'table', statement));
}

/** Rows and columns. */
export function rows(datasource: DataSourceRef, facts: PanelFacts, statement: string): table.PanelBuilder {
  const { title, description, unit, place } = facts;
  return new table.PanelBuilder()
    .title(title)
    .description(description)
    .unit(unit)
    .gridPos(place)
    .datasource(datasource)
    .showHeader(true)
    .withTarget(new SqlQuery(datasource, 'A', 'table', statement));
}

function overTime(
  datasource: DataSourceRef,
  facts: PanelFacts,
  statements: readonly string[],
): timeseries.PanelBuilder {
  const panel = timeSeries(facts).datasource(datasource).interval('1m');
  statements.forEach((statement, index) => {
    panel.withTarget(new SqlQuery(datasource, 'ABC'[index] ?? 'D', 'time_series', statement));
  });
  return panel;
}

/** A panel over time without its question. */
export function timeSeries({ title, description, unit, place }: PanelFacts): timeseries.PanelBuilder {
  return new timeseries.PanelBuilder()
    .title(title)
    .description(description)
    .unit(unit)
    .gridPos(place)
    .showPoints(common.VisibilityMode.Never)
    .legend(
      new common.VizLegendOptionsBuilder()
        .displayMode(common.LegendDisplayMode.List)
        .placement(common.LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(
      new common.VizTooltipOptionsBuilder()
        .mode(common.TooltipDisplayMode.Multi)
        .sort(common.SortOrder.Descending),
    );
}
