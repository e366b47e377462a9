import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  VariableType,
  type Dashboard,
  type DashboardBuilder,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';

export type { Dashboard };

/** What Grafana 11.4, which stacks run unless told otherwise, writes itself is 40; an older one is brought up to it. */
const schemaVersion = 39;

/** Adds the panels, each with an id of its own, by which it can be linked to. */
export function finish(builder: DashboardBuilder, panels: readonly Builder<Panel>[]): Dashboard {
  for (const panel of panels) builder.withPanel(panel);
  const dashboard = builder.build();
  dashboard.schemaVersion = schemaVersion;
  dashboard.panels?.forEach((panel, index) => {
    panel.id = index + 1;
  });
  // What a constant is, no address changes.
  for (const variable of dashboard.templating?.list ?? []) {
    if (variable.type === VariableType.Constant) variable.skipUrlSync = true;
  }
  return dashboard;
}
