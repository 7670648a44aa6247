import { useEffect, useState } from 'react';
import type { PersonalList } from '../api/listeners.ts';
import { type Move, movesOf } from './moves.ts';

export interface LiveEvent {
  readonly id: string;
  readonly kind: string;
  readonly song: string;
  readonly at: number;
  readonly title: string;
  readonly artists: readonly string[];
}

export interface Live {
  /** `waiting` for the first response, `on`, or `away` while the server does not respond. */
  readonly state: 'waiting' | 'on' | 'away';
  /** Newest first. */
  readonly events: readonly LiveEvent[];
  /** Events since the page was opened. */
  readonly arrived: number;
  readonly list: PersonalList | null;
  readonly moves: ReadonlyMap<string, Move>;
  /** How often the list has changed. */
  readonly changes: number;
  /** The server's error message. */
  readonly problem: string | null;
}

const START: Live = {
  state: 'waiting',
  events: [],
  arrived: 0,
  list: null,
  moves: new Map(),
  changes: 0,
  problem: null,
};
const SHOWN = 50;
/** Browsers do not reconnect by themselves after an error response, e.g. from a server that is starting. */
const AGAIN_MS = 2_000;

/** Follows a listener's events while the view is open. */
export function useLive(listener: string): Live {
  const [live, setLive] = useState(START);
  useEffect(() => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    /** Id of the latest events; null before the first, which are past events: shown, but not counted. */
    let last: string | null = null;
    const connect = (): void => {
      source = new EventSource(
        `/api/listeners/${encodeURIComponent(listener)}/live${last === null ? '' : `?after=${last}`}`,
      );
      source.addEventListener('events', ({ data, lastEventId }: MessageEvent<string>) => {
        const { events } = JSON.parse(data) as { events: LiveEvent[] };
        const history = last === null;
        last = lastEventId;
        setLive((now) => {
          const known = new Set(now.events.map(({ id }) => id));
          const fresh = events.filter(({ id }) => !known.has(id)).reverse();
          const arrived = now.arrived + (history ? 0 : fresh.length);
          return { ...now, state: 'on', problem: null, arrived, events: [...fresh, ...now.events].slice(0, SHOWN) };
        });
      });
      source.addEventListener('list', ({ data }: MessageEvent<string>) => {
        const list = JSON.parse(data) as PersonalList;
        setLive((now) => {
          const before = now.list?.tracks.map(({ uri }) => uri) ?? null;
          const next = list.tracks.map(({ uri }) => uri);
          if (before?.join() === next.join()) return { ...now, state: 'on' };
          const changes = before === null ? 0 : now.changes + 1;
          return { ...now, state: 'on', problem: null, list, moves: movesOf(before, next), changes };
        });
      });
      source.addEventListener('problem', ({ data }: MessageEvent<string>) => {
        const { message } = JSON.parse(data) as { message: string };
        setLive((now) => ({ ...now, problem: message }));
      });
      source.onerror = () => {
        setLive((now) => ({ ...now, state: 'away' }));
        if (source?.readyState === EventSource.CLOSED) timer = setTimeout(connect, AGAIN_MS);
      };
    };
    setLive(START);
    connect();
    return () => {
      clearTimeout(timer);
      source?.close();
    };
  }, [listener]);
  return live;
}
