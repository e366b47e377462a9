import { createRoot } from 'react-dom/client';
import { WebApp } from '#libs/ui';
import { routes } from './routes.js';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<WebApp routes={routes} languages={['en', 'fr']} />);
