import {
  AudioLines,
  ChevronDown,
  Copy,
  Ellipsis,
  ExternalLink,
  ListX,
  MapPin,
  Pin,
  PinOff,
  Play,
  Plus,
  ThumbsDown,
  UserX,
} from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { RecommendedTrack } from '../api/types.ts';
import { spotifyPage } from '../export/formats.ts';
import { Fingerprint } from '../ui/fingerprint.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { SpotifyLink } from '../ui/spotify-mark.tsx';
import { clean, duration, genreName, names } from '../ui/text.ts';
import { Evidence } from './evidence.tsx';

export type RowAction =
  | 'play'
  | 'more'
  | 'not'
  | 'artist'
  | 'evidence'
  | 'copy'
  | 'map'
  | 'remove'
  | 'pin'
  | 'spotify'
  | 'path';

export interface RowProps {
  track: RecommendedTrack;
  position: number;
  outline: readonly number[] | null;
  /** The focused row: only its controls are in the Tab order. */
  current: boolean;
  open: boolean;
  pinned: boolean;
  playing: boolean;
  onAction: (action: RowAction, track: RecommendedTrack) => void;
}

/** One song of the list. */
export const Row = memo(function Row(props: RowProps): ReactNode {
  const { track, onAction } = props;
  const name = clean(track.name);
  const act = (action: RowAction) => () => onAction(action, track);
  const because = track.because[0];
  return (
    <li
      className={props.playing ? 'row playing' : 'row'}
      aria-current={props.playing ? 'true' : undefined}
      data-uri={track.uri}
      tabIndex={props.current ? 0 : -1}
      aria-label={`${props.position}. ${name}, ${names(track.artists)}`}
    >
      <span className="row-position" aria-hidden="true">
        {props.playing ? <AudioLines size={16} /> : props.position}
      </span>
      <Fingerprint features={track.features} outline={props.outline} />
      <div className="row-song">
        <div className="row-name">
          <bdi className="song-text" dir="auto">
            {name}
          </bdi>
          {props.pinned && <Pin size={13} role="img" aria-label="pinned" className="pinned-mark" />}
          {track.explicit && (
            <abbr className="explicit" title="explicit">
              E
            </abbr>
          )}
        </div>
        <bdi className="song-text row-artists" dir="auto">
          {names(track.artists)}
        </bdi>
      </div>
      <div className="row-facts">
        <bdi className="song-text" dir="auto">
          {track.album ? clean(track.album, 80) : ''}
        </bdi>
        <bdi className="song-text muted" dir="auto">
          {[track.year, ...(track.genres ?? []).slice(0, 2).map((g) => genreName(g))].filter(Boolean).join(' · ')}
        </bdi>
      </div>
      <span className="row-duration muted">{duration(track.durationMs)}</span>
      <div className="row-actions">
        <IconButton icon={Play} label={`Play ${name}`} onClick={act('play')} />
        <IconButton icon={Plus} label={`Add ${name} to your songs`} onClick={act('more')} />
        <IconButton icon={ThumbsDown} label={`Not ${name}`} onClick={act('not')} />
        <SpotifyLink uri={track.uri} name={track.name} />
        <Menu label={`More about ${name}`} className="icon-button" button={<Ellipsis size={17} aria-hidden />}>
          <MenuItem icon={<Plus size={16} aria-hidden />} label="Add to your songs" onClick={act('more')} />
          <MenuItem icon={<ThumbsDown size={16} aria-hidden />} label="Not this song" onClick={act('not')} />
          <MenuItem
            icon={<UserX size={16} aria-hidden />}
            label={`Never ${clean(track.artists[0] ?? 'this artist', 40)}`}
            onClick={act('artist')}
          />
          <MenuItem
            icon={props.pinned ? <PinOff size={16} aria-hidden /> : <Pin size={16} aria-hidden />}
            label={props.pinned ? 'Unpin' : 'Pin here'}
            onClick={act('pin')}
          />
          <MenuItem icon={<ListX size={16} aria-hidden />} label="Remove from this list" onClick={act('remove')} />
          <MenuItem icon={<AudioLines size={16} aria-hidden />} label="Path from here to…" onClick={act('path')} />
          <MenuItem icon={<MapPin size={16} aria-hidden />} label="Show the list on the map" onClick={act('map')} />
          {spotifyPage(track.uri) && (
            <MenuItem icon={<ExternalLink size={16} aria-hidden />} label="Open in Spotify" onClick={act('spotify')} />
          )}
          <MenuItem icon={<Copy size={16} aria-hidden />} label="Copy URI" onClick={act('copy')} />
        </Menu>
      </div>
      <div className="row-because">
        {because ? (
          <button type="button" className="because" aria-expanded={props.open} onClick={act('evidence')}>
            <ChevronDown size={14} aria-hidden />
            <bdi className="song-text" dir="auto">
              {clean(because, 160)}
            </bdi>
          </button>
        ) : (
          <span className="because muted">A mix of small signals</span>
        )}
        {props.open && <Evidence track={track} />}
      </div>
    </li>
  );
});
