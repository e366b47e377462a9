// Stands in for Grafana in the stack test: says healthy, and answers anything else with the headers that it got.
// Like Grafana under a sub-path, it sends what lies outside of it to its public address.
// Like Grafana it takes its admin's password from the environment on its very first start only.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { passwordFile, setPassword } from './grafana-password.mjs';

const publicUrl = process.env.GF_SERVER_ROOT_URL ?? 'http://127.0.0.1:3000/grafana/';
const givenFile = process.env.GF_SECURITY_ADMIN_PASSWORD__FILE;
if (!existsSync(passwordFile)) setPassword(givenFile ? readFileSync(givenFile, 'utf8').trim() : 'admin');

const server = createServer((request, response) => {
  if (!request.url.startsWith('/grafana')) {
    response.writeHead(301, { location: new URL(request.url.slice(1), publicUrl).href }).end();
    return;
  }
  const isHealth = request.url === '/grafana/api/health';
  const isWrong = !isHealth && hasWrongPassword(request.headers.authorization);
  const body = isHealth ? { database: 'ok' } : { url: request.url, headers: request.headers };
  response.writeHead(isWrong ? 401 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});
server.listen(3000, '0.0.0.0');
process.once('SIGTERM', () => process.exit(0));

function hasWrongPassword(authorization) {
  if (!authorization?.startsWith('Basic ')) return false;
  const given = Buffer.from(authorization.slice('Basic '.length), 'base64').toString();
  return given !== `admin:${readFileSync(passwordFile, 'utf8')}`;
}
