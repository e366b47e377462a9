import { defineWords } from '#libs/ui';

/** The navigation of the portal. */
export const shellWords = defineWords('shell', {
  en: {
    sites: 'Sites',
    imports: 'Imports',
    settings: 'Settings',
    importPolicy: 'Import policy',
    fleet: 'Fleet',
  },
  fr: {
    sites: 'Sites',
    imports: 'Imports',
    settings: 'Paramètres',
    importPolicy: 'Règle d’import',
    fleet: 'Parc',
  },
});
