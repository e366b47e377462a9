#!/usr/bin/env node
// Stands for SFTPGo, whose image is not to be had where the stack tests run. It answers the part of its REST API that the
// provisioner uses, as SFTPGo 2.7 does: tokens, version, users, event actions and rules, a user's own sign-in, open
// connections. It reads the same environment and the same files in `env.d`, checks that it has a host key, calls the hook
// of a rule when a test says that a file has come (`POST /stand-in/upload`), and speaks no SSH.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const keyOf = { users: 'username', eventactions: 'name', eventrules: 'name' };

/** @param options `admin`: name and password; `save` gets everything that is kept, whenever it changes */
export function makeSftpgo({ admin, kept = {}, version = '2.7.5', save = () => undefined, data } = {}) {
  const things = { users: {}, eventactions: {}, eventrules: {}, ...kept };
  const tokens = new Set();

  const server = createServer(async (request, response) => {
    const body = await readJson(request);
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [status, answer] = await route(request, pathname, body);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  });

  async function route(request, pathname, body) {
    if (pathname === '/healthz') return [200, 'ok'];
    if (pathname === '/api/v2/token')
      return signIn(request, (user, password) => user === admin.name && same(password, admin.password));
    if (pathname === '/api/v2/user/token') return signIn(request, isUser);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (!tokens.has(token)) return refused(401, 'Unauthorized');
    if (pathname === '/api/v2/version')
      return [200, { version, build_date: '', commit_hash: '', features: [] }];
    if (pathname === '/api/v2/connections') return [200, []];
    if (/^\/api\/v2\/quotas\/users\/[^/]+\/scan$/.test(pathname)) return [202, { message: 'Scan started' }];
    if (pathname === '/stand-in/upload') return upload(body);
    const [, kind, name] = /^\/api\/v2\/(users|eventactions|eventrules)(?:\/([^/]+))?$/.exec(pathname) ?? [];
    return kind === undefined
      ? refused(404, 'Not Found')
      : change(request.method, kind, name && decodeURIComponent(name), body);
  }

  function signIn(request, isRight) {
    const [, encoded = ''] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    const [user = '', password = ''] = Buffer.from(encoded, 'base64').toString().split(/:(.*)/s);
    if (!isRight(user, password)) return refused(401, 'Unauthorized');
    const token = randomBytes(16).toString('hex');
    // Only the administrator's opens anything here.
    if (user === admin.name) tokens.add(token);
    return [200, { access_token: token, expires_at: new Date(Date.now() + 1_200_000).toISOString() }];
  }

  function isUser(name, password) {
    const user = things.users[name];
    return user !== undefined && user.status === 1 && user.hash === hashOf(password);
  }

  function change(method, kind, name, body) {
    const all = things[kind];
    if (method === 'POST') {
      const fault = faultOf(kind, body);
      if (fault !== undefined) return refused(400, fault);
      const key = body[keyOf[kind]];
      if (Object.hasOwn(all, key)) return refused(409, 'duplicated key');
      all[key] = stored(kind, body, undefined);
      if (kind === 'users' && data !== undefined) mkdirSync(path.join(data, key), { recursive: true });
      save(things);
      return [201, shown(all[key])];
    }
    if (name === undefined || !Object.hasOwn(all, name)) return refused(404, 'Not Found');
    if (method === 'GET') return [200, shown(all[name])];
    if (method === 'PUT') {
      const fault = faultOf(kind, body);
      if (fault !== undefined) return refused(400, fault);
      all[name] = stored(kind, body, all[name]);
    } else if (method === 'DELETE') {
      if (
        kind === 'eventactions' &&
        Object.values(things.eventrules).some((rule) => rule.actions.some((one) => one.name === name))
      )
        return refused(409, 'action is referenced by a rule');
      delete all[name];
    } else return refused(405, 'Method Not Allowed');
    save(things);
    return [200, { message: 'done' }];
  }

  function faultOf(kind, body) {
    if (!body?.[keyOf[kind]]) return 'name is mandatory';
    if (kind === 'users' && !(body.permissions?.['/']?.length > 0))
      return 'please grant some permissions to this user';
    if (kind === 'users' && !path.isAbsolute(body.home_dir ?? '')) return 'home_dir must be an absolute path';
    if (
      kind === 'eventrules' &&
      !(body.actions ?? []).every(({ name }) => Object.hasOwn(things.eventactions, name))
    )
      return 'unknown action';
    return undefined;
  }

  /** What a rule does when a file of a user has come. */
  async function upload({ user, file }) {
    const rules = Object.values(things.eventrules).filter(
      (rule) => rule.status === 1 && rule.conditions.options.names.some(({ pattern }) => pattern === user),
    );
    const answers = [];
    for (const { name } of rules.flatMap(({ actions }) => actions)) {
      const { endpoint, method, headers } = things.eventactions[name].options.http_config;
      const sent = Object.fromEntries(headers.map(({ key, value }) => [key, value]));
      const answer = await fetch(endpoint, {
        method,
        headers: sent,
        signal: AbortSignal.timeout(10_000),
      }).catch((error) => error);
      answers.push({ endpoint, status: answer.status ?? String(answer.cause ?? answer) });
    }
    return [200, { file, answers }];
  }

  return { server, things };
}

/** A password is kept as its hash, and one that is left out stays as it is. */
function stored(kind, body, before) {
  if (kind !== 'users') return body;
  const { password, ...rest } = body;
  return {
    ...rest,
    used_quota_size: before?.used_quota_size ?? 0,
    hash: password === undefined ? before?.hash : hashOf(password),
  };
}

function shown({ hash, ...rest }) {
  return { ...rest, id: 1, ...(hash !== undefined && { has_password: true }) };
}

function refused(status, error) {
  return [status, { error, message: '' }];
}

function hashOf(text) {
  return createHash('sha256').update(text).digest('hex');
}

function same(a, b) {
  return timingSafeEqual(Buffer.from(hashOf(a)), Buffer.from(hashOf(b)));
}

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}

/** As the image is started: everything from the environment and `env.d` in the working folder. */
function main() {
  const env = { ...process.env };
  for (const file of readdirSync('env.d')) {
    for (const [, name, value] of readFileSync(path.join('env.d', file), 'utf8').matchAll(/^(\w+)=(.*)$/gm))
      env[name] = value;
  }
  for (const file of (env.SFTPGO_SFTPD__HOST_KEYS ?? '').split(',').slice(0, 1)) {
    if (!readFileSync(file, 'utf8').startsWith('-----BEGIN PRIVATE KEY-----'))
      throw new Error(`${file} is no host key`);
  }
  // That it may write there is part of what is tested.
  writeFileSync(path.join(env.SFTPGO_COMMON__TEMP_PATH, '.stand-in'), '');
  const database = 'stand-in.json';
  const { server } = makeSftpgo({
    admin: { name: env.SFTPGO_DEFAULT_ADMIN_USERNAME, password: env.SFTPGO_DEFAULT_ADMIN_PASSWORD },
    kept: readKept(database),
    save: (things) => writeFileSync(database, JSON.stringify(things)),
    data: '/srv/sftp/data',
  });
  server.listen(Number(env.SFTPGO_HTTPD__BINDINGS__0__PORT), env.SFTPGO_HTTPD__BINDINGS__0__ADDRESS);
  // Where real SSH would be: something that accepts connections.
  createServer().listen(Number(env.SFTPGO_SFTPD__BINDINGS__0__PORT));
  process.on('SIGTERM', () => process.exit(0));
}

function readKept(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/** `sftpgo ping`, the health check. */
async function ping() {
  const { SFTPGO_HTTPD__BINDINGS__0__ADDRESS: address, SFTPGO_HTTPD__BINDINGS__0__PORT: port } = process.env;
  const answer = await fetch(`http://${address}:${port}/healthz`).catch(() => undefined);
  process.exit(answer?.ok ? 0 : 1);
}

const [command] = process.argv.slice(2);
if (command === 'serve') main();
else if (command === 'ping') await ping();
