import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import writeFileAtomic from 'write-file-atomic';
import { CodedError, hasCode, type InputProblem } from '#libs/errors';
import { slugOf } from '#libs/stack';
import { parseArchiveId } from './archive.js';
import { files, manifestFormat, manifestSchema, type ArchivePart, type Manifest } from './manifest.js';

/** Writes the manifest over all parts that lie in the folder, each read back from the disk, and its sums. */
export async function sealArchive(folder: string, manifest: Omit<Manifest, 'parts'>): Promise<Manifest> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
  const parts: ArchivePart[] = [];
  for (const name of names) {
    await flush(path.join(folder, name));
    parts.push({ path: name, ...(await measure(path.join(folder, name))) });
  }
  const sealed = manifestSchema.parse({ ...manifest, parts });
  const text = `${JSON.stringify(sealed, null, 2)}\n`;
  await writeFileAtomic(path.join(folder, files.manifest), text, { mode: 0o600 });
  const sums = [...parts, { path: files.manifest, sha256: sha256Of(text) }];
  const lines = sums.map(({ path: name, sha256 }) => `${sha256}  ${name}\n`).join('');
  await writeFileAtomic(path.join(folder, files.sums), lines, { mode: 0o600 });
  return sealed;
}

/**
 * Reads the manifest of an archive.
 * @throws CodedError ARCHIVE_INVALID when the folder is none, or its manifest was changed
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const [text, sums] = await Promise.all([readText(folder, files.manifest), readText(folder, files.sums)]);
  if (!sums.split('\n').includes(`${sha256Of(text)}  ${files.manifest}`)) {
    throw invalid(folder, [{ path: files.manifest, message: `is not as ${files.sums} says` }]);
  }
  const json = parseJson(text);
  const format = manifestSchema.pick({ format: true }).loose().safeParse(json);
  if (!format.success) {
    const message = `is not of format ${manifestFormat}, which this version of wattfleet reads`;
    throw invalid(folder, [{ path: files.manifest, message }]);
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success && parseArchiveId(parsed.data.id)?.slug === slugOf(parsed.data.code)) return parsed.data;
  throw invalid(folder, [{ path: files.manifest, message: 'is not a manifest of ours' }]);
}

/**
 * Reads every part and compares it with the manifest.
 * @throws CodedError ARCHIVE_INVALID naming each part that is missing, cut off or changed
 */
export async function checkArchive(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const problems: InputProblem[] = [];
  for (const part of manifest.parts) {
    const message = await faultOf(path.join(folder, part.path), part);
    if (message !== undefined) problems.push({ path: part.path, message });
  }
  const needed = [files.dump, files.roles, files.tenant('tenant.yaml'), files.tenant('.env')];
  for (const name of [...needed, ...manifest.volumes.flatMap(files.volume)]) {
    if (!manifest.parts.some((part) => part.path === name)) {
      problems.push({ path: name, message: 'is not in the manifest' });
    }
  }
  if (problems.length > 0) throw invalid(folder, problems);
  return manifest;
}

async function faultOf(file: string, part: ArchivePart): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    if (size !== part.bytes) return `has ${size} bytes instead of ${part.bytes}`;
    const { sha256 } = await measure(file);
    return sha256 === part.sha256 ? undefined : 'was changed: its SHA-256 is another one';
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 'is missing';
    throw error;
  }
}

async function measure(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return { bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readText(folder: string, name: string): Promise<string> {
  try {
    return await readFile(path.join(folder, name), 'utf8');
  } catch (cause) {
    throw invalid(
      folder,
      [{ path: name, message: 'cannot be read: a backup is a folder with this file' }],
      cause,
    );
  }
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(folder: string, problems: InputProblem[], cause?: unknown): CodedError {
  return new CodedError('ARCHIVE_INVALID', { detail: folder, problems, cause });
}
