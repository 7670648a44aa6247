import type { Connections } from './connections.ts';

/** A host that was contacted, or will be by the present connections. */
export interface HostLine {
  /** Origin, e.g. `https://music.example:4533`. */
  readonly origin: string;
  /** What for, each purpose once. */
  readonly why: readonly string[];
  /** Whether a connection that is switched on may contact it. */
  readonly inUse: boolean;
  readonly requests: number;
  /** Milliseconds since 1970; null = never. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
}

/** Every host that was contacted or will be, one line each: the last contacted first, those that were not yet at the end. */
export function hostLines({ store, serviceOf }: Pick<Connections, 'store' | 'serviceOf'>): HostLine[] {
  const lines = new Map<string, { -readonly [Key in keyof HostLine]: HostLine[Key] }>();
  const lineOf = (origin: string, why: string) => {
    let line = lines.get(origin);
    if (!line) {
      line = { origin, why: [], inUse: false, requests: 0, firstAt: null, lastAt: null };
      lines.set(origin, line);
    }
    if (!line.why.includes(why)) line.why = [...line.why, why];
    return line;
  };
  for (const { origin, why, requests, firstAt, lastAt } of store.hosts()) {
    const line = lineOf(origin, why);
    line.requests += requests;
    line.firstAt = Math.min(line.firstAt ?? firstAt, firstAt);
    line.lastAt = Math.max(line.lastAt ?? 0, lastAt);
  }
  for (const { service, settings } of store.list())
    for (const { origin, why } of serviceOf(service).hosts(settings)) lineOf(origin, why).inUse = true;
  return [...lines.values()].sort(
    (a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0) || (a.origin < b.origin ? -1 : a.origin > b.origin ? 1 : 0),
  );
}
