import type { Docker } from './docker.js';

const units: Record<string, number> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 };

/** Bytes of memory that containers use now, by id. Takes the engine two seconds, however few they are. */
export async function memoryOf(docker: Docker, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const format = '{{.ID}}\t{{.MemUsage}}';
  const text = await docker.run(['stats', '--no-stream', '--no-trunc', '--format', format, ...ids], {
    timeoutSeconds: 30,
  });
  return new Map(
    text.split('\n').flatMap((line) => {
      const [id = '', usage = ''] = line.split('\t');
      const [, value, unit = ''] = /^([\d.]+)(\w+) \//.exec(usage) ?? [];
      const size = units[unit];
      return value === undefined || size === undefined
        ? []
        : [[id, Math.round(Number(value) * size)] as const];
    }),
  );
}
