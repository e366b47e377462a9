import { CodedError } from '#libs/errors';
import type { Context } from '../commands/context.js';
import type { Docker } from '../docker/docker.js';
import type { GivenImages } from './parse-images.js';

const pullSeconds = 1_800;

/**
 * Makes sure that the images are on this host, before anything is stopped for them.
 * @throws CodedError IMAGE_UNAVAILABLE
 */
export async function ensureImages({ docker, output }: Context, images: GivenImages): Promise<void> {
  for (const image of new Set(Object.values(images))) {
    if ((await imageId(docker, image)) !== undefined) continue;
    output.note(`${image} is not on this host: pulling it`);
    try {
      await docker.run(['pull', '--quiet', image], { timeoutSeconds: pullSeconds });
    } catch (cause) {
      const { message } = output.describe(cause);
      throw new CodedError('IMAGE_UNAVAILABLE', { detail: `${image}: ${message}`, cause });
    }
  }
}

/** Undefined when it is not on this host. */
export async function imageId(docker: Docker, image: string): Promise<string | undefined> {
  try {
    return await docker.run(['image', 'inspect', '--format', '{{.Id}}', image]);
  } catch (error) {
    if (error instanceof CodedError && error.code === 'DOCKER_FAILED') return undefined;
    throw error;
  }
}
