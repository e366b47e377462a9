import { readFileSync } from 'node:fs';
import { CodedError, type InputProblem } from '#libs/errors';
import type { Variable } from './variable.js';

export type Variables = Record<string, Variable<unknown>>;
export type Values<V extends Variables> = { [K in keyof V]: V[K] extends Variable<infer T> ? T : never };
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads all `variables` from `environment`.
 * Every variable can also be given as the path of a file that holds it, `NAME_FILE`; an empty value is no value.
 * @param crossCheck rules over several variables, asked when each on its own is right
 * @throws CodedError CONFIG_INVALID with every failure at once, by name and never by value
 */
export function readEnvironment<V extends Variables>(
  variables: V,
  environment: Environment,
  crossCheck: (values: Values<V>) => InputProblem[] = () => [],
): Values<V> {
  const problems: InputProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(variables)) {
    try {
      values[name] = readVariable(name, variable, environment);
    } catch (error) {
      problems.push({ path: name, message: error instanceof Error ? error.message : String(error) });
    }
  }
  if (problems.length === 0) problems.push(...crossCheck(values as Values<V>));
  if (problems.length > 0) throw new CodedError('CONFIG_INVALID', { problems });
  return values as Values<V>;
}

function readVariable(name: string, variable: Variable<unknown>, environment: Environment): unknown {
  const raw = readRaw(name, environment) ?? variable.default;
  if (raw === undefined && !variable.optional) {
    throw new Error(variable.secret ? `is required (or ${name}_FILE)` : 'is required');
  }
  const parsed = variable.schema.safeParse(raw);
  // Only the message of the rule is passed on: zod's own texts may quote the value.
  if (!parsed.success) throw new Error(parsed.error.issues[0]?.message ?? 'is not valid');
  return parsed.data;
}

function readRaw(name: string, environment: Environment): string | undefined {
  const direct = environment[name] || undefined;
  const file = environment[`${name}_FILE`] || undefined;
  if (file === undefined) return direct;
  if (direct !== undefined) throw new Error(`is set twice: as ${name} and as ${name}_FILE`);
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '') || undefined;
  } catch {
    throw new Error(`the file named in ${name}_FILE cannot be read`);
  }
}
