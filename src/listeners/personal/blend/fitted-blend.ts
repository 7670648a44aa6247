import type { Dataset } from '../../../dataset/dataset.ts';
import { SegueError } from '../../../errors.ts';
import type { Artifact } from '../../../models/artifact.ts';
import type { Fitted, ModelQuery, Reason, ScoredTracks } from '../../../models/model.ts';
import type { BlendPart } from '../../blends.ts';
import { FUSED_DEPTH, fuse } from './fuse.ts';
import { SAME_ARTISTS, type SameArtists } from './same-artists.ts';

/** "hybrid 2 + same artists": how a blend is called in answers and feedback. */
export const blendName = (parts: readonly BlendPart[]): string =>
  parts.map(({ name, weight }) => (parts.length > 1 && weight !== 1 ? `${name} ${weight}` : name)).join(' + ');

/** Several models as one, weighed for one listener. It lives as long as an answer and is never saved. */
export class FittedBlend implements Fitted {
  readonly modelId: string;
  private readonly parts: readonly BlendPart[];
  private readonly models: ReadonlyMap<string, Fitted>;
  private readonly artists: SameArtists;
  private readonly dataset: Dataset;

  /** @param models those of the parts, by id */
  constructor(
    parts: readonly BlendPart[],
    models: ReadonlyMap<string, Fitted>,
    artists: SameArtists,
    dataset: Dataset,
  ) {
    this.modelId = blendName(parts);
    this.parts = parts;
    this.models = models;
    this.artists = artists;
    this.dataset = dataset;
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const depth = Math.max(n, FUSED_DEPTH);
    const lists = new Map(
      this.parts.map(({ name }) => [
        name,
        name === SAME_ARTISTS
          ? this.artists.recommend(query, depth)
          : (this.models.get(name)?.recommend(query, depth).tracks ?? []),
      ]),
    );
    const { tracks, scores } = fuse(this.parts, lists, n);
    return { tracks: Int32Array.from(tracks), scores: Float32Array.from(scores) };
  }

  score(query: ModelQuery, out: Float32Array): void {
    out.fill(0);
    const { tracks, scores } = this.recommend(query, FUSED_DEPTH);
    tracks.forEach((track, i) => {
      out[track] = scores[i]!;
    });
  }

  /** The reasons of the part that counts most and has any. */
  explain(query: ModelQuery, track: number): Reason[] {
    for (const { name } of [...this.parts].sort((a, b) => b.weight - a.weight)) {
      const reasons =
        name === SAME_ARTISTS ? this.byArtist(query, track) : this.models.get(name)?.explain?.(query, track);
      if (reasons && reasons.length > 0) return reasons;
    }
    return [];
  }

  /** @throws SegueError INTERNAL */
  toArtifact(): Artifact {
    throw new SegueError('INTERNAL', { got: 'A blend is stored with its listener, not among the models' });
  }

  private byArtist(query: ModelQuery, track: number): Reason[] {
    const artist = this.dataset.mainArtist(track);
    const own = Array.from(query.seeds).filter((seed) => artist >= 0 && this.dataset.mainArtist(seed) === artist);
    if (own.length === 0) return [];
    const text = `Also by ${this.dataset.artists.names.get(artist)}`;
    return [{ kind: 'artists', share: 1, text, tracks: own, artists: [artist] }];
  }
}
