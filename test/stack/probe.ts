import { docker } from './docker.js';
import { images } from './requirements.js';

/** `connected`, or how it failed: `ENOTFOUND`, `timeout`, … */
export type Reached = Record<string, string>;

const script = `
const { connect } = require('node:net');
const targets = JSON.parse(process.argv[1]);
const attempt = (target) => new Promise((resolve) => {
  const at = target.lastIndexOf(':');
  const socket = connect({ host: target.slice(0, at), port: Number(target.slice(at + 1)), timeout: 1500 });
  const end = (how) => { socket.destroy(); resolve([target, how]); };
  socket.on('connect', () => end('connected')).on('timeout', () => end('timeout')).on('error', (e) => end(e.code));
});
Promise.all(targets.map(attempt)).then((all) => console.log(JSON.stringify(Object.fromEntries(all))));`;

/** Tries to open a connection to each \`host:port\` from inside a container that has Node. */
export async function reach(container: string, targets: readonly string[]): Promise<Reached> {
  const command = ['exec', container, 'node', '-e', script, JSON.stringify(targets)];
  return JSON.parse(await docker(...command)) as Reached;
}

/** The same from the network of any container, which may have no program at all. */
export async function reachFromNetworkOf(container: string, targets: readonly string[]): Promise<Reached> {
  return JSON.parse(await inNetworkOf(container, script, JSON.stringify(targets))) as Reached;
}

/** Runs JavaScript in the network of a container. @returns what it printed */
export async function inNetworkOf(container: string, code: string, ...args: string[]): Promise<string> {
  const network = `container:${container}`;
  return docker('run', '--rm', '--network', network, images.node, 'node', '-e', code, ...args);
}

/** Those that could be reached. */
export function connected(reached: Reached): string[] {
  return Object.keys(reached).filter((target) => reached[target] === 'connected');
}

/** Addresses of a container by the names of its networks. */
export async function addressesOf(container: string): Promise<Record<string, string>> {
  const format = '{{json .NetworkSettings.Networks}}';
  const networks = JSON.parse(await docker('inspect', '--format', format, container)) as Record<
    string,
    { IPAddress: string }
  >;
  return Object.fromEntries(Object.entries(networks).map(([name, { IPAddress }]) => [name, IPAddress]));
}
