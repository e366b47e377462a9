import { ApiProblem } from './api-problem.js';

/** What the server says about single fields, as a form wants it; empty for every other error. */
export function fieldErrors(error: Error): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {};
  return Object.fromEntries(error.errors.map(({ path, message }) => [path, message]));
}
