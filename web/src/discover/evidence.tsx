import type { ReactNode } from 'react';
import type { RecommendedTrack } from '../api/types.ts';
import { clean, names } from '../ui/text.ts';

const KINDS: Record<string, string> = {
  playlists: 'Playlists',
  songs: 'Songs',
  artists: 'Artists',
  title: 'Title',
  genres: 'Genres',
  audio: 'Sound',
  era: 'Era',
  popularity: 'Popularity',
  lyrics: 'Lyrics',
};

const FEATURES: readonly [id: string, label: string, text: (value: number) => string][] = [
  ['energy', 'Energy', (v) => `${Math.round(v * 100)}`],
  ['danceability', 'Danceability', (v) => `${Math.round(v * 100)}`],
  ['valence', 'Mood (sad–happy)', (v) => `${Math.round(v * 100)}`],
  ['acousticness', 'Acousticness', (v) => `${Math.round(v * 100)}`],
  ['tempo', 'Tempo', (v) => `${Math.round(v)} BPM`],
  ['loudness', 'Loudness', (v) => `${v.toFixed(1).replace('-', '−')} dB`],
];

/** Why a song is in the list: each reason with its share of the score, and the songs and playlists behind it. */
export function Evidence(props: { track: RecommendedTrack }): ReactNode {
  const { track } = props;
  const reasons = track.reasons ?? [];
  return (
    <div className="evidence">
      {reasons.length === 0 ? (
        <ul>
          {track.because.map((text) => (
            <li key={text}>{clean(text, 300)}</li>
          ))}
        </ul>
      ) : (
        <ul className="reasons">
          {reasons.map((reason, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: reasons have no identity besides their order.
            <li key={i}>
              <span className="label">{KINDS[reason.kind] ?? reason.kind}</span>
              {reason.share > 0 ? (
                <>
                  <meter
                    min={0}
                    max={1}
                    value={Math.min(1, reason.share)}
                    aria-label={`${Math.round(reason.share * 100)}% of the score`}
                  />
                  <span className="share">{Math.round(reason.share * 100)}%</span>
                </>
              ) : (
                <span className="asked">as you asked</span>
              )}
              <div>
                <bdi dir="auto">{clean(reason.text, 300)}</bdi>
                {reason.tracks && reason.tracks.length > 0 && (
                  <p className="muted" dir="auto">
                    Songs:{' '}
                    {reason.tracks
                      .slice(0, 5)
                      .map((t) => `${clean(t.name, 60)} (${names(t.artists)})`)
                      .join(', ')}
                  </p>
                )}
                {reason.owners && reason.owners.length > 0 && (
                  <p className="muted" dir="auto">
                    Playlists:{' '}
                    {reason.owners
                      .slice(0, 8)
                      .map((o) => `“${clean(o.title, 50) || o.id}”`)
                      .join(', ')}
                  </p>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      <dl className="facts">
        {FEATURES.map(([id, label, text]) => {
          const value = track.features?.[id];
          return (
            <div key={id}>
              <dt className="label">{label}</dt>
              <dd>{typeof value === 'number' ? text(value) : 'unknown'}</dd>
            </div>
          );
        })}
        {typeof track.popularity === 'number' && (
          <div>
            <dt className="label">Popularity</dt>
            <dd>{track.popularity}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}
