import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AppProcess } from '../../../scripts/demo/app-process.js';

/** The account that the provisioner's settings make at the first start. */
export const defaultAdmin = { email: 'admin@wattfleet.example', password: randomBytes(12).toString('hex') };

export const firstName = 'Energy portal of Acme';

/** The built portal as the provisioner configures it, on an embedded database of its own in `folder`. */
export async function startPortalProgram(folder: string, port: string): Promise<AppProcess> {
  const branding = path.join(folder, 'branding');
  const imports = path.join(folder, 'import');
  await Promise.all([branding, imports].map((one) => mkdir(one, { recursive: true })));
  return AppProcess.start(
    {
      name: 'portal',
      logFolder: path.join(folder, 'logs'),
      environment: {
        NODE_ENV: 'production',
        PORT: port,
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        DATABASE_EMBEDDED_FOLDER: path.join(folder, 'database'),
        SESSION_SECRET: randomBytes(32).toString('hex'),
        DEFAULT_ADMIN_EMAIL: defaultAdmin.email,
        DEFAULT_ADMIN_PASSWORD: defaultAdmin.password,
        WHITE_LABEL_APPLICATION_NAME: firstName,
        BRANDING_DIR: branding,
        IMPORT_FOLDER: imports,
        IMPORT_SETTLE_SECONDS: '0',
      },
    },
    () => undefined,
  );
}
