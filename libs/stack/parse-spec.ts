import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { CodedError, type ErrorCode, type InputProblem } from '#libs/errors';
import { didYouMean } from './did-you-mean.js';
import { readPlainYaml } from './yaml/read-yaml.js';

/** A file that people write, and the error that tells what is wrong in it. */
interface SpecFile<Schema extends z.ZodType> {
  name: string;
  schema: Schema;
  code: ErrorCode;
}

/**
 * Reads the text of a file that people write.
 * @throws CodedError of `code`, naming every unknown key and bad value by its path, or YAML faults by line and column
 */
export function parseSpec<Schema extends z.ZodType>(text: string, file: SpecFile<Schema>): z.output<Schema> {
  const result = file.schema.safeParse(readYaml(text, file.code));
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, file));
  throw new CodedError(file.code, { problems });
}

function readYaml(text: string, code: ErrorCode): unknown {
  try {
    return readPlainYaml(text);
  } catch {
    return readAnyYaml(text, code);
  }
}

function readAnyYaml(text: string, code: ErrorCode): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    const problems = faults.map((fault) => {
      const { line, col } = lineCounter.linePos(fault.pos[0]);
      return { path: `line ${line}, column ${col}`, message: fault.message };
    });
    throw new CodedError(code, { detail: 'it is not YAML', problems });
  }
  try {
    return document.toJS();
  } catch {
    // The reader stops at aliases that name nothing or expand without end.
    throw new CodedError(code, { detail: 'its aliases cannot be resolved' });
  }
}

function problemsOf(issue: z.core.$ZodIssue, { name, schema }: SpecFile<z.ZodType>): InputProblem[] {
  const at = (key?: PropertyKey) => [...issue.path, ...(key === undefined ? [] : [key])].join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => ({ path: at(key), message: unknownKey(key, known) }));
  }
  if (issue.code === 'invalid_key') {
    return [{ path: at(), message: issue.issues[0]?.message ?? 'is not a valid key' }];
  }
  const isContainer = issue.code === 'invalid_type' && ['object', 'record'].includes(issue.expected);
  return [{ path: at() || name, message: isContainer ? 'must be a mapping of keys' : issue.message }];
}

function unknownKey(key: string, known: string[]): string {
  const suggestion = didYouMean(key, known);
  return suggestion === undefined
    ? `unknown key; known are ${known.join(', ')}`
    : `unknown key; did you mean ${suggestion}?`;
}

/** The keys that the schema knows at `path`. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let shape = shapeOf(schema);
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
