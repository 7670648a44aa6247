import { useCallback, useRef, useState } from 'react';
import { ApiError, api, wordsOf } from '../api/client.ts';
import type { FoundTrack, ResolvedLine, Track } from '../api/types.ts';
import { classify, type Link } from '../input/classify.ts';
import type { Seed } from '../state/query.ts';

/** Matches with at least this confidence are accepted without asking. */
export const SURE = 0.75;
/** Lines per request: few enough to show progress and to stop. */
const BATCH = 500;

export type Intake =
  | { phase: 'idle' }
  | { phase: 'working'; what: string; fraction: number }
  | { phase: 'refused'; message: string }
  | { phase: 'review'; sure: Seed[]; unsure: ResolvedLine[]; title: string };

export const seedOf = (track: Pick<Track | FoundTrack, 'uri' | 'name' | 'artists'>): Seed => ({
  uri: track.uri,
  name: track.name.slice(0, 300),
  artists: track.artists.slice(0, 20),
  weight: 1,
});

/** A web address: never a mood. */
export const isWebLink = (text: string): boolean =>
  /^(?:https?:\/\/\S+|(?:[\w-]+\.)+[a-z]{2,}\/\S+)$/i.test(text.trim());

const remedyFor = (link: Link): string =>
  `Segue can’t open a Spotify ${link.type} without signing in. In Spotify’s desktop app, select all its songs (Ctrl+A), copy them, and paste them here.`;

/** Processes what was pasted, dropped or entered: matches it with the catalogue and returns songs or a review. */
export function useIntake(onSeeds: (seeds: Seed[], label: string) => void) {
  const [state, setState] = useState<Intake>({ phase: 'idle' });
  const running = useRef<AbortController | null>(null);

  const stop = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setState({ phase: 'idle' });
  }, []);

  const match = useCallback(
    async (lines: readonly string[], title: string, signal: AbortSignal) => {
      const resolved: ResolvedLine[] = [];
      for (let at = 0; at < lines.length; at += BATCH) {
        setState({
          phase: 'working',
          what: `Matching ${lines.length.toLocaleString('en')} songs`,
          fraction: at / lines.length,
        });
        const answer = await api.resolve(lines.slice(at, at + BATCH).join('\n'), signal);
        for (const line of answer.lines) resolved.push({ ...line, line: line.line + at });
      }
      const sure = resolved.filter((l) => l.track && l.confidence >= SURE).map((l) => seedOf(l.track!));
      const unsure = resolved.filter((l) => !l.track || l.confidence < SURE);
      if (unsure.length === 0) {
        setState({ phase: 'idle' });
        onSeeds(
          sure,
          sure.length === 1 ? `Added “${sure[0]!.name}”` : `Added ${sure.length.toLocaleString('en')} songs`,
        );
      } else setState({ phase: 'review', sure, unsure, title });
    },
    [onSeeds],
  );

  const run = useCallback(async (work: (signal: AbortSignal) => Promise<void>) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    try {
      await work(controller.signal);
    } catch (error) {
      if (controller.signal.aborted) return;
      const message = error instanceof ApiError ? wordsOf(error) : 'Segue couldn’t read that.';
      setState({ phase: 'refused', message });
    }
  }, []);

  /** @returns false when the text is a title or the start of a name, which is not handled here */
  const takeText = useCallback(
    (text: string): boolean => {
      const entry = classify(text);
      if (entry.kind === 'list') void run((signal) => match(entry.lines, '', signal));
      else if (entry.kind === 'links') {
        void run(async (signal) => {
          const lines: string[] = [];
          for (const link of entry.links) {
            if (link.type === 'track') {
              lines.push(link.uri);
              continue;
            }
            // A playlist of this library can be opened; others are on Spotify.
            const owner = await api.owner(link.type === 'playlist' ? link.uri : link.id, signal).catch(() => null);
            if (!owner) {
              setState({ phase: 'refused', message: remedyFor(link) });
              return;
            }
            lines.push(...owner.items.map((t) => t.uri));
          }
          await match(lines, '', signal);
        });
      } else if (entry.kind === 'words' && isWebLink(entry.text)) {
        void run(async (signal) => {
          const { link } = await api.search(entry.text, 1, signal);
          setState({ phase: 'refused', message: link?.message ?? 'Segue doesn’t know this kind of link.' });
        });
      } else return false;
      return true;
    },
    [match, run],
  );

  const takeFile = useCallback(
    (file: File) => {
      void run(async (signal) => {
        setState({ phase: 'working', what: `Reading ${file.name}`, fraction: 0 });
        const { readFile } = await import('../input/read-file.ts');
        const result = await readFile(file, signal, (fraction) =>
          setState({ phase: 'working', what: `Reading ${file.name}`, fraction }),
        );
        if (signal.aborted) return;
        if (!result.ok) setState({ phase: 'refused', message: result.message });
        else await match(result.lines, result.title, signal);
      });
    },
    [match, run],
  );

  const takeOwner = useCallback(
    (id: string, title: string) => {
      void run(async (signal) => {
        const owner = await api.owner(id, signal);
        setState({ phase: 'idle' });
        onSeeds(owner.items.map(seedOf), `Added the playlist “${title}”`);
      });
    },
    [onSeeds, run],
  );

  return { state, stop, takeText, takeFile, takeOwner };
}
