import { useQuery } from '@tanstack/react-query';
import { Play, Plus, Sparkles, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiError, api, wordsOf } from '../api/client.ts';
import type { Track } from '../api/types.ts';
import { ExportMenu } from '../discover/export-menu.tsx';
import { seedOf } from '../discover/intake.ts';
import { usePlayer } from '../player/player.tsx';
import { addSeeds, EMPTY_QUERY } from '../state/query.ts';
import type { Session } from '../state/session.ts';
import { Fingerprint } from '../ui/fingerprint.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { SpotifyLink } from '../ui/spotify-mark.tsx';
import { clean, count, names } from '../ui/text.ts';

/** Most songs of a region in its playlist, and most of these used as seeds. */
export const PLAYLIST = 100;
const SEEDS = 50;

export interface Region {
  title: string;
  total: number;
  /** At most PLAYLIST points. */
  points: number[];
}

/** The songs of a part of the map as a playlist, to export or to continue from. */
export function Selection(props: { region: Region; session: Session; onClose: () => void }): ReactNode {
  const { region, session } = props;
  const { play } = usePlayer();
  const answer = useQuery({
    queryKey: ['map-tracks', region.points],
    queryFn: ({ signal }) => api.mapTracks(region.points, signal),
    enabled: region.points.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const tracks: Track[] = answer.data?.tracks ?? [];
  const goOn = (): void => {
    session.change(
      (q) => addSeeds({ ...EMPTY_QUERY, model: q.model }, tracks.slice(0, SEEDS).map(seedOf)),
      `Started from ${count(Math.min(SEEDS, tracks.length), 'song')} on the map`,
    );
    session.show('discover');
  };
  return (
    <section className="selection" aria-label="Songs in this region">
      <header>
        <div>
          <h2>{region.title}</h2>
          <p className="muted">
            {count(region.total, 'song')}
            {region.total > region.points.length && `; showing the ${region.points.length} best known`}
          </p>
        </div>
        <IconButton icon={X} label="Close the region" onClick={props.onClose} />
      </header>
      {tracks.length > 0 && (
        <div className="selection-tools">
          <button type="button" className="button primary" onClick={goOn}>
            <Sparkles size={16} aria-hidden /> Recommend from these
          </button>
          <ExportMenu tracks={tracks.map((t) => ({ ...t, score: 0, because: [] }))} title={region.title} />
        </div>
      )}
      {answer.isError && (
        <p role="alert">{answer.error instanceof ApiError ? wordsOf(answer.error) : 'These songs couldn’t load.'}</p>
      )}
      {region.total === 0 && <p className="muted">No songs inside the lasso.</p>}
      <ol className="selection-list">
        {tracks.map((track) => (
          <li key={track.uri}>
            <Fingerprint features={track.features} size={32} />
            <span className="selection-song">
              <bdi className="song-text" dir="auto">
                {clean(track.name, 80)}
              </bdi>
              <bdi className="song-text muted" dir="auto">
                {names(track.artists)}
              </bdi>
            </span>
            <IconButton icon={Play} label={`Play ${clean(track.name, 60)}`} onClick={() => play(track, tracks)} />
            <IconButton
              icon={Plus}
              label={`Add ${clean(track.name, 60)} to your songs`}
              onClick={() => session.change((q) => addSeeds(q, [seedOf(track)]), `Added “${clean(track.name, 60)}”`)}
            />
            <SpotifyLink uri={track.uri} name={track.name} />
          </li>
        ))}
      </ol>
    </section>
  );
}
