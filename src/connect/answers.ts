/** A JSON object of a service's answer. Its values do not always have the types in the service's description, so read them with the functions here. */
export type Answer = Readonly<Record<string, unknown>>;

export const recordOf = (value: unknown): Answer | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Answer) : null;

/** The objects of a list; leaves out null and other values. */
export function recordsIn(value: unknown): Answer[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.map(recordOf).filter((record) => record !== null);
}

export const textIn = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** A number, also one that is written as text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Milliseconds since 1970 of an ISO time; undefined for none. */
export function timeOf(value: unknown): number | undefined {
  const time = Date.parse(textIn(value));
  return Number.isNaN(time) ? undefined : time;
}

/** An ISO time in seconds since 1970; undefined if missing, and for zero times (the years 1 and 1970), which mean "never". */
export function secondsOf(value: unknown): number | undefined {
  const ms = timeOf(value);
  return ms === undefined || ms <= 0 ? undefined : Math.floor(ms / 1000);
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** A record without the keys whose value is unknown. */
export const withoutGaps = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
