import { z } from 'zod';
import { readCompose } from '../compose-text.js';
import { envValues, parseEnvFile } from '../env-file.js';

const mapping = z.record(z.string(), z.unknown());
const schema = z.looseObject({
  services: z.record(z.string(), mapping),
  networks: z.record(z.string(), mapping.nullable()).default({}),
  volumes: z.record(z.string(), z.looseObject({ name: z.string().optional() }).nullable()).default({}),
});

/** A stack as its files give it to Compose, with the references to `.env` filled in. */
export type DeployedStack = Pick<z.output<typeof schema>, 'services' | 'networks' | 'volumes'>;

/** A service of it, key for key as in `compose.yaml`. */
export type DeployedService = Record<string, unknown>;

/**
 * Reads a stack from the texts of its files, which somebody may have edited.
 * @returns undefined for what is no stack
 */
export function deployedStack(composeText: string, envText: string): DeployedStack | undefined {
  try {
    const variables = envValues(parseEnvFile(envText));
    const parsed = schema.safeParse(filledIn(readCompose(composeText), variables));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function filledIn(value: unknown, variables: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    if (!value.includes('$')) return value;
    return value.replaceAll(/\$(?:\$|\{(\w+)\})/g, (found, name?: string) =>
      name === undefined ? '$' : (variables.get(name) ?? found),
    );
  }
  if (Array.isArray(value)) return value.map((item) => filledIn(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filledIn(item, variables)]));
}
