import { MantineProvider } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, type ReactNode } from 'react';
import type { Branding } from '#libs/contracts';
import { applicationQuery } from './application.js';
import type { BrandColors } from './brand/palette.js';
import { themeOf, variablesOf } from './theme.js';

interface Props {
  /** The server says how the application looks: nothing is drawn before it has, so that nobody sees other looks first. */
  whiteLabel: boolean;
  children: ReactNode;
}

const ownColors: BrandColors = { primaryColor: null, secondaryColor: null, accentColor: null };

/** The theme, in the colours of the brand where there is one. */
export function LookProvider({ whiteLabel, children }: Props) {
  const { data, isPending } = useQuery(applicationQuery);
  const branding = data?.branding;
  useFavicon(branding?.favicon.url);
  const { primaryColor, secondaryColor, accentColor } = branding ?? ownColors;
  const look = useMemo(() => {
    const colors = { primaryColor, secondaryColor, accentColor };
    return { theme: themeOf(colors), cssVariablesResolver: variablesOf(colors) };
  }, [primaryColor, secondaryColor, accentColor]);
  if (whiteLabel && isPending) return null;
  return (
    <MantineProvider {...look} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}

/** index.html asks for the newest one; a change is shown by asking for that version. */
function useFavicon(url: Branding['favicon']['url'] | undefined): void {
  useEffect(() => {
    if (url === undefined) return;
    document.querySelector('link[rel=icon]')?.setAttribute('href', `${url}&size=32`);
    document.querySelector('link[rel=apple-touch-icon]')?.setAttribute('href', `${url}&size=180`);
  }, [url]);
}
