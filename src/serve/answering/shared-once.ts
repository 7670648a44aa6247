/** Reply to a thread that asks for a value: the value, or the task of making it. */
export type Once = { readonly value: unknown } | { readonly make: true };

interface Entry {
  readonly kind: string;
  /** The thread that makes it; null once it exists. */
  maker: object | null;
  value: unknown;
  readonly waiting: { readonly who: object; readonly resolve: (once: Once) => void }[];
}

/**
 * Values that the first thread to need one makes for all threads. Other threads wait; if the maker fails or ends, the next one in line makes the
 * value. Only the latest version of each kind is kept.
 */
export class SharedOnce {
  private readonly entries = new Map<string, Entry>();

  /** @param who the thread that asks */
  ask(kind: string, version: string, who: object): Promise<Once> {
    const key = `${kind} ${version}`;
    const entry = this.entries.get(key);
    if (!entry) {
      this.entries.set(key, { kind, maker: who, value: undefined, waiting: [] });
      return Promise.resolve({ make: true });
    }
    if (!entry.maker) return Promise.resolve({ value: entry.value });
    return new Promise((resolve) => entry.waiting.push({ who, resolve }));
  }

  /** Passes the finished value to everyone waiting. */
  made(kind: string, version: string, value: unknown): void {
    const key = `${kind} ${version}`;
    const entry = this.entries.get(key);
    if (!entry) return;
    for (const [other, { kind: same, maker }] of this.entries)
      if (same === kind && other !== key && !maker) this.entries.delete(other);
    entry.maker = null;
    entry.value = value;
    for (const { resolve } of entry.waiting.splice(0)) resolve({ value });
  }

  /** Others take over the values that this thread was making. */
  lost(who: object): void {
    for (const [key, entry] of this.entries) {
      const others = entry.waiting.filter((waiting) => waiting.who !== who);
      entry.waiting.splice(0, entry.waiting.length, ...others);
      if (entry.maker !== who) continue;
      const next = entry.waiting.shift();
      entry.maker = next?.who ?? null;
      if (next) next.resolve({ make: true });
      else this.entries.delete(key);
    }
  }
}
