import { siteDashboardUid } from '#libs/contracts';
import type { DashboardSite } from './dashboards.queries.js';

/** What is filled in of the template; the rest is handed on as it is. */
export interface DashboardTemplate {
  tags?: string[];
  templating: { list: { name: string; type: string }[] };
}

/** A dashboard's file: Grafana's uid of it stands in its name, too. */
export interface DashboardFile {
  name: string;
  text: string;
}

/**
 * The dashboards of the sites, one file each: the template with the site's own uid, title and time zone, and with what
 * its constants `site` and `time_zone` are. Grafana takes no two of one title in a folder.
 * @throws Error for a template without these constants
 */
export function siteDashboardFiles(
  template: DashboardTemplate,
  sites: readonly DashboardSite[],
): DashboardFile[] {
  const titles = titlesOf(sites);
  return sites.map((site, index) => ({
    name: `${siteDashboardUid(site.id)}.json`,
    text: JSON.stringify(filledIn(template, site, titles[index] ?? site.id)),
  }));
}

function filledIn(template: DashboardTemplate, site: DashboardSite, title: string) {
  return {
    ...template,
    uid: siteDashboardUid(site.id),
    title,
    timezone: site.timeZone,
    tags: [...(template.tags ?? []), ...(site.archived ? ['archived'] : [])],
    templating: {
      list: withConstants(template.templating.list, { site: site.id, time_zone: site.timeZone }),
    },
  };
}

function withConstants(
  list: DashboardTemplate['templating']['list'],
  values: Readonly<Record<string, string>>,
) {
  const isConstant = ({ name, type }: { name: string; type: string }) =>
    type === 'constant' && Object.hasOwn(values, name);
  if (list.filter(isConstant).length !== Object.keys(values).length) {
    throw new Error(
      `the template of dashboards lacks one of the constants ${Object.keys(values).join(', ')}`,
    );
  }
  return list.map((variable) => {
    if (!isConstant(variable)) return variable;
    const value = values[variable.name] ?? '';
    return { ...variable, query: value, current: { selected: true, text: value, value } };
  });
}

/** The site's name; with its slug where others have the same, with its id where even that is another's name. */
function titlesOf(sites: readonly DashboardSite[]): string[] {
  const named = Map.groupBy(sites, ({ name }) => name.toLowerCase());
  const taken = new Set<string>();
  return sites.map(({ id, name, slug }) => {
    const isShared = (named.get(name.toLowerCase())?.length ?? 0) > 1;
    const choices = [...(isShared ? [] : [name]), `${name} (${slug})`, `${name} (${id})`];
    const title = choices.find((choice) => !taken.has(choice.toLowerCase())) ?? id;
    taken.add(title.toLowerCase());
    return title;
  });
}
