import type { ApiTokenScope } from '#libs/contracts';
import type { WordKey } from '#libs/ui';
import type { apiTokenWords } from './words.js';

/** What a token may do, in the order in which it is shown. */
export const scopeLabels = {
  'measurements:write': 'mayWrite',
  'measurements:read': 'mayRead',
  'imports:read': 'mayReadImports',
} satisfies Record<ApiTokenScope, WordKey<typeof apiTokenWords>>;

export const scopes = Object.keys(scopeLabels) as ApiTokenScope[];
