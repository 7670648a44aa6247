import { inputName } from '../input.ts';
import type { PersonalFormat } from './format.ts';
import { personalLines } from './lines.ts';
import { parseObject } from './listenbrainz-listens.ts';
import { isRecord, numberOf, place, secondsOf, songName, textOf } from './values.ts';

/** Loved (1) and hated (−1) recordings of ListenBrainz, by id; their names come from the listens of the same export. */
export const listenbrainzFeedback: PersonalFormat = {
  id: 'listenbrainz-feedback',
  service: 'listenbrainz',
  title: 'ListenBrainz feedback',
  obtain: 'listenbrainz.org/settings/export: feedback.jsonl',
  last: true,
  recognises: ({ head }) => /^\s*\{/.test(head) && head.includes('"score"') && /"recording_m[bs]id"/.test(head),
  async *read(input, _file, { tally, names, signal }) {
    const name = inputName(input);
    for await (const lines of personalLines(input, signal))
      for (const { text, line } of lines) {
        if (text.trim() === '') continue;
        const where = place(name, line, 'line');
        const feedback = parseObject(text);
        if (!feedback) {
          tally.count('line of another shape', where);
          continue;
        }
        const mbid = textOf(feedback.recording_mbid);
        const track = isRecord(feedback.track_metadata) ? feedback.track_metadata : {};
        const heard = names.get(mbid) ?? names.get(textOf(feedback.recording_msid));
        const song = songName({
          title: textOf(track.track_name) || (heard?.title ?? ''),
          artists: heard?.artists ?? [textOf(track.artist_name)],
          mbid,
        });
        const score = numberOf(feedback.score);
        const at = secondsOf(numberOf(feedback.created));
        if (!song) tally.count('feedback on a song that is not named', where);
        else if (score > 0) yield { kind: 'like', song, how: 'loved', at };
        else if (score < 0) yield { kind: 'dislike', song, how: 'disliked', at };
        else tally.count('withdrawn feedback', where);
      }
  },
};
