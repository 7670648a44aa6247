import type { Dataset } from '../../dataset/dataset.ts';
import { artistNames } from '../../recommend/describe.ts';
import { pauseForOthers, trackPrior } from '../../recommend/search/track-search.ts';
import { findByIds } from '../../recommend/track-id.ts';
import type { SongName } from '../../sources/personal/rows.ts';
import { Pace } from '../pace.ts';
import { writtenArtists } from './artist-keys.ts';
import { foldedKey } from './fold.ts';
import type { MatchedSong, OwnSongMatcher } from './own-song-matcher.ts';
import { artistSimilarity, titleSimilarity } from './similarity.ts';
import { SongIndex } from './song-index.ts';
import { type TitleParts, titleParts } from './title-parts.ts';

/** From here on a match is taken without asking. */
export const SURE = 0.8;
/** From here on a match is worth asking about. */
export const MAYBE = 0.5;
const MOST_CANDIDATES = 5;
/** Names of artists that are kept taken apart. */
const MOST_WRITTEN = 10_000;

export interface Candidate {
  readonly track: number;
  /** 0–1. */
  readonly confidence: number;
}

export interface Resolution {
  /** The track, −1 when none is sure. */
  readonly track: number;
  /** 0–1: 1 for ids and the very names, from 0.8 on sure, from 0.5 on worth asking about. */
  readonly confidence: number;
  /** What told it. */
  readonly by: 'id' | 'names' | 'nothing';
  /** When nothing is sure: what it may be, likeliest first. */
  readonly candidates: readonly Candidate[];
}

/** What nothing in the catalogue is like. */
const UNKNOWN: MatchedSong = { song: null, candidates: [] };
const NOTHING: Resolution = { track: -1, confidence: 0, by: 'nothing', candidates: [] };

/**
 * Finds the catalogue's track for a song as an export names it: by id, else by names across editions and spellings (guests, "The",
 * accents, other scripts, remasters, a wrong letter). Says how sure it is, and rather nothing than the wrong song.
 */
export class Resolver implements OwnSongMatcher {
  private readonly index: SongIndex;
  /** What artists as they are written may be, for those that came last: a history names few of them, each with many songs. */
  private readonly written = new Map<string, WrittenArtists>();

  private constructor(index: SongIndex) {
    this.index = index;
  }

  /** Some seconds per million tracks, in steps. @param pause awaited between steps */
  static async build(dataset: Dataset, pause: () => Promise<void> = pauseForOthers): Promise<Resolver> {
    const prior = trackPrior(dataset);
    await pause();
    return new Resolver(await SongIndex.build(dataset, prior, pause));
  }

  get dataset(): Dataset {
    return this.index.dataset;
  }

  /** Other work may run between two songs. */
  async match(songs: readonly SongName[]): Promise<MatchedSong[]> {
    const matched: MatchedSong[] = [];
    const pace = new Pace();
    for (const song of songs) {
      if (pace.due) await pace.rest();
      const { track, candidates } = this.resolve(song);
      if (track < 0 && candidates.length === 0) {
        matched.push(UNKNOWN);
        continue;
      }
      matched.push({
        song: track < 0 ? null : this.named(track),
        candidates: candidates.map(({ track: other, confidence }) => ({
          ...this.named(other),
          confidence: Math.round(confidence * 1000) / 1000,
        })),
      });
    }
    return matched;
  }

  private named(track: number): { song: string; title: string; artists: string[] } {
    const { tracks } = this.dataset;
    return {
      song: tracks.vocabulary.id(track),
      title: tracks.names.get(track),
      artists: artistNames(this.dataset, track),
    };
  }

  resolve(song: SongName): Resolution {
    const direct = findByIds(this.dataset.tracks.vocabulary, song);
    if (direct >= 0) return { track: direct, confidence: 1, by: 'id', candidates: [] };
    if (song.title === '') return NOTHING;
    const found = this.byNames(song);
    const best = found[0];
    if (!best || best.confidence < MAYBE) return NOTHING;
    const sure = best.confidence >= SURE && !this.rivals(found);
    return sure
      ? { track: best.track, confidence: best.confidence, by: 'names', candidates: [] }
      : { track: -1, confidence: best.confidence, by: 'names', candidates: found.slice(0, MOST_CANDIDATES) };
  }

  /** Tracks that may be the song, surest first, one of each recording. */
  private byNames(song: SongName): Candidate[] {
    const title = titleParts(song.title);
    const { whole, parts, artists } = this.artistsWritten(song.artists);
    const asked: Asked = { song, title, whole, parts };
    const ranked: Ranked[] = [];
    const sure = (): boolean => ranked.some(({ confidence }) => confidence >= SURE);
    // Most songs are found among those of the very artist; a common title has thousands of others.
    for (const artist of artists)
      for (const { track, title: known } of this.index.tracksOf(artist))
        if (known.core === title.core || known.plain === title.plain) this.rank(asked, track, known, ranked);
    if (!sure())
      for (const track of this.index.titled(title))
        if (this.artist(asked, track) > 0) this.rank(asked, track, this.index.titleOf(track), ranked);
    if (!sure())
      for (const artist of artists)
        for (const { track, title: known } of this.index.tracksOf(artist)) this.rank(asked, track, known, ranked);
    if (ranked.length === 0) return ranked;
    ranked.sort((a, b) => b.rank - a.rank || a.track - b.track);
    const seen = new Set<number>();
    return ranked.filter(({ track }) => {
      const recording = this.dataset.tracks.song[track]!;
      return seen.size < seen.add(recording).size;
    });
  }

  private artistsWritten(artists: readonly string[]): WrittenArtists {
    const text = artists.length === 1 ? artists[0]! : artists.join('\u0000');
    let written = this.written.get(text);
    if (!written) {
      if (this.written.size >= MOST_WRITTEN) this.written.clear();
      const { whole, parts } = writtenArtists(artists);
      const found = new Set([whole, ...parts].flatMap((key) => this.index.artistsOfKey(key)));
      this.written.set(text, (written = { whole, parts, artists: [...found] }));
    }
    return written;
  }

  private rank(asked: Asked, track: number, known: TitleParts, ranked: Ranked[]): void {
    const byTitle = titleSimilarity(asked.title, known, asked.song.title, this.dataset.tracks.names.get(track));
    if (byTitle === 0) return;
    const byArtist = this.artist(asked, track);
    // Wrong letters in both names are no longer the same song for sure.
    const confidence = byTitle * byArtist;
    if (confidence < MAYBE) return;
    const { durationMs } = asked.song;
    const length = this.dataset.tracks.durationMs[track]!;
    const sameLength = durationMs !== undefined && length > 0 && Math.abs(length - durationMs) <= 3000 ? 0.01 : 0;
    const sameAlbum = this.sameAlbum(asked.song, track) ? 0.01 : 0;
    const sameText = foldedKey(asked.song.title) === foldedKey(this.dataset.tracks.names.get(track)) ? 0.02 : 0;
    const rank = confidence + sameLength + sameAlbum + sameText + 0.1 * this.index.prior[track]!;
    ranked.push({ track, confidence, rank });
  }

  /** How surely the track is by the artists that are asked for, 0–1. */
  private artist({ song, whole, parts }: Asked, track: number): number {
    const artists = this.index.artistsOf(track);
    // Without an artist only the album can tell.
    if (parts.length === 0) return this.sameAlbum(song, track) ? 0.95 : 0.6;
    let best = 0;
    for (let i = 0; i < artists.length && best < 1; i++) {
      const key = this.index.artistKeys[artists[i]!]!;
      // The main artist of one side is rather the same than a guest of it.
      best = Math.max(best, (i === 0 ? 1 : 0.97) * artistSimilarity(whole, key));
      for (let p = 0; p < parts.length && best < 0.97; p++)
        best = Math.max(best, (p === 0 ? 0.97 : i === 0 ? 0.9 : 0.85) * artistSimilarity(parts[p]!, key));
    }
    return best;
  }

  private sameAlbum({ album }: SongName, track: number): boolean {
    const number = this.dataset.tracks.album[track]!;
    return album !== undefined && number >= 0 && foldedKey(this.dataset.albums.names.get(number)) === foldedKey(album);
  }

  /** Whether another song is as likely as the best one. */
  private rivals(found: readonly Candidate[]): boolean {
    const [best, second] = found;
    if (!best || !second || best.confidence >= 0.97 || second.confidence < best.confidence - 0.01) return false;
    const [a, b] = [this.index.titleOf(best.track), this.index.titleOf(second.track)];
    return a.core !== b.core || this.dataset.mainArtist(best.track) !== this.dataset.mainArtist(second.track);
  }
}

interface WrittenArtists {
  /** Key of all artists as they are written, and of each part. */
  readonly whole: string;
  readonly parts: readonly string[];
  /** Artists of the catalogue with one of these keys. */
  readonly artists: readonly number[];
}

interface Asked extends Omit<WrittenArtists, 'artists'> {
  readonly song: SongName;
  readonly title: TitleParts;
}

interface Ranked extends Candidate {
  readonly rank: number;
}
