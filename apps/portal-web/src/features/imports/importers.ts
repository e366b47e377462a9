/** Roles that may import; the others look. */
export const importers = ['admin', 'editor'] as const;
