import { defineWords } from '#libs/ui';

/** The navigation of the portal. */
export const shellWords = defineWords('shell', {
  en: {
    sites: 'Sites',
    dashboards: 'Dashboards',
    bills: 'Costs',
    tariffs: 'Tariffs',
    imports: 'Imports',
    settings: 'Settings',
    account: 'Your account',
    users: 'Users',
    audit: 'Audit log',
    branding: 'Branding',
    importPolicy: 'Import policy',
    alerts: 'Alerts',
    fleet: 'Fleet',
    apiTokens: 'API tokens',
  },
  fr: {
    sites: 'Sites',
    dashboards: 'Tableaux de bord',
    bills: 'Coûts',
    tariffs: 'Tarifs',
    imports: 'Imports',
    settings: 'Paramètres',
    account: 'Votre compte',
    users: 'Utilisateurs',
    audit: 'Journal d’audit',
    branding: 'Identité visuelle',
    importPolicy: 'Règle d’import',
    alerts: 'Alertes',
    fleet: 'Parc',
    apiTokens: 'Jetons d’API',
  },
});
