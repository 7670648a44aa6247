import { createHash } from 'node:crypto';
import { normaliseName } from '../../dataset/normalise.ts';
import { Rejections } from '../../dataset/rejections.ts';
import { type Batch, emptyBatch, type TrackRow } from '../../dataset/rows.ts';
import { inputName, listInputs } from '../input.ts';
import { recordingUri } from '../music-ids.ts';
import type { Source } from '../source.ts';
import type { FileAnalysis } from './analyse-file.ts';
import { readSoundLog } from './sound-log.ts';
import type { SongTags } from './tags.ts';

const BATCH = 2000;

/** A file with its song and its measured sound. */
export type AnalysedFile = Extract<FileAnalysis, { tags: unknown }>;

/**
 * The id under which a file's song joins the catalogue when that lacks it: its MusicBrainz recording, else its names, so that it stays the
 * same when files move or are converted, else its path.
 */
export function ownUri(file: {
  readonly path: string;
  readonly tags: Pick<SongTags, 'mbid' | 'artists' | 'title' | 'album'>;
}): string {
  const { path, tags } = file;
  const { mbid, artists, title, album } = tags;
  if (mbid !== undefined) return recordingUri(mbid);
  const names = [...artists, title].map(normaliseName);
  const key = artists.length > 0 ? ['song', ...names, normaliseName(album ?? '')] : ['file', path];
  return `own-files:${createHash('sha256').update(JSON.stringify(key)).digest('base64url').slice(0, 22)}`;
}

/** @param uri of the catalogue's song, where it has one */
export const rowOfFile = ({ tags, sound, embedding }: AnalysedFile, uri: string): TrackRow => ({
  uri,
  name: tags.title,
  artists: tags.artists.map((name) => ({ name })),
  ...(tags.album !== undefined && { album: { name: tags.album } }),
  ...(tags.year !== undefined && { year: tags.year }),
  ...(tags.durationMs > 0 && { durationMs: tags.durationMs }),
  ...(tags.genres && { genres: tags.genres }),
  sound,
  ...(embedding && { embedding }),
});

/**
 * Logs of `segue analyse`: songs of one's own files with what was measured in them. Their place is in the library that analysed them; read
 * as a source, they bring the songs into another one, e.g. from a server that holds the files.
 */
export const ownFiles: Source = {
  id: 'own-files',
  title: 'Own music files, analysed',
  licence: 'private: tags and measures of your own music',
  citation: '',
  expects: 'logs that `segue analyse` wrote (sound/*.jsonl in its library)',
  options: {},
  files: (paths) => listInputs(paths, /\.jsonl$/i, ownFiles.expects),
  async *read(file): AsyncIterable<Batch> {
    const { files, bad } = await readSoundLog(file);
    const rejections = new Rejections();
    for (const { line, cause } of bad) rejections.add(cause, `${inputName(file)}:${line}`);
    let tracks: TrackRow[] = [];
    for (const analysis of files.values()) {
      if ('problem' in analysis) rejections.add('file that cannot be read or decoded', analysis.path);
      else tracks.push(rowOfFile(analysis, ownUri(analysis)));
      if (tracks.length < BATCH) continue;
      yield { ...emptyBatch(), tracks };
      tracks = [];
    }
    yield { ...emptyBatch(), tracks, rejections: rejections.take() };
  },
};
