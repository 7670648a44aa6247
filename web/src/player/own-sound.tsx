import { type ReactNode, useState } from 'react';
import { clean } from '../ui/text.ts';
import { coverOf, type OwnServer, streamOf, type Trouble, troubleOf } from './own-servers.ts';
import type { Playable } from './sources.ts';

/** A song and its cover from the person's own server. */
export function OwnSound(props: {
  server: OwnServer;
  song: Playable;
  onEnded: () => void;
  onTrouble: (trouble: Trouble) => void;
}): ReactNode {
  const { server, song, onTrouble } = props;
  const [covered, setCovered] = useState(true);
  return (
    <div className="player-own">
      {covered && <img src={coverOf(server, song)} alt="" width={52} height={52} onError={() => setCovered(false)} />}
      {/* biome-ignore lint/a11y/useMediaCaption: servers hold no captions for songs. */}
      <audio
        controls
        autoPlay
        aria-label={`${server.title}: ${clean(song.name, 80)}`}
        src={streamOf(server, song)}
        onEnded={props.onEnded}
        onError={() => void troubleOf(server, song).then(onTrouble)}
      />
    </div>
  );
}
