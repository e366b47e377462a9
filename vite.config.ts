import path from 'node:path';
import react from '@vitejs/plugin-react';
import mantinePreset from 'postcss-preset-mantine';
import { defaultClientConditions, type UserConfig } from 'vite';

const root = import.meta.dirname;
const reactAndKin = /node_modules\/(react|react-dom|scheduler|react-router|@tanstack)\//;

export interface WebApp {
  /** Folder in `dist/web` that the app's server hands out. */
  name: 'portal' | 'admin';
  /** The app's own server in development; `/api` is passed on to it. */
  apiOrigin: string;
}

/** What both web apps are built with; each has a `vite.config.ts` of its own that calls this. */
export function webAppConfig({ name, apiOrigin }: WebApp): UserConfig {
  return {
    publicDir: path.join(root, 'libs/ui/public'),
    plugins: [react()],
    resolve: { conditions: ['source', ...defaultClientConditions] },
    css: { postcss: { plugins: [mantinePreset()] } },
    server: { proxy: { '/api': apiOrigin } },
    build: {
      outDir: path.join(root, 'dist/web', name),
      emptyOutDir: true,
      // React and its kin change seldom: a release of ours leaves them in the browser's cache.
      rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'react', test: reactAndKin }] } } },
    },
  };
}
