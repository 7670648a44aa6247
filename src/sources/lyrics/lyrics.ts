import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { LyricsPool } from '../../dataset/lyrics-table.ts';
import { Rejections } from '../../dataset/rejections.ts';
import { type Batch, emptyBatch, type TrackColumns } from '../../dataset/rows.ts';
import { StringColumn, StringColumnBuilder } from '../../dataset/strings.ts';
import { throwIfCancelled } from '../../errors.ts';
import { TABLE } from '../catalogue-table.ts';
import { uriCell } from '../cells.ts';
import { inputName, listInputs, natural, unreadable } from '../input.ts';
import { isMusicFile } from '../own-files/audio-files.ts';
import { ownUri } from '../own-files/own-files.ts';
import { readTags } from '../own-files/tag-reader.ts';
import { namesOfPath, type SongTags } from '../own-files/tags.ts';
import type { ReadOptions, Source } from '../source.ts';
import { columnKey, columnsMissing, readRowsTogether } from '../table.ts';
import { streamText } from '../text.ts';
import { type LyricFile, parseLrc } from './lrc.ts';
import { LEAST_WORDS, LyricsMeter } from './measure.ts';

const LYRICS = /\.(lrc|txt)$|\.(csv|tsv)(\.gz)?$|\.parquet$/i;
const BATCH = 2000;
/** No song's text is longer. */
const MOST_CHARACTERS = 1 << 20;
const TOO_SHORT = `text of fewer than ${LEAST_WORDS} words`;
const URI = ['trackuri', 'uri', 'trackid', 'track', 'id'];
const TEXT = ['lyrics', 'lyric', 'text'];

/**
 * Lyrics that people have: LRC and plain text, one song a file, or tables. The text is measured (language, themes, hashed word counts) and not kept, so
 * nothing can show or export it.
 */
export const lyrics: Source = {
  id: 'lyrics',
  title: 'Lyrics: LRC, plain text, tables',
  licence: 'private: numbers made of texts that you have; the texts are not kept',
  citation: '',
  expects:
    'LRC or text files, named as the music files beside them or "Artist - Title", or CSV with columns track and lyrics',
  options: {},
  async files(paths) {
    const found: string[] = [];
    for (const path of paths) found.push(...(await listInputs(await withFolders(path), LYRICS, lyrics.expects)));
    return [...new Set(found)];
  },
  read: (file, options) => (TABLE.test(file) ? readLyricTable(file, options) : readLyricFile(file)),
};

/** A folder of music has its songs in folders of artists and albums: those that hold lyrics. */
async function withFolders(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  const folders = entries
    .filter(
      (entry) =>
        entry.isFile() && LYRICS.test(entry.name) && !/(^|\/)\./.test(`${entry.parentPath.slice(path.length)}/`),
    )
    .map(({ parentPath }) => parentPath);
  return folders.length > 0 ? [...new Set(folders)].sort(natural) : [path];
}

async function* readLyricFile(file: string): AsyncGenerator<Batch> {
  let content = '';
  for await (const piece of streamText(file)) {
    content += piece;
    if (content.length > MOST_CHARACTERS)
      throw unreadable(file, `has more than ${MOST_CHARACTERS >> 20} MB of text`, 'the lyrics of one song');
  }
  const song = parseLrc(content);
  const lyrics = new LyricsPool();
  const rejections = new Rejections();
  if (new LyricsMeter().measure(song.text, lyrics))
    yield { ...emptyBatch(), columns: { ...(await trackOf(file, song)), features: {}, lyrics: lyrics.finish() } };
  else {
    rejections.add(TOO_SHORT, inputName(file));
    yield { ...emptyBatch(), rejections: rejections.take() };
  }
}

/** The song: of the music file with the same name in the folder, otherwise by the text's tags, otherwise by its file name. */
async function trackOf(file: string, song: LyricFile): Promise<Omit<TrackColumns, 'features'>> {
  const beside = await musicBeside(file);
  const read = beside === null ? null : await readTags(beside, basename(beside)).catch(() => null);
  const tags = read?.tags ?? tagsOf(file, song);
  return {
    uri: StringColumn.from([ownUri({ path: basename(beside ?? file), tags })]),
    name: StringColumn.from([tags.title]),
    artists: { ptr: Int32Array.of(0, tags.artists.length), names: StringColumn.from(tags.artists) },
    ...(tags.album !== undefined && { album: StringColumn.from([tags.album]) }),
  };
}

function tagsOf(
  file: string,
  { title, artist, album }: LyricFile,
): Pick<SongTags, 'title' | 'artists' | 'album' | 'mbid'> {
  const byName = namesOfPath(basename(file));
  return {
    title: title ?? byName.title,
    artists: artist !== undefined ? [artist] : byName.artists,
    ...(album !== undefined && { album }),
  };
}

async function musicBeside(file: string): Promise<string | null> {
  const folder = dirname(file);
  if (!existsSync(folder)) return null;
  const stem = basename(file, extname(file));
  const names = await readdir(folder).catch(() => []);
  const music = names.sort().find((name) => isMusicFile(name) && basename(name, extname(name)) === stem);
  return music === undefined ? null : join(folder, music);
}

async function* readLyricTable(file: string, options: ReadOptions = {}): AsyncGenerator<Batch> {
  const name = inputName(file);
  const rejections = new Rejections();
  const meter = new LyricsMeter();
  let columns: { uri: number; text: number } | null = null;
  let uris = new StringColumnBuilder();
  let lyrics = new LyricsPool();
  const batch = (): Batch => ({
    ...emptyBatch(),
    columns: { uri: uris.finish(), features: {}, lyrics: lyrics.finish() },
  });
  for await (const rows of readRowsTogether(file)) {
    throwIfCancelled(options.signal, 'The import');
    for (const { cells, line } of rows) {
      if (!columns) {
        columns = columnsOf(file, cells);
        continue;
      }
      const uri = uriCell(cells[columns.uri] ?? '', 'track', 'lyrics');
      if (uri === undefined) rejections.add('row without a track id', `${name}:${line}`);
      else if (meter.measure(cells[columns.text] ?? '', lyrics)) uris.push(uri);
      else rejections.add(TOO_SHORT, `${name}:${line}`);
      if (uris.length < BATCH) continue;
      yield batch();
      uris = new StringColumnBuilder();
      lyrics = new LyricsPool();
    }
  }
  yield { ...batch(), rejections: rejections.take() };
}

/** @throws SegueError COLUMNS_MISSING */
function columnsOf(file: string, header: readonly string[]): { uri: number; text: number } {
  const keys = header.map(columnKey);
  const first = (names: readonly string[]): number => {
    for (const name of names) if (keys.includes(name)) return keys.indexOf(name);
    return -1;
  };
  const columns = { uri: first(URI), text: first(TEXT) };
  if (columns.uri < 0 || columns.text < 0)
    throw columnsMissing(file, header, 'a column of track ids (track, uri, track_id) and one of lyrics');
  return columns;
}
