import type { Branding, BrandingBody } from '#libs/contracts';
import { FakeFile, FakeProblem, type ApiRequest, type FakeApi } from './page-server.js';

export const plainBrand: Branding = {
  applicationName: 'Portal of Acme',
  primaryColor: null,
  secondaryColor: null,
  accentColor: null,
  footerText: '',
  logo: null,
  favicon: { url: '/api/branding/favicon?v=mark', own: false },
};

export const loudBrand: Branding = {
  applicationName: 'Bolt & Söhne Energiemonitoring',
  primaryColor: '#9d174d',
  secondaryColor: '#3b0764',
  accentColor: '#f59e0b',
  footerText: '© Bolt & Söhne GmbH\nsupport@bolt.example',
  logo: {
    url: '/api/branding/logo?v=1',
    width: 768,
    height: 384,
    ink: { dark: '#0c2a3a', light: '#0c2a3a' },
  },
  favicon: { url: '/api/branding/favicon?v=1', own: false },
};

const logoSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><path d="M0 40 40 0 80 40z" fill="#0c2a3a"/></svg>';

/** The portal's API of its looks, which remembers what it is told. Sent pictures are kept in `sent`. */
export function brandingApi(first: Branding): { api: FakeApi; sent: Buffer[]; current: () => Branding } {
  let brand = first;
  const sent: Buffer[] = [];
  const changes: Record<string, (request: ApiRequest) => Partial<Branding>> = {
    'PUT /api/branding': ({ body }) => body as BrandingBody,
    'DELETE /api/branding': () => plainBrand,
    'PUT /api/branding/logo': ({ body }) => {
      sent.push(body as Buffer);
      if (!(body as Buffer).includes('<svg')) throw new FakeProblem(unreadable);
      return {
        logo: {
          url: '/api/branding/logo?v=2',
          width: 768,
          height: 384,
          ink: { dark: '#0c2a3a', light: '#0c2a3a' },
        },
      };
    },
    'DELETE /api/branding/logo': () => ({ logo: null }),
  };
  const api: FakeApi = (request) => {
    const { method, path } = request;
    if (method === 'GET' && path === '/api/branding') return brand;
    if (method === 'GET' && path === '/api/application') {
      return { applicationName: brand.applicationName, version: '0.1.0', branding: brand };
    }
    if (method === 'GET' && /\/(logo|favicon)$/.test(path)) {
      return new FakeFile('image/svg+xml', Buffer.from(logoSvg));
    }
    const change = changes[`${method} ${path}`];
    if (change === undefined) return undefined;
    brand = { ...brand, ...change(request) };
    return brand;
  };
  return { api, sent, current: () => brand };
}

const unreadable = {
  status: 422,
  code: 'BRANDING_IMAGE_INVALID',
  title: 'The picture cannot be read',
  remedy: 'Send a whole PNG, JPEG, WebP or SVG.',
};
