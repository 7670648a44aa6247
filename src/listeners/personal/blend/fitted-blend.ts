import type { Dataset } from '../../../dataset/dataset.ts';
import { SegueError } from '../../../errors.ts';
import type { Artifact } from '../../../models/artifact.ts';
import type { Fitted, ModelQuery, Reason, ScoredTracks } from '../../../models/model.ts';
import type { State } from '../../../recommend/state.ts';
import type { BlendPart } from '../../blends.ts';
import type { Recent, Seeds } from '../recent.ts';
import { FUSED_DEPTH, fuse } from './fuse.ts';
import { blendName, partOf } from './part-names.ts';
import { SAME_ARTISTS, type SameArtists, sameArtistsOf } from './same-artists.ts';

/** Songs played and discovered in the last weeks, as URIs with weights, the largest of which is 1. */
export type RecentSongs = Readonly<Record<keyof Recent, readonly (readonly [song: string, weight: number])[]>>;

/** A listener's blend as a model. @returns null when one of its parts is no longer trained or cannot be loaded */
export async function fittedBlend(
  state: State,
  parts: readonly BlendPart[],
  recent: RecentSongs,
): Promise<Fitted | null> {
  const models = new Map<string, Fitted>();
  for (const part of parts) {
    const name = partOf(part.name).model;
    if (name === SAME_ARTISTS) continue;
    if (!state.models.trained.includes(name)) return null;
    try {
      models.set(name, await state.models.get(name));
    } catch {
      return null;
    }
  }
  const { vocabulary } = state.dataset.tracks;
  const numbered = (songs: RecentSongs[keyof Recent]): Seeds => {
    const there = songs
      .map(([song, weight]) => ({ track: vocabulary.indexOf(song), weight }))
      .filter(({ track }) => track >= 0);
    return {
      seeds: Int32Array.from(there, ({ track }) => track),
      weights: Float32Array.from(there, ({ weight }) => weight),
    };
  };
  const inWeeks = { lately: numbered(recent.lately), finds: numbered(recent.finds) };
  return new FittedBlend(parts, models, sameArtistsOf(state), state.dataset, inWeeks);
}

/** Several models combined with one listener's weights. It exists for one answer and is never saved. */
class FittedBlend implements Fitted {
  readonly modelId: string;
  private readonly parts: readonly BlendPart[];
  private readonly models: ReadonlyMap<string, Fitted>;
  private readonly artists: SameArtists;
  private readonly dataset: Dataset;
  private readonly recent: Recent;
  private asked: { query: ModelQuery; recent: Map<keyof Recent, ModelQuery> } | null = null;

  /** @param models those of the parts, by id @param recent songs played and discovered in the last weeks */
  constructor(
    parts: readonly BlendPart[],
    models: ReadonlyMap<string, Fitted>,
    artists: SameArtists,
    dataset: Dataset,
    recent: Recent,
  ) {
    this.modelId = blendName(parts);
    this.parts = parts;
    this.models = models;
    this.artists = artists;
    this.dataset = dataset;
    this.recent = recent;
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const depth = Math.max(n, FUSED_DEPTH);
    const lists = new Map(
      this.parts.map(({ name }) => {
        const { model } = partOf(name);
        const from = this.queryOf(name, query);
        return [
          name,
          model === SAME_ARTISTS
            ? this.artists.recommend(from, depth)
            : (this.models.get(model)?.recommend(from, depth).tracks ?? []),
        ];
      }),
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

  /** The reasons of the part with the largest weight that has any. */
  explain(query: ModelQuery, track: number): Reason[] {
    for (const { name } of [...this.parts].sort((a, b) => b.weight - a.weight)) {
      const from = this.queryOf(name, query);
      const reasons =
        partOf(name).model === SAME_ARTISTS
          ? this.byArtist(from, track)
          : this.models.get(partOf(name).model)?.explain?.(from, track);
      if (reasons && reasons.length > 0) return reasons;
    }
    return [];
  }

  /** @throws SegueError INTERNAL */
  toArtifact(): Artifact {
    throw new SegueError('INTERNAL', { got: 'A blend is stored with its listener, not among the models' });
  }

  /** The query for a part: of the whole history or of the last weeks; always the same objects, since models cache their last query. */
  private queryOf(name: string, query: ModelQuery): ModelQuery {
    const { memory } = partOf(name);
    if (memory === null || this.recent[memory].seeds.length === 0) return query;
    if (this.asked?.query !== query) this.asked = { query, recent: new Map() };
    let from = this.asked.recent.get(memory);
    if (!from) {
      const exclude = new Set([...query.exclude, ...query.seeds]);
      this.asked.recent.set(memory, (from = { ...query, ...this.recent[memory], exclude }));
    }
    return from;
  }

  private byArtist(query: ModelQuery, track: number): Reason[] {
    const artist = this.dataset.mainArtist(track);
    const own = Array.from(query.seeds).filter((seed) => artist >= 0 && this.dataset.mainArtist(seed) === artist);
    if (own.length === 0) return [];
    const text = `Also by ${this.dataset.artists.names.get(artist)}`;
    return [{ kind: 'artists', share: 1, text, tracks: own, artists: [artist] }];
  }
}
