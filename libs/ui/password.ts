import { uiWords } from './ui-words.js';
import { wordsOf } from './words.js';

const t = wordsOf(uiWords);

/** As the contracts ask for it, which would bring all of zod along. */
export const minPasswordLength = 12;

/** What a form says about a new password; null when it will do. */
export function passwordProblem(password: string): string | null {
  return password.length >= minPasswordLength ? null : t('passwordTooShort', { length: minPasswordLength });
}
