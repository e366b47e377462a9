import { defineWords } from '#libs/ui';

/** The navigation of the portal. */
export const shellWords = defineWords('shell', {
  en: {
    sites: 'Sites',
    imports: 'Imports',
    settings: 'Settings',
    fleet: 'Fleet',
  },
  fr: {
    sites: 'Sites',
    imports: 'Imports',
    settings: 'Paramètres',
    fleet: 'Parc',
  },
});
