import { defineWords } from '#libs/ui';

/** The navigation of the portal. */
export const shellWords = defineWords('shell', {
  en: {
    sites: 'Sites',
    imports: 'Imports',
    settings: 'Settings',
    branding: 'Branding',
    fleet: 'Fleet',
  },
  fr: {
    sites: 'Sites',
    imports: 'Imports',
    settings: 'Paramètres',
    branding: 'Identité visuelle',
    fleet: 'Parc',
  },
});
