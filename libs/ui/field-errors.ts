import { ApiProblem } from './api-problem.js';
import { translated, translatedDetail } from './problem-text.js';

/** What is wrong with single fields, as a form wants it; empty for every other error. */
export function fieldErrors(error: Error): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {};
  // BODY_INVALID says something else of each field; of every other code the title says it, too.
  const own = error.code === 'BODY_INVALID' ? undefined : translated(error.code)?.title;
  return Object.fromEntries(
    error.errors.map(({ path, message }) => [path, own ?? translatedDetail(message)]),
  );
}
