import { hasChanges } from '#libs/stack';
import type { Context } from '../commands/context.js';
import { imageNames, type Release, type ServiceImages } from '../releases/release.js';
import { planTenant, type Tenant } from '../tenants/tenant.js';
import { imageId } from './ensure-images.js';
import { currentImages, runningImageIds } from './tenant-state.js';

/** Whether the tenant runs these images already, and has nothing else to be brought up to. */
export async function isUpToDate(context: Context, tenant: Tenant, images: ServiceImages): Promise<boolean> {
  const current = currentImages(context, tenant);
  if (imageNames.some((name) => current[name] !== images[name])) return false;
  if (hasChanges((await planTenant(context.config, tenant)).files)) return false;
  const running = await runningImageIds(context, tenant.slug);
  for (const name of imageNames) {
    if (await isOther(context, running[name], images[name])) return false;
  }
  return true;
}

/**
 * Whether a running container is of another image than the one that the name stands for now.
 * @param running id of its image; undefined where it does not run
 */
export async function isOther(
  { docker }: Pick<Context, 'docker'>,
  running: string | undefined,
  image: string,
): Promise<boolean> {
  return running !== (await imageId(docker, image));
}

/** `portal wattfleet:1 → wattfleet:2`, for what a release changes. */
export function describeImages({ before, images }: Pick<Release, 'before' | 'images'>): string {
  const changed = imageNames.filter((name) => before.images[name] !== images[name]);
  if (changed.length === 0) return 'the same images, rendered anew';
  return changed.map((name) => `${name} ${before.images[name]} → ${images[name]}`).join(', ');
}
