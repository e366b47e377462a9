import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in these, on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** CPU seconds of a process since its start. */
export function cpuSeconds(pid: number): number {
  const fields = statFields(pid);
  return (fields.user + fields.system) / ticksPerSecond;
}

/**
 * CPU seconds of a PostgreSQL server: of its processes and of those that have ended.
 * @param backendPid any of its backends
 * @returns undefined where it runs on another machine
 */
export function serverCpuSeconds(backendPid: number): number | undefined {
  try {
    if (!readFileSync(`/proc/${backendPid}/comm`, 'utf8').startsWith('postgres')) return undefined;
    const postmaster = statFields(backendPid).parent;
    const own = statFields(postmaster);
    let ticks = own.user + own.system + own.endedUser + own.endedSystem;
    for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      ticks += ticksOfChild(Number(entry), postmaster);
    }
    return ticks / ticksPerSecond;
  } catch {
    return undefined;
  }
}

/** Highest resident memory of the process, bytes. */
export function peakBytes(pid: number): number {
  return memoryBytes(pid, 'VmHWM');
}

/** Resident memory of the process now, bytes. */
export function residentBytes(pid: number): number {
  return memoryBytes(pid, 'VmRSS');
}

function memoryBytes(pid: number, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'mu').exec(status)?.[1]) * 1024;
}

function ticksOfChild(pid: number, parent: number): number {
  try {
    const fields = statFields(pid);
    return fields.parent === parent ? fields.user + fields.system : 0;
  } catch {
    return 0; // ended meanwhile
  }
}

/** proc(5): what follows the name, which may contain spaces. */
function statFields(pid: number) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [1, 11, 12, 13, 14].map(
    (index) => fields[index],
  );
  return { parent, user, system, endedUser, endedSystem };
}
