import { buildImage } from './image-under-test.js';
import { skipsStack } from './requirements.js';

/** One image for all spec files, which run beside each other. */
export default async function setup(): Promise<void> {
  if (!skipsStack) await buildImage();
}
