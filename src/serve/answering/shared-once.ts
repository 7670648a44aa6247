/** What somebody who asks for a value is told: the value, or that it is theirs to make. */
export type Once = { readonly value: unknown } | { readonly make: true };

interface Entry {
  readonly kind: string;
  /** Who makes it; null once it is there. */
  maker: object | null;
  value: unknown;
  readonly waiting: { readonly who: object; readonly resolve: (once: Once) => void }[];
}

/**
 * Values that the first of several threads to need one makes for all. Whoever asks next waits; should the maker fail or end, the next one in line makes it.
 * One version of each kind is kept, the latest that was made.
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

  /** Tells everybody what was made. */
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

  /** What this thread was making is made by others. */
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
