const maxShown = 60;

/**
 * What of an entity changes, as the audit log has it: `name "North" → "North plant", address`. Long texts are named
 * only. Undefined when nothing changes.
 */
export function summarizeChange<T extends object>(before: T, after: T): string | undefined {
  const parts = Object.keys(after).flatMap((key) => {
    const [old, now] = [before[key as keyof T], after[key as keyof T]];
    if (old === now) return [];
    return [describe(words(key), old, now)];
  });
  return parts.length === 0 ? undefined : `Changed ${parts.join(', ')}`;
}

function describe(field: string, old: unknown, now: unknown): string {
  const [from, to] = [show(old), show(now)];
  return from.length > maxShown || to.length > maxShown ? field : `${field} ${from} → ${to}`;
}

function show(value: unknown): string {
  if (value === null || value === '') return 'none';
  return JSON.stringify(value);
}

/** `timeZone` → `time zone`. */
function words(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
