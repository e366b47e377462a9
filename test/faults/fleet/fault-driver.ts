import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { ChaosProxy, ProxyFault } from './chaos-proxy.js';
import type { Program } from './program.js';
import type { Random } from './random.js';

export interface FaultTargets {
  portals: readonly Program[];
  admin: Program;
  proxy: ChaosProxy;
  /** Connections of the test itself, to end or hold up those of the programs. */
  portalDatabase: DataSource;
  adminDatabase: DataSource;
}

const day = 86_400_000;

/** Does one thing after the other to a fleet, at random, and counts what it did. */
export class FaultDriver {
  /** How often each kind of fault was done. */
  readonly counts = new Map<string, number>();

  constructor(
    private readonly targets: FaultTargets,
    private readonly random: Random,
  ) {}

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  async strike(): Promise<void> {
    const { random } = this;
    const faults: [name: string, weight: number, strike: () => Promise<void>][] = [
      ['portal killed', 4, () => this.restart(random.pick(this.targets.portals), 'SIGKILL')],
      ['Admin killed', 4, () => this.restart(this.targets.admin, 'SIGKILL')],
      ['portal restarted', 1, () => this.restart(random.pick(this.targets.portals), 'SIGTERM')],
      ['Admin restarted', 1, () => this.restart(this.targets.admin, 'SIGTERM')],
      ['request lost', 3, () => this.meddle({ kind: 'lose request' })],
      ['request cut off', 3, () => this.meddle({ kind: 'cut request' })],
      ['answer lost', 5, () => this.meddle({ kind: 'lose answer' })],
      ['sent twice', 4, () => this.meddle({ kind: 'send twice' })],
      [
        'sent again later',
        4,
        () => this.meddle({ kind: 'send again later', afterMs: random.integer(50, 8_000) }),
      ],
      ['delayed', 2, () => this.meddle({ kind: 'delay', ms: random.integer(50, 1_500) })],
      ['refused for now', 3, () => this.meddle(this.refusal())],
      ['commit held up in Admin', 3, () => this.holdUpAdmin()],
      ['connections of the portal ended', 2, () => endConnections(this.targets.portalDatabase)],
      ['connections of Admin ended', 2, () => endConnections(this.targets.adminDatabase)],
      ['clock of the portal jumped', 2, () => this.jump(random.pick(this.targets.portals))],
      ['clock of Admin jumped', 2, () => this.jump(this.targets.admin)],
    ];
    const [name, , strike] = pickWeighted(faults, random);
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    await strike();
  }

  private async restart(program: Program, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    await program.end(signal);
    if (this.random.chance(0.3)) await delay(this.random.integer(0, 1_500));
    await program.start();
  }

  /** Waits until a push has met the fault before, so that none of them is only planned. */
  private async meddle(fault: ProxyFault): Promise<void> {
    this.targets.proxy.inject(fault);
    const until = Date.now() + 5_000;
    while (this.targets.proxy.waiting > 0 && Date.now() < until) await delay(20);
  }

  private refusal(): ProxyFault {
    const status = this.random.pick([408, 429, 500, 503] as const);
    return { kind: 'answer', status, ...(this.random.chance(0.5) ? { retryAfter: 1 } : {}) };
  }

  private async holdUpAdmin(): Promise<void> {
    await this.targets.adminDatabase.transaction(async (manager) => {
      await manager.query('SELECT 1 FROM fleet.customer FOR UPDATE');
      await delay(this.random.integer(50, 1_500));
    });
  }

  /** Up to two days, either way. */
  private async jump(program: Program): Promise<void> {
    program.shiftClock(this.random.chance(0.3) ? 0 : this.random.integer(-2 * day, 2 * day));
  }
}

/** As a database server that restarts does to those who are connected. */
async function endConnections(database: DataSource): Promise<void> {
  await database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'wattfleet' AND pid <> pg_backend_pid()`,
  );
}

function pickWeighted<T extends [string, number, ...unknown[]]>(choices: readonly T[], random: Random): T {
  let left = random.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const choice of choices) {
    left -= choice[1];
    if (left < 0) return choice;
  }
  return choices[0] as T;
}
