import { copyFile, lstat, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CodedError, hasCode } from '#libs/errors';
import { demoMeterFiles } from '../../test/fixtures/meter-files.js';

/**
 * Puts copies of the meter files into the tenant's import folder, each in one step, leaving out those that an earlier
 * start has put there. The given folder is only read.
 * @throws CodedError USAGE when `from` is no folder
 */
export async function fillImportFolder(
  folder: string,
  from: string | undefined,
  generatedAt: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = from === undefined ? generatedFiles(generatedAt) : await listGiven(from);
  for (const file of files) {
    if (await wasPutBefore(folder, file)) continue;
    const target = path.join(folder, file.path);
    const unfinished = path.join(path.dirname(target), `.${path.basename(target)}.part`);
    await mkdir(path.dirname(target), { recursive: true });
    await file.write(unfinished);
    await rename(unfinished, target);
  }
}

interface SourceFile {
  /** `<site>/<device serial>/<file>`. */
  path: string;
  bytes: () => Promise<Buffer>;
  write: (target: string) => Promise<void>;
}

function generatedFiles(generatedAt: string): SourceFile[] {
  return demoMeterFiles(new Date(generatedAt)).map(({ path: file, content }) => ({
    path: file,
    bytes: async () => Buffer.from(content),
    write: (target) => writeFile(target, content),
  }));
}

async function listGiven(from: string): Promise<SourceFile[]> {
  try {
    const entries = await readdir(from, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && /\.tsv$/i.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .toSorted()
      .map((file) => ({
        path: path.relative(from, file),
        bytes: () => readFile(file),
        write: (target) => copyFile(file, target),
      }));
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'ENOTDIR')) throw error;
    throw new CodedError('USAGE', {
      problems: [{ path: '--meter-files', message: `${from} is not a folder` }],
    });
  }
}

/** The import moves a file to `parsed/` or `error/` beside it, and so tells that it was here. */
async function wasPutBefore(folder: string, file: SourceFile): Promise<boolean> {
  const { dir, base } = path.parse(path.join(folder, file.path));
  for (const place of [dir, path.join(dir, 'parsed'), path.join(dir, 'error')]) {
    const candidate = path.join(place, base);
    const known = await lstat(candidate).then(
      () => true,
      () => false,
    );
    if (known && (await readFile(candidate)).equals(await file.bytes())) return true;
  }
  return false;
}
