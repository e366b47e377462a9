import { describe, expect, it } from 'vitest';
import { docker, tryDocker } from './docker.js';
import { imageUnderTest } from './image-under-test.js';
import { images, skipsStack } from './requirements.js';

const sh = (script: string) =>
  docker('run', '--rm', '--read-only', '--network', 'none', imageUnderTest, 'sh', '-c', script);
const megabytes = async (image: string) =>
  Number(await docker('image', 'inspect', '--format', '{{.Size}}', image)) / 1e6;

describe.skipIf(skipsStack)('image', () => {
  it('runs as 1000, who owns the data folders and nothing of the program', async () => {
    expect(await sh('id -u; id -g')).toBe('1000\n1000');
    const owners = "stat -c '%u:%g %n' /data/* && find /app -user 1000 | head";
    expect(await sh(owners)).toBe(
      ['branding', 'dashboards', 'import', 'keys', 'reports']
        .map((name) => `1000:1000 /data/${name}`)
        .join('\n'),
    );
  });

  it('holds what production needs and nothing else', async () => {
    expect(await sh('ls /app /app/dist /app/dist/apps /app/dist/web')).toBe(
      [
        '/app:\nLICENSE\ncompose\ndist\nnode_modules\npackage.json\nprovisioning\n',
        '/app/dist:\napps\nlibs\nweb\n',
        '/app/dist/apps:\nadmin\nportal\nprovisioner\n',
        '/app/dist/web:\nadmin\nportal',
      ].join('\n'),
    );
    const packages = ['@unni-craftsman', '@electric-sql', 'node', 'typescript', 'vitest', 'vite', 'react'];
    const present = packages.map((name) => `-path /app/node_modules/${name}`).join(' -o ');
    expect(await sh(`find /app/node_modules -maxdepth 1 \\( ${present} \\)`)).toBe('');
    const ours =
      "-name '*.spec.*' -o -name '*.fixtures.*' -o -name embedded -o -name golden -o -name testing";
    expect(await sh(`find /app/dist /app/compose \\( ${ours} \\)`)).toBe('');
  });

  // 19 MB of it are libvips, which draws logos; 44 MB the other packages, 5 MB the program itself.
  it('adds less than 75 MB to its base', async () => {
    const [image, base] = await Promise.all([megabytes(imageUnderTest), megabytes(images.node)]);
    console.log(`image ${image.toFixed(1)} MB, of which base ${base.toFixed(1)} MB`);
    expect(image - base).toBeLessThan(75);
  });

  it('loads the native code that signs people in', async () => {
    const script = "require('argon2').hash('secret').then((hash) => console.log(hash.slice(0, 9)))";
    expect(await sh(`node -e "${script}"`)).toBe('$argon2id');
  });

  it('loads the native code that draws logos', async () => {
    const create = "{ create: { width: 8, height: 8, channels: 3, background: '#000' } }";
    const script = `require('sharp')(${create}).png().toBuffer().then((png) => console.log(png.toString('latin1', 1, 4)))`;
    expect(await sh(`node -e "${script}"`)).toBe('PNG');
  });

  it('runs every program, also on a read-only root', async () => {
    for (const app of ['portal', 'admin', 'provisioner']) {
      expect(await sh(`node dist/apps/${app}/src/main.js --version`)).toMatch(/^\d+\.\d+\.\d+/);
    }
  });

  it('says which variables are wrong and stops, when it is given none', async () => {
    const { exitCode, stderr } = await tryDocker(['run', '--rm', '--network', 'none', imageUnderTest]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('CONFIG_INVALID');
    expect(stderr).toContain('SESSION_SECRET');
  });
});
