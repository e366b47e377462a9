import { useComputedColorScheme } from '@mantine/core';
import { useApplication } from './application.js';
import { BrandMark } from './brand/brand-mark.js';
import { barColors, grounds } from './brand/palette.js';

interface Props {
  /** Height in pixels. */
  size: number;
  /** What it stands on. */
  on: 'bar' | 'page';
}

/** The mark beside the application's name. */
export function Logo({ size, on }: Props) {
  const branding = useApplication()?.branding;
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const { page, panel } = grounds[scheme];
  const secondary = branding?.secondaryColor ?? null;
  const bar = secondary === null ? panel : barColors(secondary, scheme).ground;
  return (
    <BrandMark
      size={size}
      logo={branding?.logo ?? null}
      ground={on === 'bar' ? bar : page}
      fill="var(--mantine-primary-color-filled)"
    />
  );
}
