import { parseDocument } from 'yaml';
import { parseTenantSpec } from '#libs/stack';
import type { GivenImages } from './parse-images.js';

/**
 * The text of a `tenant.yaml` with these images. Everything else, comments too, stays as ops wrote it.
 * @throws CodedError SPEC_INVALID when the outcome would not be valid: an image without a tag
 */
export function setImages(text: string, images: GivenImages): string {
  const document = parseDocument(text);
  for (const [name, image] of Object.entries(images)) document.setIn(['images', name], image);
  const changed = document.toString({ lineWidth: 0 });
  parseTenantSpec(changed);
  return changed;
}
