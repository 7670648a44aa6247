import { Ban, CalendarOff, Ellipsis, Heart, Play, Tag, UserX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { wordsOf } from '../api/client.ts';
import { type PersonalList, people } from '../api/listeners.ts';
import { SendButton } from '../connections/send-to.tsx';
import { usePlayer } from '../player/player.tsx';
import { Fingerprint } from '../ui/fingerprint.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { clean, genreName, names } from '../ui/text.ts';

type Song = PersonalList['tracks'][number];

const NOT_NOW_DAYS = 30;
const DAY = 86_400_000;

/** The latest ban, and how to undo it. */
interface Barred {
  readonly text: string;
  readonly hides: (song: Song) => boolean;
  readonly undo: () => Promise<unknown>;
}

/** The songs of a list made for a person; their feedback on a song takes effect immediately. */
export function PersonalSongs(props: { listener: string; list: PersonalList; onChange: () => void }): ReactNode {
  const { listener, list } = props;
  const player = usePlayer();
  const [liked, setLiked] = useState<ReadonlySet<string>>(new Set());
  const [refusal, setRefusal] = useState<string | null>(null);
  const [barred, setBarred] = useState<readonly Barred[]>([]);
  const act = async (work: () => Promise<unknown>, done: () => void): Promise<void> => {
    setRefusal(null);
    try {
      await work();
      done();
    } catch (error) {
      setRefusal(wordsOf(error));
    }
  };
  const tell = (song: Song, position: number, kind: 'like' | 'ban' | 'unban', until?: number): Promise<unknown> =>
    people.tell(listener, { song, kind, position, list: list.id, model: list.model, ...(until && { until }) });
  const bar = (ban: Barred, work: () => Promise<unknown>): void =>
    void act(work, () => {
      setBarred((before) => [...before, ban]);
      props.onChange();
    });
  const barSong = (song: Song, position: number, until?: number): void =>
    bar(
      {
        text: `Segue won’t suggest “${clean(song.name, 60)}” ${until ? `for ${NOT_NOW_DAYS} days` : 'again'}.`,
        hides: ({ uri }) => uri === song.uri,
        undo: () => tell(song, position, 'unban'),
      },
      () => tell(song, position, 'ban', until),
    );
  const barAll = (kind: 'artist' | 'genre', name: string, hides: Barred['hides']): void => {
    const target = kind === 'artist' ? `artist:${name}` : name;
    bar(
      {
        text: `Segue won’t suggest ${kind === 'artist' ? 'anything by ' : ''}${clean(name, 60)} again.`,
        hides,
        undo: () => people.unban(listener, kind, target),
      },
      () => people.ban(listener, { kind, target, label: name, until: null }),
    );
  };
  const undo = (ban: Barred): void =>
    void act(ban.undo, () => {
      setBarred((before) => before.filter((other) => other !== ban));
      props.onChange();
    });
  const last = barred.at(-1);
  const rows = list.tracks.filter((song) => !barred.some(({ hides }) => hides(song)));
  return (
    <>
      <p className="said" role="status">
        {last && (
          <>
            {last.text}{' '}
            <button type="button" className="button" onClick={() => undo(last)}>
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
            <bdi className="song-text muted because" dir="auto" title={song.because.join('; ')}>
              {clean(song.because[0] ?? '')}
            </bdi>
            <span>
              <IconButton
                icon={Play}
                label={`Play ${clean(song.name, 60)}`}
                onClick={() => player.play(song, list.tracks)}
              />
              <IconButton
                icon={Heart}
                label={`Like ${clean(song.name, 60)}`}
                pressed={liked.has(song.uri)}
                onClick={() =>
                  void act(
                    () => tell(song, i, 'like'),
                    () => setLiked((before) => new Set(before).add(song.uri)),
                  )
                }
              />
              <IconButton icon={Ban} label={`Never play ${clean(song.name, 60)}`} onClick={() => barSong(song, i)} />
              <Menu
                label={`More ways to skip ${clean(song.name, 60)}`}
                className="icon-button"
                button={<Ellipsis size={17} aria-hidden />}
              >
                <MenuItem
                  icon={<CalendarOff size={16} aria-hidden />}
                  label={`Not for ${NOT_NOW_DAYS} days`}
                  onClick={() => barSong(song, i, Date.now() + NOT_NOW_DAYS * DAY)}
                />
                {song.artists.slice(0, 2).map((artist) => (
                  <MenuItem
                    key={`artist ${artist}`}
                    icon={<UserX size={16} aria-hidden />}
                    label={`Never ${clean(artist, 40)}`}
                    onClick={() => barAll('artist', artist, ({ artists }) => artists.includes(artist))}
                  />
                ))}
                {(song.genres ?? []).slice(0, 2).map((genre) => (
                  <MenuItem
                    key={`genre ${genre}`}
                    icon={<Tag size={16} aria-hidden />}
                    label={`No more ${genreName(genre)}`}
                    onClick={() => barAll('genre', genre, ({ genres }) => (genres ?? []).includes(genre))}
                  />
                ))}
              </Menu>
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
