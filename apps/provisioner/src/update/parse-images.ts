import { InvalidArgumentError } from 'commander';
import { imageNames, type ImageName, type ServiceImages } from '../releases/release.js';

/** Images that are to be set, by service. */
export type GivenImages = Partial<ServiceImages>;

/** Reads one `portal=wattfleet:1.2.3` of several off the command line. Whether it is pinned, the spec's schema says. */
export function collectImage(text: string, given: GivenImages = {}): GivenImages {
  const [name = '', ...rest] = text.split('=');
  const image = rest.join('=');
  if (!isKnown(name) || image === '') {
    throw new InvalidArgumentError(`must be ${imageNames.join('=…, ')}=…, such as portal=wattfleet:1.2.3`);
  }
  return { ...given, [name]: image };
}

function isKnown(name: string): name is ImageName {
  return imageNames.some((known) => known === name);
}

/** The images as they stand on a command line. */
export function imageArguments(images: GivenImages): string[] {
  return Object.entries(images).flatMap(([name, image]) => ['--image', `${name}=${image}`]);
}
