import { CodedError } from '#libs/errors';
import { runTenants } from '../rollout/run-tenants.js';
import { RunRecord } from '../rollout/run-record.js';
import { ensureImages } from '../update/ensure-images.js';
import { collectImage, imageArguments, type GivenImages } from '../update/parse-images.js';
import { setImages } from '../update/set-images.js';
import { readCurrent, tenantFolder } from '../tenants/tenant-folder.js';
import { updateTenant } from '../update/update-tenant.js';
import {
  many,
  manyTenants,
  shared,
  wholeNumber,
  type Context,
  type ManyOptions,
  type Register,
} from './context.js';

interface UpdateOptions extends ManyOptions {
  image?: GivenImages;
  waitSeconds: number;
}

export const registerUpdate: Register = (program, start) => {
  const command = program
    .command('update')
    .summary('bring tenants to other images; what fails is rolled back')
    .description(
      'Brings tenants to other images: one first, the rest in waves of --parallel once it is verified. ' +
        'Each is backed up before, and rolled back when it does not work afterwards: files, images, and ' +
        'the database where migrations have run. After a failure no further tenant is begun; --resume ' +
        'goes on with those that remain.',
    );
  many(command, 2, 1)
    .option('--image <service=image>', 'portal=…, timescaledb=… or grafana=…; may be repeated', collectImage)
    .option('--wait-seconds <n>', 'how long a stack may take to become healthy', wholeNumber(1), 300);
  shared(command, [
    'update ABC0001 --image portal=wattfleet:1.2.3',
    'update --all --image portal=wattfleet:1.2.3 --canary 2 --parallel 8',
  ]).action(start(update));
};

async function update(context: Context, options: UpdateOptions, codes: string[]): Promise<number> {
  const images = options.image ?? (await resumedImages(context, options));
  const tenants = await manyTenants(context, 'update', { ...options, failFast: true }, codes);
  await refuseInvalid(context, tenants.slugs, images);
  await ensureImages(context, images);
  const { waitSeconds } = options;
  return runTenants(context, {
    ...tenants,
    given: imageArguments(images),
    work: (run) => updateTenant(context, run, { images, waitSeconds }),
  });
}

/** What cannot be written into a `tenant.yaml` is told before anything is backed up. */
async function refuseInvalid(
  { config }: Context,
  slugs: readonly string[],
  images: GivenImages,
): Promise<void> {
  for (const slug of slugs) {
    const file = await readCurrent(tenantFolder(config.root, slug).folder, 'tenant.yaml');
    if (file !== undefined) setImages(file.text, images);
  }
}

/** Those of the run that is to be gone on with. */
async function resumedImages({ config }: Context, { resume }: UpdateOptions): Promise<GivenImages> {
  const given = resume ? await RunRecord.given(config.root, 'update') : [];
  const texts = given.filter((word) => word !== '--image');
  if (texts.length === 0) {
    const message = 'say what to bring them to, such as --image portal=wattfleet:1.2.3';
    throw new CodedError('USAGE', { problems: [{ path: '--image', message }] });
  }
  return texts.reduce<GivenImages>((images, text) => collectImage(text, images), {});
}
