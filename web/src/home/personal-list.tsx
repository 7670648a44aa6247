import { Ban, Heart, Play } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type PersonalList, people } from '../api/listeners.ts';
import { SendButton } from '../connections/send-to.tsx';
import { usePlayer } from '../player/player.tsx';
import { Fingerprint } from '../ui/fingerprint.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { clean, names } from '../ui/text.ts';

type Song = PersonalList['tracks'][number];

/** The songs of a list made for a person; what they say about one counts at once. */
export function PersonalSongs(props: { listener: string; list: PersonalList; onChange: () => void }): ReactNode {
  const { listener, list } = props;
  const player = usePlayer();
  const [said, setSaid] = useState<ReadonlyMap<string, 'like' | 'ban'>>(new Map());
  const [refusal, setRefusal] = useState<string | null>(null);
  const [banned, setBanned] = useState<Song | null>(null);
  const tell = async (song: Song, position: number, kind: 'like' | 'ban' | 'unban'): Promise<void> => {
    setRefusal(null);
    try {
      await people.tell(listener, { song, kind, position, list: list.id, model: list.model });
      const next = new Map(said);
      if (kind === 'unban') next.delete(song.uri);
      else next.set(song.uri, kind);
      setSaid(next);
      setBanned(kind === 'ban' ? song : null);
      if (kind !== 'like') props.onChange();
    } catch (error) {
      setRefusal((error as Error).message);
    }
  };
  const rows = list.tracks.filter(({ uri }) => said.get(uri) !== 'ban');
  return (
    <>
      <p className="said" role="status">
        {banned && (
          <>
            “{clean(banned.name, 60)}” won’t be played to you again.{' '}
            <button type="button" className="button" onClick={() => void tell(banned, 0, 'unban')}>
              Undo
            </button>
          </>
        )}
      </p>
      {refusal && <p role="alert">{refusal}</p>}
      <div>
        <SendButton songs={rows} name={list.title} listKey={`${list.kind}:${list.title}:${listener}`} />
      </div>
      <ol className="song-list" aria-label={list.title}>
        {rows.map((song, i) => (
          <li key={song.uri} data-uri={song.uri}>
            {song.features && <Fingerprint features={song.features} outline={null} />}
            <div>
              <bdi className="song-text" dir="auto">
                {clean(song.name)}
              </bdi>
              <bdi className="song-text muted" dir="auto">
                {names(song.artists)}
              </bdi>
            </div>
            <span>
              <IconButton
                icon={Play}
                label={`Play ${clean(song.name, 60)}`}
                onClick={() => player.play(song, list.tracks)}
              />
              <IconButton
                icon={Heart}
                label={`Like ${clean(song.name, 60)}`}
                pressed={said.get(song.uri) === 'like'}
                onClick={() => void tell(song, i, 'like')}
              />
              <IconButton
                icon={Ban}
                label={`Never play ${clean(song.name, 60)}`}
                onClick={() => void tell(song, i, 'ban')}
              />
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
