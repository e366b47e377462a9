import { defineConfig } from 'vite';
import { webAppConfig } from '../../vite.config.js';

export default defineConfig(webAppConfig({ name: 'portal', apiOrigin: 'http://127.0.0.1:4100' }));
