import type { Docker } from './docker.js';
import { scratchRun } from './scratch.js';

/** Names of the volumes that bear a label, `key=value`. */
export async function listVolumes(docker: Docker, label: string): Promise<string[]> {
  const text = await docker.run(['volume', 'ls', '--quiet', '--filter', `label=${label}`]);
  return text.split('\n').filter((name) => name !== '');
}

/** A volume of a tenant or a folder of the host, and the image whose programs work on it: the tenant's portal, which is there. */
export interface VolumeWork {
  slug: string;
  volume: string;
  image: string;
}

/**
 * Writes a volume to standard output as a compressed tar, with owners and modes. It may be in use: files that come, go
 * or grow meanwhile are no fault. Grafana's SQLite file goes through SQLite, whose copy is of one moment.
 * @param sinceSeconds epoch seconds: only what was changed since
 */
export function readVolume({ slug, volume, image }: VolumeWork, sinceSeconds?: number): string[] {
  const newer = sinceSeconds === undefined ? [] : [`--newer=@${sinceSeconds}`];
  // To read what other users own, and to give the copy of the SQLite file its owner.
  const rights = ['--user=0:0', '--cap-add=DAC_READ_SEARCH', '--cap-add=CHOWN'];
  const options = [...rights, mount(volume, '/volume', 'ro'), image];
  return [...scratchRun(slug, ...options), 'sh', '-c', readScript, 'sh', copySqlite, ...newer];
}

/** Empties a volume and fills it with what `readVolume` has written, given on standard input. */
export function fillVolume(work: VolumeWork): string[] {
  return [...writing(work), 'sh', '-c', `find /volume -mindepth 1 -delete && ${unpack}`];
}

/** Puts what `readVolume` has written since over what is in the volume. */
export function updateVolume(work: VolumeWork): string[] {
  return [...writing(work), 'sh', '-c', unpack];
}

/** Makes a volume's content that of another one. */
export function copyVolume(work: VolumeWork, into: string): string[] {
  const source = mount(work.volume, '/source', 'ro');
  const script = 'find /volume -mindepth 1 -delete && cp --archive /source/. /volume/';
  return [...writing({ ...work, volume: into }, source), 'sh', '-c', script];
}

const unpack =
  'exec tar --extract --gzip --numeric-owner --preserve-permissions --file=- --directory=/volume';

/** Without Docker's copying: into an empty volume it would put what the image has at that place, with its owners. */
function mount(volume: string, target: string, ...options: string[]): string {
  const all = volume.startsWith('/') ? options : [...options, 'nocopy'];
  return `--volume=${[volume, target, ...(all.length === 0 ? [] : [all.join(',')])].join(':')}`;
}

function writing({ slug, volume, image }: VolumeWork, ...more: string[]): string[] {
  const rights = ['--user=0:0', '--cap-add=CHOWN', '--cap-add=FOWNER', '--cap-add=DAC_OVERRIDE'];
  return scratchRun(slug, '--interactive', ...rights, ...more, mount(volume, '/volume'), image);
}

/** `$1` is the JavaScript that copies; the rest are options of tar. GNU tar ends with 1 when a file changed under it. */
const readScript = `
copy=$1; shift
if [ -f /volume/grafana.db ]; then
  mkdir /tmp/copy && node -e "$copy" && chmod --reference=/volume/grafana.db /tmp/copy/sqlite-copy &&
    chown --reference=/volume/grafana.db /tmp/copy/sqlite-copy || exit 2
  set -- "$@" --exclude=./grafana.db --exclude='./grafana.db-*' '--transform=s,^\\./sqlite-copy$,./grafana.db,' \\
    --directory=/volume . --directory=/tmp/copy ./sqlite-copy
else
  set -- "$@" --directory=/volume .
fi
tar --create --gzip --numeric-owner --ignore-failed-read --warning=no-file-changed --file=- "$@" || [ $? -eq 1 ]
`;

const copySqlite = `
const { DatabaseSync, backup } = require('node:sqlite');
const source = new DatabaseSync('/volume/grafana.db', { readOnly: true, timeout: 10000 });
backup(source, '/tmp/copy/sqlite-copy').then(() => source.close());
`;
