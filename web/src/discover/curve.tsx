import { type ReactNode, useState } from 'react';
import type { RecommendedTrack } from '../api/types.ts';
import { clean } from '../ui/text.ts';
import { areaPath, CURVE_HEIGHT, CURVE_WIDTH, energyOf, linePath, smooth, tempoOf } from './curve-path.ts';

/** Energy and tempo over the whole list; clicking jumps to the song. */
export function Curve(props: {
  tracks: readonly RecommendedTrack[];
  sectioned: boolean;
  /** The list is not ordered for listening; narrow windows then hide the chart. */
  plain: boolean;
  onPick: (index: number) => void;
}): ReactNode {
  const { tracks, sectioned } = props;
  const [at, setAt] = useState<number | null>(null);
  const energy = smooth(tracks.map((t) => energyOf(t.features?.energy)));
  const tempo = smooth(tracks.map((t) => tempoOf(t.features?.tempo)));
  if (energy.every((v) => v === null) && tempo.every((v) => v === null)) return null;
  const indexAt = (event: React.PointerEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(
      tracks.length - 1,
      Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * tracks.length)),
    );
  };
  const song = at === null ? null : tracks[at];
  const borders = sectioned ? tracks.flatMap((t, i) => (i > 0 && t.section !== tracks[i - 1]!.section ? [i] : [])) : [];
  return (
    <figure className={props.plain ? 'curve plain' : 'curve'}>
      <svg
        viewBox={`0 0 ${CURVE_WIDTH} ${CURVE_HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Energy and tempo over ${tracks.length} songs: ${describeCourse(energy, 'energy')}; ${describeCourse(tempo, 'tempo')}`}
        onPointerMove={(event) => setAt(indexAt(event))}
        onPointerLeave={() => setAt(null)}
        onPointerDown={(event) => props.onPick(indexAt(event))}
      >
        <path className="curve-area" d={areaPath(energy)} />
        <path className="curve-tempo" d={linePath(tempo)} />
        <path className="curve-energy" d={linePath(energy)} />
        {borders.map((i) => (
          <line
            key={i}
            className="curve-border"
            x1={(i / tracks.length) * CURVE_WIDTH}
            x2={(i / tracks.length) * CURVE_WIDTH}
            y1={0}
            y2={CURVE_HEIGHT}
          />
        ))}
        {at !== null && (
          <line
            className="curve-cursor"
            x1={((at + 0.5) / tracks.length) * CURVE_WIDTH}
            x2={((at + 0.5) / tracks.length) * CURVE_WIDTH}
            y1={0}
            y2={CURVE_HEIGHT}
          />
        )}
      </svg>
      <figcaption>
        <span className="curve-key energy">Energy</span>
        <span className="curve-key tempo">Tempo</span>
        <bdi className="song-text muted" dir="auto">
          {song ? `${at! + 1}. ${clean(song.name, 60)}${facts(song.features)}` : 'first song to last'}
        </bdi>
      </figcaption>
    </figure>
  );
}

function facts(features: RecommendedTrack['features']): string {
  const energy = features?.energy;
  const tempo = features?.tempo;
  return `${typeof energy === 'number' ? ` · energy ${Math.round(energy * 100)}` : ''}${typeof tempo === 'number' ? ` · ${Math.round(tempo)} BPM` : ''}`;
}

/** "energy rises", for those who cannot see the line: compares the first third with the last. */
function describeCourse(values: readonly (number | null)[], what: string): string {
  const known = values.filter((v): v is number => v !== null);
  if (known.length < 3) return `${what} unknown`;
  const third = Math.ceil(known.length / 3);
  const mean = (part: number[]): number => part.reduce((a, b) => a + b, 0) / part.length;
  const change = mean(known.slice(-third)) - mean(known.slice(0, third));
  return `${what} ${change > 0.08 ? 'rises' : change < -0.08 ? 'falls' : 'stays level'}`;
}
