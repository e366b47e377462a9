import { shadesOf } from '../theme.js';
import { barColors, buttonText, grounds, markColor, type BrandColors, type Scheme } from './palette.js';

/** What a drawing of a page needs to look like the page: CSS colours by what they are for. */
export interface PreviewColors {
  page: string;
  panel: string;
  text: string;
  dimmed: string;
  line: string;
  link: string;
  button: string;
  buttonText: string;
  mark: string;
  /** Undefined where the bar is plain. */
  bar: string | undefined;
}

const neutral = {
  light: { text: '#1a2126', dimmed: '#56616a', line: '#87919a' },
  dark: { text: '#d8dde1', dimmed: '#a1abb3', line: '#6f7b85' },
};

/** A page of the other scheme cannot be drawn with this page's variables. */
export function previewColors(colors: BrandColors, scheme: Scheme): PreviewColors {
  const shades = shadesOf(colors);
  const [link, button] = scheme === 'light' ? [shades[8], shades[8]] : [shades[4], shades[7]];
  const { secondaryColor, accentColor } = colors;
  return {
    ...neutral[scheme],
    page: grounds[scheme].page,
    panel: grounds[scheme].panel,
    link,
    button,
    buttonText: buttonText(shades[8]),
    mark: accentColor === null ? link : markColor(accentColor, scheme),
    bar: secondaryColor === null ? undefined : barColors(secondaryColor, scheme).ground,
  };
}
