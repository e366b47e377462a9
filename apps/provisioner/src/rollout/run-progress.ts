import type { Output } from '../output.js';
import type { TenantResult } from './tenant-result.js';

/** Command lines for what is left. */
interface NextCommands {
  /** For one tenant. */
  again: (tenant: string) => string;
  /** For all that remain. */
  resume: string;
}

/**
 * What a run over tenants shows while it goes on. On a terminal: one line for each tenant at work below a count, and a
 * line that stays for each that failed. Elsewhere a line for every step. With `--json` events, one JSON object a line,
 * of which the first names the version of their format.
 */
export class RunProgress {
  readonly #begun = performance.now();
  /** Tenants at work, with their present step. */
  readonly #atWork = new Map<string, string>();
  #done = 0;
  #failed = 0;
  readonly #output: Output;
  readonly #command: string;
  readonly #total: number;

  private constructor(output: Output, command: string, total: number) {
    this.#output = output;
    this.#command = command;
    this.#total = total;
  }

  static start(output: Output, command: string, total: number): RunProgress {
    output.event({ event: 'start', version: 1, command, tenants: total });
    return new RunProgress(output, command, total);
  }

  step(tenant: string, step: string): void {
    this.#atWork.set(tenant, step);
    this.#output.event({ event: 'step', time: new Date().toISOString(), tenant, step });
    if (this.#output.isLive) this.#draw();
    else this.#output.note(`${tenant}: ${step}`);
  }

  finished(result: TenantResult): void {
    this.#atWork.delete(result.tenant);
    if (result.result === 'done') this.#done += 1;
    if (result.result === 'failed') this.#failed += 1;
    this.#output.event({ event: 'result', ...result });
    this.#output.live('');
    if (result.error !== undefined) this.#output.note(this.#failureOf(result));
    if (this.#output.isLive) this.#draw();
  }

  /** The table of all results, with what is left to do and how. */
  end(results: readonly TenantResult[], { again, resume }: NextCommands): void {
    this.#output.live('');
    const count = (result: TenantResult['result']) => results.filter((one) => one.result === result).length;
    const [done, failed, remaining] = [count('done'), count('failed'), count('remaining')];
    const seconds = Math.round((performance.now() - this.#begun) / 100) / 10;
    this.#output.event({ event: 'end', done, failed, remaining, seconds });
    this.#output.table(
      ['Tenant', 'Result', 'Seconds', 'Next'],
      results.map(({ tenant, result, detail, seconds: taken, next, error }) => [
        tenant,
        error === undefined ? (detail ?? result) : `${result}: ${error.code}`,
        taken.toFixed(1),
        next ?? (result === 'done' ? '' : again(tenant)),
      ]),
    );
    const counts = [`${done} done`, `${failed} failed`, `${remaining} remaining`];
    this.#output.note(`${counts.filter((text) => !text.startsWith('0 ')).join(', ')} in ${seconds} s.`);
    if (failed + remaining > 0 && results.length > 1) this.#output.note(`Go on with what is left: ${resume}`);
  }

  #failureOf({ tenant, error }: TenantResult): string {
    const problems = error?.problems.map(({ path, message }) => `  ${path}: ${message}\n`).join('') ?? '';
    return `${tenant}: ${error?.message}\n${problems}  ${error?.remedy}`;
  }

  #draw(): void {
    const head = `${this.#command}: ${this.#done + this.#failed} of ${this.#total}, ${this.#failed} failed`;
    const lines = [...this.#atWork].map(([tenant, step]) => `  ${tenant}  ${step}`);
    this.#output.live([head, ...lines].join('\n'));
  }
}
