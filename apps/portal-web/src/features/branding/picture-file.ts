import { brandingImageTypes, maxBrandingImageBytes } from '#libs/contracts';

/** What is wrong with a file before it is sent; the server looks closer. */
export function fileProblem(file: Pick<File, 'type' | 'size'>): 'wrongType' | 'tooLarge' | undefined {
  if (!brandingImageTypes.some((type) => type === file.type)) return 'wrongType';
  return file.size > maxBrandingImageBytes ? 'tooLarge' : undefined;
}
