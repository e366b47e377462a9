import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { createBrowserRouter, RouterProvider, type RouteObject } from 'react-router';
import { focusMain } from './focus-main.js';
import { startLanguage, useLanguage, type Language } from './language.js';
import { createQueryClient } from './query-client.js';
import { SessionProvider } from './session.js';
import { cssVariablesResolver, theme } from './theme.js';

interface Props {
  routes: RouteObject[];
  /** Those that all its pages speak. */
  languages: readonly [Language, ...Language[]];
}

/** Everything a web app stands on; the routes are the app. */
export function WebApp({ routes, languages }: Props) {
  const [client] = useState(() => {
    startLanguage(languages);
    return createQueryClient();
  });
  const [router] = useState(() => createBrowserRouter(routes));
  const language = useLanguage();
  const shown = useRef(language);
  useEffect(() => {
    if (shown.current !== language) focusMain();
    shown.current = language;
  }, [language]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <SessionProvider>
          {/* A filter that the address holds shows its new state at once, not when the rows are there. */}
          {/* Another language draws the page from the start: numbers, times and charts with it. */}
          <RouterProvider key={language} router={router} useTransitions={false} />
        </SessionProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
