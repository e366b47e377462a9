import { defineWords } from '#libs/ui';

export const dashboardWords = defineWords('dashboards', {
  en: {
    title: 'Dashboards',
    description: 'Grafana, with one dashboard per site and those of all sites',
    theDashboards: 'the dashboards',
    dashboard: 'Dashboard',
    allSites: 'All sites',
    sites: 'Sites',
    site: 'Site',
    portfolio: 'Portfolio',
    imports: 'Imports',
    nothingFound: 'No dashboard has this name',
    newTab: 'Open in a new tab',
    frame: 'Dashboard: {{name}}',
    none: 'No Grafana here',
    noneText:
      'This portal runs without Grafana, as the demo does. In a stack that wattfleet has set up, dashboards appear here by themselves. Each site’s own page has its charts.',
    silent: 'Grafana does not answer',
    silentText: 'It may be starting. The page looks again every ten seconds.',
    outdated: 'Dashboards of sites may be missing',
  },
  fr: {
    title: 'Tableaux de bord',
    description: 'Grafana, avec un tableau de bord par site et ceux de tous les sites',
    theDashboards: 'les tableaux de bord',
    dashboard: 'Tableau de bord',
    allSites: 'Tous les sites',
    sites: 'Sites',
    site: 'Site',
    portfolio: 'Portefeuille',
    imports: 'Imports',
    nothingFound: 'Aucun tableau de bord ne porte ce nom',
    newTab: 'Ouvrir dans un nouvel onglet',
    frame: 'Tableau de bord : {{name}}',
    none: 'Pas de Grafana ici',
    noneText:
      'Ce portail fonctionne sans Grafana, comme la démo. Dans une installation faite par wattfleet, les tableaux de bord apparaissent ici d’eux-mêmes. La page de chaque site a ses propres courbes.',
    silent: 'Grafana ne répond pas',
    silentText: 'Il démarre peut-être. La page regarde de nouveau toutes les dix secondes.',
    outdated: 'Des tableaux de bord de sites peuvent manquer',
  },
});
