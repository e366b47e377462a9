import path from 'node:path';

/** Arguments of `docker` for one tenant's stack. Pure: they say what is to be run, `Docker` runs it. */
export function compose(folder: string, ...args: string[]): string[] {
  return ['compose', '--project-directory', folder, ...args];
}

/** Starts the stack, or brings it after its files, and waits until every service is healthy. */
export function composeUp(folder: string, waitSeconds: number, services: readonly string[] = []): string[] {
  const wait = ['--wait', '--wait-timeout', String(waitSeconds)];
  return compose(folder, 'up', '--detach', '--remove-orphans', '--no-build', ...wait, ...services);
}

/** Stops the stack's containers, each in its own time, and keeps them and their networks. */
export function composeStop(folder: string): string[] {
  return compose(folder, 'stop');
}

/** Stops the stack and removes its containers and networks; its volumes stay. */
export function composeDown(folder: string): string[] {
  return compose(folder, 'down', '--remove-orphans');
}

/** Checks the files of `draft` as if they stood in the tenant's folder. Needs no engine. */
export function composeConfig(folder: string, draft: string, hasOverride: boolean): string[] {
  const files = ['compose.yaml', ...(hasOverride ? ['compose.override.yaml'] : [])];
  return [
    'compose',
    '--project-directory',
    folder,
    ...files.flatMap((name) => ['--file', path.join(draft, name)]),
    '--env-file',
    path.join(draft, '.env'),
    'config',
    '--quiet',
  ];
}
