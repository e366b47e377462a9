/** A rule's message, or `is required` where the key is missing. The value itself is never quoted. */
export function isRequiredOr(message: string): { error: (issue: { input?: unknown }) => string } {
  return { error: (issue) => (issue.input === undefined ? 'is required' : message) };
}
