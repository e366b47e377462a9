// Stands in for Grafana in the stack test: says healthy, and answers anything else with the headers that it got.
// Like Grafana under a sub-path, it sends what lies outside of it to its public address.
import { createServer } from 'node:http';

const publicUrl = process.env.GF_SERVER_ROOT_URL ?? 'http://127.0.0.1:3000/grafana/';

const server = createServer((request, response) => {
  if (!request.url.startsWith('/grafana')) {
    response.writeHead(301, { location: new URL(request.url.slice(1), publicUrl).href }).end();
    return;
  }
  const isHealth = request.url === '/grafana/api/health';
  const body = isHealth ? { database: 'ok' } : { url: request.url, headers: request.headers };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});
server.listen(3000, '0.0.0.0');
process.once('SIGTERM', () => process.exit(0));
