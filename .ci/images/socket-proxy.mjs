#!/usr/local/bin/node
// Stands in for wollomatic/socket-proxy in the stack tests: the same options, the same rules. Only what an -allow option
// matches as a whole is asked of the engine, and only for clients of -allowfrom; everything else is 403 or 405.
import { request, createServer } from 'node:http';
import { BlockList } from 'node:net';

const options = new Map();
for (const text of process.argv.slice(2)) {
  const [, name, value = 'true'] = /^-([^=]+)(?:=(.*))?$/s.exec(text) ?? [];
  options.set(name, [...(options.get(name) ?? []), value]);
}
const one = (name, byDefault) => options.get(name)?.at(-1) ?? byDefault;
const socketPath = one('socketpath', '/var/run/docker.sock');

const allowed = new BlockList();
for (const range of one('allowfrom', '127.0.0.1/32').split(',')) {
  const [address, prefix = '32'] = range.split('/');
  allowed.addSubnet(address, Number(prefix), 'ipv4');
}
const patterns = (method) => (options.get(`allow${method}`) ?? []).map((text) => new RegExp(`^(?:${text})$`));

const proxy = createServer((incoming, outgoing) => {
  const client = incoming.socket.remoteAddress.replace(/^::ffff:/, '');
  const path = new URL(incoming.url, 'http://engine').pathname;
  const rules = patterns(incoming.method);
  if (!allowed.check(client, 'ipv4')) outgoing.writeHead(403).end();
  else if (rules.length === 0) outgoing.writeHead(405).end();
  else if (rules.some((rule) => rule.test(path))) hand(incoming, outgoing);
  else outgoing.writeHead(403).end();
});

function hand(incoming, outgoing) {
  const { method, url, headers } = incoming;
  const asked = request({ socketPath, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    outgoing.flushHeaders();
    answer.pipe(outgoing);
  });
  asked.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
  outgoing.on('close', () => asked.destroy());
  asked.end();
}

proxy.listen(Number(one('proxyport', '2375')), one('listenip', '127.0.0.1'));
if (one('allowhealthcheck') !== undefined) {
  createServer((_, outgoing) => {
    const ping = request({ socketPath, path: '/_ping' }, (answer) => {
      outgoing.writeHead(answer.statusCode === 200 ? 200 : 503).end();
    });
    ping.on('error', () => outgoing.writeHead(503).end());
    ping.end();
  }).listen(55_555, '127.0.0.1');
}
process.once('SIGTERM', () => process.exit(0));
