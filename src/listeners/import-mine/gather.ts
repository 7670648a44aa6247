import { SegueError } from '../../errors.ts';
import type { Recognised, RowsFromFile } from '../../sources/personal/read-personal.ts';
import type {
  BanRow,
  DislikeRow,
  LikeRow,
  PersonalRow,
  PlaylistRow,
  PlayRow,
  SongName,
} from '../../sources/personal/rows.ts';
import { SongNumbers } from '../../sources/personal/song-numbers.ts';
import { turn } from '../../turn/turn.ts';
import { MOST_SONGS } from '../store/lists.ts';
import { PlayColumns } from './play-columns.ts';

/** Maximum number of plays of one person. */
const MOST_PLAYS = 10_000_000;
/** Maximum number of different songs: twenty new ones a day for thirty years are 219,000. */
const MOST_DISTINCT = 500_000;
/** Histories with fewer plays in the period that they share are not compared. */
const ENOUGH = 100;
/** Two histories with a smaller share of common plays in that period belong to two people; a second export of one person repeats nearly all. */
const SAME_PERSON = 0.05;

/** Initial capacity for songs. */
const FIRST = 1024;

/** The contents of an export, read completely before anything is written. */
export class Gathered {
  readonly songs: SongName[] = [];
  /** Numbers the songs read, also for the reader of the files; `songs` has only those that were gathered. */
  readonly numbers = new SongNumbers();
  /** Index in `songs` by these numbers; −1 for songs that were not gathered. */
  private places = new Int32Array(FIRST).fill(-1);
  readonly plays = new PlayColumns();
  /** Origins of plays: the service, and the archive or file, by which people are told apart. */
  readonly origins: { readonly service: string; readonly parcel: string }[] = [];
  readonly skips: { song: number; at: number; service: string }[] = [];
  readonly opinions: { song: number; kind: 'like' | 'dislike'; at: number; service: string }[] = [];
  readonly playlists: { list: PlaylistRow; songs: number[]; service: string }[] = [];
  readonly bans: { what: BanRow['what']; song: number }[] = [];
  /** Index of each song's latest opinion. */
  private readonly latest: number[] = [];
  /** The file being read, and the index of its first opinion. */
  private file: Recognised | null = null;
  private firstOfFile = 0;
  private readonly accounts = new Map<string, string>();
  /** The file of the latest rows, and its origin. */
  private last: { readonly file: Recognised; readonly origin: number } | null = null;

  /** @throws SegueError USAGE when two people's exports are mixed */
  addAll({ rows, file }: RowsFromFile): void {
    if (file !== this.file) [this.file, this.firstOfFile] = [file, this.opinions.length];
    for (const row of rows) this.add(row, file);
  }

  private add(row: PersonalRow, file: Recognised): void {
    const { service } = file.format;
    switch (row.kind) {
      case 'account': {
        const before = this.accounts.get(row.service);
        if (before !== undefined && before !== row.mark) throw twoPeople(row.service);
        this.accounts.set(row.service, row.mark);
        return;
      }
      case 'play':
        this.play(row, file);
        return;
      case 'like':
      case 'dislike':
        this.opinion(row, service);
        return;
      case 'ban':
        this.bans.push({ what: row.what, song: 'song' in row.what ? this.number(row.what.song) : -1 });
        return;
      case 'playlist':
        // Checked before its songs are looked up, since there may be millions.
        if (row.items.length > MOST_SONGS)
          throw new SegueError('OUT_OF_RANGE', {
            got: `The list "${row.name}" of ${row.items.length} songs`,
            expected: `at most ${MOST_SONGS}`,
          });
        this.playlists.push({ list: row, songs: row.items.map(({ song }) => this.number(song)), service });
    }
  }

  private play({ song, at, ms, count }: PlayRow, file: Recognised): void {
    if (this.plays.length >= MOST_PLAYS)
      throw new SegueError('FILE_UNREADABLE', {
        got: `The export contains more than ${MOST_PLAYS} plays`,
        expected: 'an export of one person',
      });
    if (this.last?.file !== file) this.last = { file, origin: this.originOf(file) };
    this.plays.push(this.number(song), at, ms, count, this.last.origin);
  }

  private originOf({ format: { service }, candidate }: Recognised): number {
    // An archive in a folder counts as a separate parcel.
    const parcel = archiveOf(candidate);
    const known = this.origins.findIndex((origin) => origin.service === service && origin.parcel === parcel);
    return known >= 0 ? known : this.origins.push({ service, parcel }) - 1;
  }

  private opinion(row: LikeRow | DislikeRow, service: string): void {
    const song = this.number(row.song);
    if (row.how === 'skipped') this.skips.push({ song, at: row.at, service });
    else if (!this.isRepeated(song, row))
      this.latest[song] = this.opinions.push({ song, kind: row.kind, at: row.at, service }) - 1;
  }

  /** Whether the file repeats what it last said about the song. */
  private isRepeated(song: number, { kind, at }: LikeRow | DislikeRow): boolean {
    const before = this.latest[song] ?? -1;
    const opinion = before < this.firstOfFile ? undefined : this.opinions[before];
    return opinion !== undefined && opinion.kind === kind && Object.is(opinion.at, at);
  }

  private number(song: SongName): number {
    const number = this.numbers.of(song);
    if (number >= this.places.length) this.makeRoom(number);
    const known = this.places[number]!;
    if (known >= 0) return known;
    if (this.songs.length >= MOST_DISTINCT)
      throw new SegueError('FILE_UNREADABLE', {
        got: `The export names more than ${MOST_DISTINCT} different songs`,
        expected: 'an export of one person',
        remedy:
          'Import a catalogue or interactions of many people with `segue import tracks` or `segue import interactions`',
      });
    return (this.places[number] = this.songs.push(song) - 1);
  }

  private makeRoom(number: number): void {
    const larger = new Int32Array(2 ** Math.ceil(Math.log2(number + 1))).fill(-1, this.places.length);
    larger.set(this.places);
    this.places = larger;
  }

  /**
   * Refuses histories of two people: archives or files of one service that cover the same time but have next to no plays in common. Files of one export
   * follow or repeat each other. Rests between two comparisons. @throws SegueError USAGE
   */
  async checkOnePerson(): Promise<void> {
    const services = new Map<string, number[]>();
    for (const [origin, { service }] of this.origins.entries())
      services.set(service, [...(services.get(service) ?? []), origin]);
    for (const [service, origins] of services) {
      // Most exports are a single parcel, so there is nothing to compare.
      if (origins.length < 2) continue;
      const histories = origins.map((origin) => this.moments(origin)).filter((moments) => moments.size >= ENOUGH);
      for (const [i, a] of histories.entries())
        for (const b of histories.slice(i + 1)) {
          if (ofTwoPeople(a, b)) throw twoPeople(service);
          await turn();
        }
    }
  }

  /** When the plays of an origin ended, in seconds since 1970. */
  private moments(origin: number): Set<number> {
    const moments = new Set<number>();
    const { plays } = this;
    for (let i = 0; i < plays.length; i++)
      if (plays.origin[i] === origin && !Number.isNaN(plays.at[i]!)) moments.add(plays.at[i]!);
    return moments;
  }
}

/** The innermost archive that contains a file, otherwise the file or folder that was imported. */
const archiveOf = ({ input, parcel }: Recognised['candidate']): string => {
  const at = input.toLowerCase().lastIndexOf('.zip!');
  return at < 0 ? parcel : input.slice(0, at);
};

function ofTwoPeople(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  const [[a0, a1], [b0, b1]] = [ends(a), ends(b)];
  const shared = (moments: ReadonlySet<number>): number[] =>
    [...moments].filter((at) => at >= Math.max(a0, b0) && at <= Math.min(a1, b1));
  const [ours, theirs] = [shared(a), shared(b)];
  const fewer = Math.min(ours.length, theirs.length);
  if (fewer < ENOUGH) return false;
  // Two files of one export overlap by a day or two at most.
  const minutes = new Set(theirs.map((at) => Math.floor(at / 60)));
  return ours.filter((at) => minutes.has(Math.floor(at / 60))).length < SAME_PERSON * fewer;
}

function ends(moments: ReadonlySet<number>): [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const at of moments) {
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  return [first, last];
}

function twoPeople(service: string): SegueError {
  return new SegueError('USAGE', {
    got: `The files come from two different accounts (${service})`,
    expected: 'exports of one account',
    remedy: 'Import each into its own listener',
  });
}
