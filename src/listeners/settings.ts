/** A listener's settings; absent ones have their default. */
export interface ListenerSettings {
  /** Whether the plays may join the collaborative data, as one owner. Default false: a listener is private. */
  readonly consent: boolean;
  /** Whether shown lists are stored, to compare models. They never leave the machine. Default true. */
  readonly rememberShown: boolean;
  /** IANA time zone for days and hours. Default UTC. */
  readonly timeZone: string;
}

export const DEFAULT_SETTINGS: ListenerSettings = { consent: false, rememberShown: true, timeZone: 'UTC' };

export interface SettingsStore {
  get(listener: string): Promise<ListenerSettings>;
  /** Changes the given settings and returns all. @throws SegueError USAGE (an unknown time zone) */
  set(listener: string, change: Partial<ListenerSettings>): Promise<ListenerSettings>;
}
