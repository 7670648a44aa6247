import { Ban as BanIcon, ChevronDown, Copy, Ellipsis, MapPin, Play, Plus, ThumbsDown, UserX } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { RecommendedTrack } from '../api/types.ts';
import { Fingerprint } from '../ui/fingerprint.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu } from '../ui/menu.tsx';
import { SpotifyLink } from '../ui/spotify-mark.tsx';
import { clean, duration, names } from '../ui/text.ts';
import { Evidence } from './evidence.tsx';

export type RowAction = 'play' | 'more' | 'not' | 'artist' | 'evidence' | 'copy' | 'map';

export interface RowProps {
  track: RecommendedTrack;
  position: number;
  outline: readonly number[] | null;
  /** The row that the keyboard stands on: only its controls are stops of the Tab key. */
  current: boolean;
  open: boolean;
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
      className="row"
      data-uri={track.uri}
      tabIndex={props.current ? 0 : -1}
      aria-label={`${props.position}. ${name}, ${names(track.artists)}`}
    >
      <span className="row-position" aria-hidden="true">
        {props.position}
      </span>
      <Fingerprint features={track.features} outline={props.outline} />
      <div className="row-song">
        <div className="row-name">
          <bdi className="song-text" dir="auto">
            {name}
          </bdi>
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
          {[track.year, ...(track.genres ?? []).slice(0, 2).map((g) => clean(g, 40))].filter(Boolean).join(' · ')}
        </bdi>
      </div>
      <span className="row-duration muted">{duration(track.durationMs)}</span>
      <div className="row-actions">
        <IconButton icon={Play} label={`Play ${name}`} onClick={act('play')} />
        <IconButton icon={Plus} label={`More like ${name}`} onClick={act('more')} />
        <IconButton icon={ThumbsDown} label={`Not ${name}`} onClick={act('not')} />
        <SpotifyLink uri={track.uri} name={track.name} />
        <Menu label={`More about ${name}`} className="icon-button" button={<Ellipsis size={17} aria-hidden />}>
          <MenuItem
            icon={UserX}
            label={`Never ${clean(track.artists[0] ?? 'this artist', 40)}`}
            onClick={act('artist')}
          />
          <MenuItem icon={BanIcon} label="Not this song" onClick={act('not')} />
          <MenuItem icon={MapPin} label="See the list on the map" onClick={act('map')} />
          <MenuItem icon={Copy} label="Copy its URI" onClick={act('copy')} />
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
          <span className="because muted">no single reason stands out</span>
        )}
        {props.open && <Evidence track={track} />}
      </div>
    </li>
  );
});

function MenuItem(props: { icon: typeof Copy; label: string; onClick: () => void }): ReactNode {
  const Icon = props.icon;
  return (
    <button type="button" role="menuitem" onClick={props.onClick}>
      <Icon size={16} aria-hidden />
      <span className="song-text">{props.label}</span>
    </button>
  );
}
