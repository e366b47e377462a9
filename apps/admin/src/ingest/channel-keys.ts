/** The keys of one customer's channels by the portal's id, at one version of his catalogue. */
interface Keys {
  version: number;
  idByUid: ReadonlyMap<string, number>;
}

/** About 30 MB. */
const mostChannels = 200_000;

/** Remembers the channels of the customers who pushed last, so that a batch need not look them up. */
export class ChannelKeys {
  /** The one that was used last stands last. */
  readonly #byCustomer = new Map<number, Keys>();
  #channels = 0;

  constructor(private readonly limit = mostChannels) {}

  /** @returns undefined when they are not known at this version */
  get(customerId: number, version: number): Keys['idByUid'] | undefined {
    const keys = this.#byCustomer.get(customerId);
    if (keys?.version !== version) return undefined;
    this.#byCustomer.delete(customerId);
    this.#byCustomer.set(customerId, keys);
    return keys.idByUid;
  }

  /** @param idByUid what was committed with `version`: a transaction must not leave here what it may yet roll back */
  set(customerId: number, version: number, idByUid: Keys['idByUid']): void {
    this.#drop(customerId);
    this.#byCustomer.set(customerId, { version, idByUid });
    this.#channels += idByUid.size;
    for (const oldest of this.#byCustomer.keys()) {
      if (this.#channels <= this.limit) break;
      this.#drop(oldest);
    }
  }

  #drop(customerId: number): void {
    this.#channels -= this.#byCustomer.get(customerId)?.idByUid.size ?? 0;
    this.#byCustomer.delete(customerId);
  }
}

/** @returns keys in the order of `uids`; 0 for what is not the customer's */
export function keysOf(idByUid: ReadonlyMap<string, number>, uids: readonly string[]): Int32Array {
  return Int32Array.from(uids, (uid) => idByUid.get(uid) ?? idByUid.get(uid.toLowerCase()) ?? 0);
}
