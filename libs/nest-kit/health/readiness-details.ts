import { Injectable } from '@nestjs/common';

/** @returns what is wrong with the part, in words for operators; undefined when it is well */
type Check = () => Promise<string | undefined>;

/** Parts without which the app still does most of its work: readiness names them, and stays 200. */
@Injectable()
export class ReadinessDetails {
  readonly #checks = new Map<string, Check>();

  add(part: string, check: Check): void {
    this.#checks.set(part, check);
  }

  list(): [part: string, check: Check][] {
    return [...this.#checks];
  }
}
