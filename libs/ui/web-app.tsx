import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { createBrowserRouter, RouterProvider, type RouteObject } from 'react-router';
import { createQueryClient } from './query-client.js';
import { SessionProvider } from './session.js';
import { cssVariablesResolver, theme } from './theme.js';

/** Everything a web app stands on; the routes are the app. */
export function WebApp({ routes }: { routes: RouteObject[] }) {
  const [client] = useState(createQueryClient);
  const [router] = useState(() => createBrowserRouter(routes));
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <SessionProvider>
          {/* A filter that the address holds shows its new state at once, not when the rows are there. */}
          <RouterProvider router={router} useTransitions={false} />
        </SessionProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
