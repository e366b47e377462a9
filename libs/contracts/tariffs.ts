import { documentProblems } from './tariff-checks.js';
import { tariffFields } from './tariff-schema.js';

/**
 * What a tariff charges from one day to another; money in decimals, times on the site's clock. Seasons, day types and the
 * hours of each have no gaps and no overlaps; what is wrong is named by path.
 */
export const tariffDocument = tariffFields.superRefine((document, context) => {
  for (const { path, message } of documentProblems(document)) {
    context.addIssue({ code: 'custom', path, message });
  }
});
