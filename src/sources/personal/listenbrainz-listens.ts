import { inputName } from '../input.ts';
import { isTextTooDeep } from '../json-depth.ts';
import type { PersonalFormat } from './format.ts';
import { personalLines } from './lines.ts';
import { judge } from './listening.ts';
import type { PersonalRow } from './rows.ts';
import { isRecord, numberOf, place, secondsOf, songName, textOf } from './values.ts';

/** Listens of ListenBrainz, one JSON object a line. The mapped MusicBrainz recording is preferred to the submitted one. */
export const listenbrainzListens: PersonalFormat = {
  id: 'listenbrainz-listens',
  service: 'listenbrainz',
  title: 'ListenBrainz listens',
  obtain: 'listenbrainz.org/settings/export: a zip with listens/<year>/<month>.jsonl',
  recognises: ({ head }) => /^\s*\{/.test(head) && head.includes('"listened_at"') && head.includes('"track_metadata"'),
  async *read(input, _file, reading) {
    const name = inputName(input);
    for await (const lines of personalLines(input, reading.signal)) {
      const found: PersonalRow[] = [];
      for (const { text, line } of lines) {
        if (text.trim() === '') continue;
        const where = place(name, line, 'line');
        const listen = parseObject(text);
        const track = listen && isRecord(listen.track_metadata) ? listen.track_metadata : null;
        if (!listen || !track) {
          reading.tally.count('line of another shape', where);
          continue;
        }
        const info = isRecord(track.additional_info) ? track.additional_info : {};
        const mapping = isRecord(track.mbid_mapping) ? track.mbid_mapping : {};
        const title = textOf(track.track_name);
        const artists = [textOf(track.artist_name)];
        const mbid = textOf(mapping.recording_mbid) || textOf(info.recording_mbid);
        const song = songName({
          title,
          artists,
          album: textOf(track.release_name),
          mbid,
          isrc: textOf(info.isrc),
          uri: textOf(info.spotify_id) || undefined,
          durationMs: numberOf(info.duration_ms) || 1000 * numberOf(info.duration) || undefined,
        });
        if (!song) {
          reading.tally.count('row without a song', where);
          continue;
        }
        const msid = textOf(track.recording_msid) || textOf(listen.recording_msid) || textOf(info.recording_msid);
        for (const id of [mbid, msid]) if (id !== '') reading.names.set(id, { title, artists });
        const row = judge(
          { song, at: secondsOf(numberOf(listen.listened_at)), ms: -1, skipped: false, where },
          reading,
        );
        if (row) found.push(row);
      }
      yield found;
    }
  },
};

/** The object of a line of JSON, null when it is none. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  if (isTextTooDeep(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
