import Handlebars from 'handlebars';
import type { JsonSchema, OpenApi, Operation } from './openapi-document.js';
import { referenceStyle } from './reference-style.js';

/** Handlebars escapes every text. No script: the page works wherever HTML is shown. */
const template = Handlebars.compile(
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{title}}</title>
<style>${referenceStyle}</style>
</head>
<body>
<header>
<h1>{{title}}</h1>
<p>Version {{version}} · <a href="/api/openapi.json">openapi.json</a> · <a href="/">Back to the portal</a></p>
<p>{{introduction}}</p>
<nav aria-label="Sections">{{#each sections}}<a href="#{{tag}}">{{tag}}</a> {{/each}}</nav>
</header>
<main>
{{#each sections}}
<section aria-labelledby="{{tag}}">
<h2 id="{{tag}}">{{tag}}</h2>
{{#each operations}}
<article aria-labelledby="{{id}}">
<h3 id="{{id}}">{{summary}}</h3>
<p class="route"><b class="{{method}}">{{method}}</b> <code>{{path}}</code></p>
{{#if description}}<p>{{description}}</p>{{/if}}
<p class="access">{{access}}</p>
{{#if parameters}}
<div class="scroll" tabindex="0" role="region" aria-label="Parameters of {{summary}}"><table>
<caption>Parameters</caption>
<thead><tr><th scope="col">Name</th><th scope="col">In</th><th scope="col">Type</th><th scope="col">Required</th></tr></thead>
<tbody>{{#each parameters}}<tr><th scope="row"><code>{{name}}</code></th><td>{{in}}</td><td>{{type}}{{#if description}}<br>{{description}}{{/if}}</td><td>{{required}}</td></tr>{{/each}}</tbody>
</table></div>
{{/if}}
{{#if example}}<p>Example</p><pre tabindex="0" aria-label="Example body of {{summary}}">{{example}}</pre>{{/if}}
{{#if body}}<details><summary>Body</summary><pre tabindex="0" aria-label="Schema of the body of {{summary}}">{{body}}</pre></details>{{/if}}
{{#each answers}}<details><summary>Answer {{status}}, {{type}}</summary><pre tabindex="0" aria-label="Schema of the answer">{{schema}}</pre></details>{{/each}}
</article>
{{/each}}
</section>
{{/each}}
</main>
</body>
</html>
`,
);

/** The document as a page for people. */
export function renderReference(document: OpenApi): string {
  const sections = new Map<string, unknown[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const [tag = ''] = operation.tags;
      const operations = sections.get(tag) ?? [];
      sections.set(tag, operations);
      operations.push(describeOperation(method.toUpperCase(), path, operation));
    }
  }
  return template({
    title: document.info.title,
    version: document.info.version,
    introduction: document.info.description.replaceAll('`', ''),
    sections: [...sections].toSorted(tokensFirst(document)).map(([tag, operations]) => ({ tag, operations })),
  });
}

/** What programs call stands above what the pages of the portal call. */
function tokensFirst({ paths }: OpenApi) {
  const opened = new Set(
    Object.values(paths)
      .flatMap((methods) => Object.values(methods))
      .filter(({ security }) => security.some((one) => 'apiToken' in one))
      .flatMap(({ tags }) => tags),
  );
  return ([a]: [string, unknown], [b]: [string, unknown]) => Number(opened.has(b)) - Number(opened.has(a));
}

function describeOperation(method: string, path: string, operation: Operation) {
  const body = operation.requestBody?.content['application/json'];
  return {
    id: operation.operationId,
    method,
    path,
    summary: operation.summary,
    description: operation.description?.replaceAll('`', ''),
    access: accessOf(operation),
    parameters: operation.parameters?.map(({ name, in: place, required, description, schema }) => ({
      name,
      in: place,
      description,
      type: typeOf(schema),
      required: required ? 'yes' : 'no',
    })),
    example: body?.example === undefined ? undefined : pretty(body.example),
    body: body && pretty(body.schema),
    answers: answersOf(operation),
  };
}

function accessOf({ security }: Operation): string {
  const scopes = security.flatMap(({ apiToken = [] }) => apiToken);
  if (security.length === 0) return 'Open to everybody.';
  if (scopes.length === 0) return 'Needs a session.';
  return `Needs an API token with the scope ${scopes.join(' or ')}, or a session.`;
}

function answersOf({ responses }: Operation) {
  return Object.entries(responses).flatMap(([status, response]) => {
    if ('$ref' in response) return [];
    const contents = Object.entries(response.content ?? {});
    return contents.map(([type, { schema }]) => ({ status, type, schema: pretty(schema) }));
  });
}

/** In a few words: `one of raw, hour`, `list of string (uuid)`, `integer, default 50`. */
function typeOf(schema: JsonSchema): string {
  const { type, format, enum: values, items, default: given } = schema;
  const base = Array.isArray(values) ? `one of ${values.join(', ')}` : [type ?? 'text'].flat().join(' or ');
  const list =
    type === 'array' && typeof items === 'object' ? `list of ${typeOf(items as JsonSchema)}` : base;
  const exact = typeof format === 'string' ? `${list} (${format})` : list;
  const isShown = given !== undefined && !(Array.isArray(given) && given.length === 0);
  return isShown ? `${exact}, default ${typeof given === 'string' ? given : JSON.stringify(given)}` : exact;
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
