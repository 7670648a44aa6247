/** A listener's settings; what is missing has the default. */
export interface ListenerSettings {
  /** Whether the plays may join the collaborative data, as one owner. Default false: a listener is private. */
  readonly consent: boolean;
  /** Whether shown lists are remembered, for judging models. They never leave the machine. Default true. */
  readonly rememberShown: boolean;
  /** IANA time zone that days and hours are counted in. Default UTC. */
  readonly timeZone: string;
}

export const DEFAULT_SETTINGS: ListenerSettings = { consent: false, rememberShown: true, timeZone: 'UTC' };

export interface SettingsStore {
  get(listener: string): Promise<ListenerSettings>;
  /** Changes some and returns all. @throws SegueError USAGE (an unknown time zone) */
  set(listener: string, change: Partial<ListenerSettings>): Promise<ListenerSettings>;
}
