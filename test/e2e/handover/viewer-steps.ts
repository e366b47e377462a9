import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Of every page that a viewer may open: whatever changes something says that it is not for this role. */
export async function expectOnlyToLook(page: Page, path: string, buttons: readonly string[]): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
  for (const name of buttons) {
    const button = page.getByRole('button', { name, exact: true }).first();
    await button.waitFor();
    expect(await button.getAttribute('aria-disabled'), `${name} on ${path}`).toBe('true');
    await button.click({ force: true });
  }
  expect(await page.getByRole('dialog').count()).toBe(0);
}

/** What the page itself could send: the session is the viewer's, the origin the portal's. */
export async function expectRefused(page: Page, siteId: string): Promise<void> {
  const requests: readonly [method: string, address: string, body?: unknown][] = [
    ['PATCH', `/api/sites/${siteId}`, { name: 'Mine' }],
    ['DELETE', `/api/sites/${siteId}?confirm=pretoria-works`],
    ['POST', `/api/sites/${siteId}/devices`, { serial: '1', name: '', masterId: null, externalId: null }],
    ['PUT', `/api/sites/${siteId}/tariff`, { tariffId: null, subscribedA: null, subscribedKva: null }],
    ['POST', '/api/municipalities', { name: 'Mine' }],
    ['POST', '/api/imports/runs'],
    ['POST', '/api/users', { email: 'friend@acme.example', role: 'admin' }],
    ['GET', '/api/users'],
    ['GET', '/api/audit'],
    ['DELETE', '/api/branding'],
  ];
  for (const [method, address, body] of requests) {
    const init = {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    };
    const answer = await page.evaluate<{ status: number; code: string }>(
      `fetch(${JSON.stringify(address)}, ${JSON.stringify(init)})
        .then(async (response) => ({ status: response.status, code: (await response.json()).code }))`,
    );
    expect(answer, `${method} ${address}`).toEqual({ status: 403, code: 'ROLE_REFUSED' });
  }
}
