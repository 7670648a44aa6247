import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import { useThrottled } from '../discover/use-recommendations.ts';
import { Fingerprint } from '../ui/fingerprint.tsx';
import { clean, genreName, names } from '../ui/text.ts';

/** Describes the song under the pointer. */
export function HoverCard(props: { point: number; px: number; py: number }): ReactNode {
  const point = useThrottled(props.point, 80);
  const answer = useQuery({
    queryKey: ['map-tracks', [point]],
    queryFn: ({ signal }) => api.mapTracks([point], signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const track = answer.data?.tracks[0];
  if (!track || point !== props.point) return null;
  return (
    <div
      className="hover-card"
      ref={(element) => {
        if (!element?.parentElement) return;
        const room = element.parentElement.clientWidth - element.offsetWidth - 8;
        element.style.translate = `${Math.max(8, Math.min(room, props.px + 14))}px ${Math.max(8, props.py - element.offsetHeight - 10)}px`;
      }}
    >
      <Fingerprint features={track.features} size={40} />
      <span>
        <bdi className="song-text" dir="auto">
          {clean(track.name, 60)}
        </bdi>
        <bdi className="song-text muted" dir="auto">
          {names(track.artists)}
        </bdi>
        <span className="muted">{[track.year, genreName(track.genres[0] ?? '')].filter(Boolean).join(' · ')}</span>
      </span>
    </div>
  );
}
