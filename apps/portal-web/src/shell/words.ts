import { defineWords } from '#libs/ui';

/** The navigation of the portal. */
export const shellWords = defineWords('shell', {
  en: {
    sites: 'Sites',
    bills: 'Costs',
    tariffs: 'Tariffs',
    imports: 'Imports',
    settings: 'Settings',
    fleet: 'Fleet',
  },
  fr: {
    sites: 'Sites',
    bills: 'Coûts',
    tariffs: 'Tarifs',
    imports: 'Imports',
    settings: 'Paramètres',
    fleet: 'Parc',
  },
});
