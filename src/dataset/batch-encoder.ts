import { ArtistEncoder } from './artist-encoder.ts';
import type { CleanBatch } from './batch-columns.ts';
import { BatchNames } from './batch-names.ts';
import { type Counts, count } from './cleaning.ts';
import { encodeOwners, type PlacedOwners } from './owner-encoder.ts';
import type { Batch } from './rows.ts';
import { type ExpectedTracks, TrackEncoder } from './track-encoder.ts';

/** Cleans batches and turns them into columns. A batch may come in parts, none of which is kept but for its owners. */
export class BatchEncoder {
  private open: OpenBatch | null = null;
  /** Tracks of the last batch: the next one has about as many. */
  private expected: ExpectedTracks = { tracks: 0, bytes: 0 };

  /** The batch that ends with this part; null while it goes on. */
  add(part: Batch): CleanBatch | null {
    this.open ??= new OpenBatch(this.expected);
    this.open.add(part);
    return part.goesOn ? null : this.finish();
  }

  /** What has come of a batch that has not ended; null when nothing has. */
  finish(): CleanBatch | null {
    const { open } = this;
    this.open = null;
    const clean = open?.finish() ?? null;
    this.expected = { tracks: clean?.taken.tracks ?? 0, bytes: clean?.columns.tracks.uri.heap.length ?? 0 };
    return clean;
  }
}

/** A whole batch, cleaned and as columns. */
export const encodeBatch = (batch: Batch): CleanBatch => new BatchEncoder().add({ ...batch, goesOn: false })!;

class OpenBatch {
  private readonly names = new BatchNames();
  private readonly tracks: TrackEncoder;
  private readonly artists = new ArtistEncoder(this.names);
  private readonly owners: PlacedOwners[] = [];
  private readonly cleaning: Counts = {};
  /** Whether names of tracks came behind those of artist rows. */
  private mixed = false;
  /** Owners that are counted with the batch in which they began. */
  private begun = 0;

  constructor(expected: ExpectedTracks) {
    this.tracks = new TrackEncoder(this.names, expected);
  }

  add({ tracks, columns, artists, artistColumns, owners, ownerColumns, cleaning = {} }: Batch): void {
    for (const [rule, by] of Object.entries(cleaning)) count(this.cleaning, rule, by);
    this.mixed ||= (tracks.length > 0 || columns !== undefined) && this.artists.count > 0;
    if (ownerColumns?.goesOn) this.begun++;
    const places = this.tracks.add(tracks);
    const placesOfColumns = columns && this.tracks.addColumns(columns);
    this.artists.add(artists);
    if (artistColumns) this.artists.addColumns(artistColumns);
    if (owners.length > 0) this.owners.push({ rows: owners, places });
    if (ownerColumns && placesOfColumns) this.owners.push({ columns: ownerColumns, places: placesOfColumns });
  }

  finish(): CleanBatch {
    const { cleaning } = this;
    const count = this.tracks.count;
    const tracks = this.tracks.finish(cleaning);
    const artists = this.artists.finish(cleaning);
    const owners = encodeOwners(this.owners, count, cleaning);
    // Numbered as if the rows of each track had stood together.
    const used = (this.mixed || this.tracks.isDisordered) && {
      artists: [tracks.artists.idx, artists.named],
      albums: [tracks.album],
      genres: [tracks.genres.idx, artists.genres.idx],
    };
    return {
      columns: { tracks, artists, owners, ...this.names.finish(used || undefined) },
      cleaning,
      taken: {
        tracks: count,
        artists: artists.named.length,
        owners: owners.kind.length - this.begun,
        entries: owners.items.idx.length,
      },
    };
  }
}
