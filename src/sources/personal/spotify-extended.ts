import { inputName } from '../input.ts';
import type { PersonalFormat } from './format.ts';
import { jsonElements } from './json-elements.ts';
import { judge } from './listening.ts';
import type { PersonalRow } from './rows.ts';
import { accountRow, isRecord, numberOf, place, songName, textOf, timeOf } from './values.ts';

/**
 * Spotify's extended streaming history: one row a stream since the account exists. Only what names the song, the time and the length is
 * taken; addresses, devices and user agents are never looked at. `ts` is the end of the stream, and so is the time of the play.
 */
export const spotifyExtended: PersonalFormat = {
  id: 'spotify-extended',
  service: 'spotify',
  title: 'Spotify extended streaming history',
  obtain:
    'spotify.com/account/privacy, "Extended streaming history": a zip with Streaming_History_Audio_*.json or endsong_*.json',
  recognises: ({ head }) =>
    /^\s*\[/.test(head) && head.includes('"master_metadata_track_name"') && head.includes('"ms_played"'),
  async *read(input, _file, reading) {
    const name = inputName(input);
    const { tally } = reading;
    let account = '';
    for await (const batch of jsonElements(input, reading.signal)) {
      const found: PersonalRow[] = [];
      for (const { value, number } of batch) {
        const where = place(name, number);
        if (!isRecord(value)) {
          tally.count('entry of another shape', where);
          continue;
        }
        const user = textOf(value.username);
        if (user !== account) {
          const row = accountRow('spotify', user);
          if (row) found.push(row);
          account = user;
        }
        const title = textOf(value.master_metadata_track_name);
        const uri = textOf(value.spotify_track_uri);
        if (title === '' && uri === '') {
          const spoken =
            value.episode_name ?? value.spotify_episode_uri ?? value.audiobook_title ?? value.audiobook_uri;
          tally.count(spoken ? 'podcast or audiobook' : 'stream without a song', where);
          continue;
        }
        if (value.incognito_mode === true && !reading.incognito) {
          tally.count('private session', where);
          continue;
        }
        const ms = numberOf(value.ms_played);
        if (Number.isNaN(ms) || ms < 0) {
          tally.count('stream without a length', where);
          continue;
        }
        const song = songName({
          title,
          artists: [textOf(value.master_metadata_album_artist_name)],
          album: textOf(value.master_metadata_album_album_name),
          uri,
        });
        if (!song) continue;
        const skipped = value.skipped === true || /^(?:fwdbtn|backbtn)$/.test(textOf(value.reason_end));
        const row = judge({ song, at: timeOf(textOf(value.ts)), ms, skipped, where }, reading);
        if (row) found.push(row);
      }
      yield found;
    }
  },
};
