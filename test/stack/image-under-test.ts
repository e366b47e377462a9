import path from 'node:path';
import { docker } from './docker.js';
import { images } from './requirements.js';

export const repository = path.resolve(import.meta.dirname, '../..');

/** Tag of the image that the tests build of this work tree. */
export const imageUnderTest = process.env['PORTAL_IMAGE'] ?? 'wattfleet:stack-test';

/** Builds the image as the Dockerfile says; what has not changed comes from the engine's cache. */
export async function buildImage(): Promise<void> {
  // A machine on which several work brings an image of its own.
  if (process.env['PORTAL_IMAGE'] !== undefined) return;
  // The host's network: npm in the build reaches the registry the way this machine does.
  const args = ['--network=host', `--build-arg=NODE_IMAGE=${images.node}`, `--tag=${imageUnderTest}`];
  await docker('build', '--force-rm', ...args, repository);
}
