import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { CodedError, type InputProblem } from '#libs/errors';
import { readPlainYaml } from './yaml/read-yaml.js';
import { didYouMean } from './did-you-mean.js';
import { tenantSpecSchema, type TenantSpec } from './tenant-spec.js';

/**
 * Reads the text of a `tenant.yaml`.
 * @throws CodedError SPEC_INVALID naming every unknown key and bad value by its path, or YAML faults by line and column
 */
export function parseTenantSpec(text: string): TenantSpec {
  const result = tenantSpecSchema.safeParse(readText(text));
  if (result.success) return result.data;
  throw new CodedError('SPEC_INVALID', { problems: result.error.issues.flatMap(problemsOf) });
}

function readText(text: string): unknown {
  try {
    return readPlainYaml(text);
  } catch {
    return readAnyYaml(text);
  }
}

function readAnyYaml(text: string): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    const problems = faults.map((fault) => {
      const { line, col } = lineCounter.linePos(fault.pos[0]);
      return { path: `line ${line}, column ${col}`, message: fault.message };
    });
    throw new CodedError('SPEC_INVALID', { detail: 'it is not YAML', problems });
  }
  try {
    return document.toJS();
  } catch {
    // The reader stops at aliases that name nothing or expand without end.
    throw new CodedError('SPEC_INVALID', { detail: 'its aliases cannot be resolved' });
  }
}

function problemsOf(issue: z.core.$ZodIssue): InputProblem[] {
  const at = (key?: PropertyKey) => [...issue.path, ...(key === undefined ? [] : [key])].join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(issue.path);
    return issue.keys.map((key) => ({ path: at(key), message: unknownKey(key, known) }));
  }
  if (issue.code === 'invalid_key') {
    return [{ path: at(), message: issue.issues[0]?.message ?? 'is not a valid key' }];
  }
  const isContainer = issue.code === 'invalid_type' && ['object', 'record'].includes(issue.expected);
  return [
    { path: at() || 'tenant.yaml', message: isContainer ? 'must be a mapping of keys' : issue.message },
  ];
}

function unknownKey(key: string, known: string[]): string {
  const suggestion = didYouMean(key, known);
  return suggestion === undefined
    ? `unknown key; known are ${known.join(', ')}`
    : `unknown key; did you mean ${suggestion}?`;
}

/** The keys that the schema knows at `path`. */
function keysAt(path: readonly PropertyKey[]): string[] {
  let shape = shapeOf(tenantSpecSchema);
  for (const key of path) shape = shapeOf(shape[String(key)]);
  return Object.keys(shape);
}

/** The members of an object schema, looking through its defaults. */
function shapeOf(schema: z.core.$ZodType | undefined): Record<string, z.core.$ZodType> {
  const definition = schema?._zod.def as
    | { innerType?: z.core.$ZodType; shape?: Record<string, z.core.$ZodType> }
    | undefined;
  if (definition?.innerType !== undefined) return shapeOf(definition.innerType);
  return definition?.shape ?? {};
}
