import type { SftpgoApi, SftpgoKind } from './sftpgo-api.js';

/** What became of a thing that SFTPGo is to have. */
export type Ensured = 'made' | 'changed' | 'unchanged';

/** Brings a thing that SFTPGo keeps by name to what is wanted, and leaves alone what is so already. */
export async function ensure(
  api: SftpgoApi,
  kind: SftpgoKind,
  name: string,
  wanted: object,
): Promise<Ensured> {
  const present = await api.find(kind, name);
  if (present !== undefined && holds(present, wanted)) return 'unchanged';
  // One that has come in between is no fault: it is brought to the same.
  if (present === undefined && (await api.add(kind, wanted))) return 'made';
  await api.replace(kind, name, wanted);
  return 'changed';
}

/** True when everything in `wanted` is so in `present`, which may have more: times, ids, settings of others. */
export function holds(present: unknown, wanted: unknown): boolean {
  // SFTPGo leaves out what is empty.
  if (isEmpty(wanted)) return isEmpty(present);
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(present) &&
      present.length === wanted.length &&
      wanted.every((value, index) => holds(present[index], value))
    );
  }
  if (typeof wanted !== 'object' || wanted === null) return present === wanted;
  if (typeof present !== 'object' || present === null) return false;
  const values = new Map(Object.entries(present));
  return Object.entries(wanted).every(([key, value]) => holds(values.get(key), value));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === 0 || value === '') return true;
  return Array.isArray(value) && value.length === 0;
}
