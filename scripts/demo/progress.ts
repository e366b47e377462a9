import pc from 'picocolors';

/** Steps with their seconds on standard error; on a terminal the running one is rewritten in place. */
export class Progress {
  readonly seconds: Record<string, number> = {};
  #current = '';
  readonly #isTerminal = process.stderr.isTTY;

  async step<T>(name: string, title: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    this.#current = title;
    this.#write(`${pc.dim('…')} ${title}`, false);
    try {
      const result = await work();
      this.seconds[name] = Math.round(performance.now() - started) / 1_000;
      this.#write(`${pc.green('✓')} ${title} ${pc.dim(`${this.seconds[name].toFixed(1)} s`)}`, true);
      return result;
    } catch (error) {
      this.#write(`${pc.red('✗')} ${title}`, true);
      throw error;
    }
  }

  /** Shows how far the running step is; only where it can be rewritten. */
  update(detail: string): void {
    if (this.#isTerminal) this.#write(`${pc.dim('…')} ${this.#current}: ${detail}`, false);
  }

  #write(line: string, isLast: boolean): void {
    if (this.#isTerminal) process.stderr.write(`\r\u001B[2K${line}${isLast ? '\n' : ''}`);
    else if (isLast) process.stderr.write(`${line}\n`);
  }
}
