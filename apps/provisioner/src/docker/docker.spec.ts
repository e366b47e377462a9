import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DockerProgram } from './docker.js';

let folder: string;

beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'wattfleet-docker-'))));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** Puts a `docker` on the PATH that runs `script`. */
function docker(script: string): DockerProgram {
  const file = path.join(folder, 'docker');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`);
  return new DockerProgram();
}

describe('the docker program', () => {
  it('gets its arguments as they are, whatever they hold', async () => {
    const args = ['exec', 'a b', '$(id)', '"', ''];
    expect(await docker(String.raw`printf '<%s>' "$@"`).run(args)).toBe('<exec><a b><$(id)><"><>');
  });

  it('reads text and files, and writes files', async () => {
    const program = docker('cat');
    expect(await program.run(['x'], { input: 'secret' })).toBe('secret');
    const [inputFile, outputFile] = [path.join(folder, 'in'), path.join(folder, 'out')];
    writeFileSync(inputFile, 'dump');
    expect(await program.run(['x'], { inputFile, outputFile })).toBe('');
    expect(readFileSync(outputFile, 'utf8')).toBe('dump');
  });

  it('tells what failed with the end of what it said, and none of its input', async () => {
    const failing = docker(`cat > /dev/null; echo first >&2; echo 'no such image' >&2; exit 17`);
    const run = failing.run(['compose', '--project-directory', '/srv/x', 'up'], { input: 'secret' });
    await expect(run).rejects.toMatchObject({
      code: 'DOCKER_FAILED',
      detail: 'docker compose up ended with 17:\nfirst\nno such image',
    });
  });

  it('says when it is not installed', async () => {
    vi.stubEnv('PATH', folder);
    await expect(new DockerProgram().run(['ps'])).rejects.toMatchObject({ code: 'DOCKER_MISSING' });
  });

  it('ends what takes too long', async () => {
    await expect(docker('sleep 60').run(['ps'], { timeoutSeconds: 0.2 })).rejects.toMatchObject({
      code: 'DOCKER_FAILED',
      detail: 'docker ps did not end in time',
    });
  });

  it('hands over lines as they come, until it is told to end', async () => {
    const controller = new AbortController();
    const lines: string[] = [];
    const onLine = (line: string) => {
      lines.push(line);
      if (lines.length === 2) controller.abort();
    };
    const watching = docker('echo one; echo two >&2; sleep 60').run(['logs'], {
      onLine,
      signal: controller.signal,
    });
    expect(await watching).toBe('');
    expect(lines.toSorted()).toEqual(['one', 'two']);
  });
});
