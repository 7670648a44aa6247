import { type Static, Type } from '#typebox';
import type { Dataset } from '../dataset/dataset.ts';
import { throwIfCancelled } from '../errors.ts';
import { AUDIO_STRIDE } from '../features/audio-components.ts';
import {
  BLOCK_MEANINGS,
  BLOCKS,
  type Block,
  type BlockWeights,
  FEATURE_NAMES,
  type FeatureWeights,
  MAX_WEIGHT,
  parseWeights,
  weightOf,
} from '../features/blocks.ts';
import { ContentQuery } from '../features/content-query.ts';
import { explainContent } from '../features/explain.ts';
import { ContentSpace, checkRecord, DEFAULT_SETTINGS, type SpaceRecord } from '../features/space.ts';
import { roomForRows, SharedRows } from '../math/kernels/shared-rows.ts';
import type { Artifact } from './artifact.ts';
import { type Derived, ROOM } from './derived.ts';
import { checkGrownArtifact } from './grown-catalogue.ts';
import type { Fitted, Model, ModelQuery, Reason, ScoredTracks } from './model.ts';
import { modelQuery } from './model.ts';
import { rankScores } from './ranking.ts';

const VERSION = 1;

const config = Type.Object({
  yearStep: Type.Integer({
    default: DEFAULT_SETTINGS.yearStep,
    minimum: 1,
    maximum: 100,
    description: 'width of a release-year bucket, in years',
  }),
  popularityStep: Type.Integer({
    default: DEFAULT_SETTINGS.popularityStep,
    minimum: 1,
    maximum: 50,
    description: 'width of a popularity bucket, in points',
  }),
  bucketShare: Type.Number({
    default: DEFAULT_SETTINGS.bucketShare,
    minimum: 0,
    maximum: 1,
    description: 'share of buckets in era and popularity: 1 = buckets only, 0 = smooth similarity only',
  }),
  caution: Type.Number({
    default: 0,
    minimum: 0,
    maximum: 1,
    description:
      'weight of a block that a track lacks: 0 = ignored, 1 = full weight at the mean similarity of the tracks that have it',
  }),
});
export type ContentConfig = Static<typeof config>;

const weight = (description: string, usual: number) =>
  Type.Optional(Type.Number({ minimum: 0, maximum: MAX_WEIGHT, default: usual, description }));

/** Query options shared by the models that compare content: a weight for each block and feature, and the number of genres. */
export function contentQueryOptions(blocks: BlockWeights, features: FeatureWeights) {
  return Type.Object({
    weights: Type.Optional(
      Type.Object(
        Object.fromEntries([
          ...BLOCKS.map((block) => [block, weight(BLOCK_MEANINGS[block], blocks[block])]),
          ...FEATURE_NAMES.map((name) => [name, weight(`${name} inside its block`, weightOf(features, name))]),
        ]),
        { additionalProperties: false, description: 'weight of each block and feature' },
      ),
    ),
    seedGenres: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 7, description: "number of the seeds' genres that count, heaviest first" }),
    ),
  });
}

/** The parts that define a content model: how much each block and feature counts. */
export interface ContentModelParts {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly source: string;
  readonly byDefault: boolean;
  readonly blocks: BlockWeights;
  readonly features: FeatureWeights;
  readonly caution: number;
}

/**
 * Makes a model that ranks by the weighted mean of block cosines between a track and the seeds. It needs no training beyond the catalogue's
 * statistics.
 */
export function contentModel(parts: ContentModelParts): Model<typeof config> {
  const own = Type.Object({
    ...config.properties,
    caution: Type.Number({ ...config.properties.caution, default: parts.caution }),
  });
  return {
    id: parts.id,
    title: parts.title,
    description: parts.description,
    family: 'content',
    source: parts.source,
    byDefault: parts.byDefault,
    versions: [VERSION],
    config: own,
    queryOptions: contentQueryOptions(parts.blocks, parts.features),
    updates: 'count',
    grows: true,
    unusable: (dataset) => nothingKnown(dataset, parts.blocks),
    async fit(dataset, settings, { signal, onProgress }) {
      throwIfCancelled(signal, `Training ${parts.id}`);
      onProgress?.({ fraction: 0, note: 'measuring features and genres' });
      const { caution, ...space } = settings;
      const fitted = new FittedContent(parts, ContentSpace.fit(dataset, space), caution);
      throwIfCancelled(signal, `Training ${parts.id}`);
      onProgress?.({ fraction: 1, note: 'done' });
      return fitted;
    },
    load(artifact, dataset, derived) {
      checkContent(artifact, parts.id, dataset);
      const space = ContentSpace.restore(artifact.meta.space, dataset, roomForAudio(dataset, derived));
      return new FittedContent(parts, space, Number(artifact.config.caution));
    },
  };
}

/** Checks of a saved content model that need no feature space. @throws SegueError MODEL_MISMATCH, FILE_UNREADABLE */
export function checkContent(artifact: Artifact, id: string, dataset: Dataset): SpaceRecord {
  checkGrownArtifact(artifact, id, VERSION, dataset);
  return checkRecord(artifact.meta.space);
}

/**
 * Shared memory for the audio rows, used by all threads that load the model; null for a single thread. A model that opens a content model later must
 * ask for this memory when it is itself loaded, because threads exchange shared memory only then.
 */
export function roomForAudio({ tracks }: Dataset, derived?: Derived): SharedRows | null {
  const room = derived?.(`${ROOM}audio`, () => roomForRows(tracks.count, AUDIO_STRIDE)) ?? null;
  return room && new SharedRows(room, tracks.count, AUDIO_STRIDE);
}

const EVERYTHING: BlockWeights = {
  audio: 1,
  mood: 1,
  era: 1,
  popularity: 1,
  genre: 1,
  sound: 1,
  embedding: 1,
  lyrics: 1,
};

/** Explains why no content model can be trained; null when at least one track has data in a block that counts. */
export function nothingKnown(dataset: Dataset, blocks: BlockWeights = EVERYTHING): string | null {
  const { features, year, popularity, genres } = dataset.tracks;
  const { artists } = dataset;
  const known: Readonly<Record<Block, () => boolean>> = {
    audio: () => features.some((value) => !Number.isNaN(value)),
    mood: () => features.some((value) => !Number.isNaN(value)),
    era: () => year.some((value) => value >= 0),
    popularity: () => popularity.some((value) => value >= 0) || artists.popularity.some((value) => value >= 0),
    genre: () => genres.idx.length > 0 || artists.genres.idx.length > 0,
    sound: () => dataset.tracks.sound !== undefined,
    embedding: () => dataset.tracks.embedding !== undefined,
    lyrics: () => dataset.tracks.lyrics !== undefined,
  };
  if (BLOCKS.some((block) => blocks[block] > 0 && known[block]())) return null;
  const needs = BLOCKS.filter((block) => blocks[block] > 0);
  return needs.every((block) => block !== 'era' && block !== 'popularity' && block !== 'genre')
    ? 'No track has audio features; import track features or analyse music files first.'
    : 'No track has audio features, genres, a year or a popularity; import track features or artists first.';
}

export class FittedContent implements Fitted {
  readonly modelId: string;
  readonly space: ContentSpace;
  private readonly parts: ContentModelParts;
  private readonly caution: number;
  /** Reasons are computed one track at a time; this keeps a list's query from being placed in the space again for each. */
  private readonly prepared = new WeakMap<ModelQuery, { content: ContentQuery; blocks: BlockWeights }>();

  constructor(parts: ContentModelParts, space: ContentSpace, caution: number) {
    this.modelId = parts.id;
    this.parts = parts;
    this.space = space;
    this.caution = caution;
  }

  score(query: ModelQuery, out: Float32Array): void {
    const { content, blocks } = this.prepare(query);
    content.score(blocks, this.caution, out);
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const scores = new Float32Array(this.space.count);
    this.score(query, scores);
    return rankScores(scores, query, n);
  }

  explain(query: ModelQuery, track: number): Reason[] {
    const { content, blocks } = this.prepare(query);
    return explainContent(content, query.seeds, track, blocks);
  }

  similar(track: number, n: number): ScoredTracks {
    return this.recommend(modelQuery({ seeds: [track] }), n);
  }

  info(): Record<string, unknown> {
    return {
      tracks: this.space.count,
      known: this.space.coverage(),
      genres: this.space.dataset.genres.size,
      weights: this.parts.blocks,
      spaceVersion: this.space.version,
    };
  }

  dispose(): void {
    this.space.dispose();
  }

  toArtifact(): Artifact {
    return {
      modelId: this.modelId,
      modelVersion: VERSION,
      config: { ...this.space.settings, caution: this.caution },
      catalogueId: this.space.dataset.catalogueId,
      meta: { space: this.space.toRecord() },
      arrays: {},
    };
  }

  private prepare(query: ModelQuery): { content: ContentQuery; blocks: BlockWeights } {
    const known = this.prepared.get(query);
    if (known) return known;
    const given = (query.options.weights ?? {}) as Record<string, unknown>;
    const { blocks, features } = parseWeights(given, this.parts.blocks, this.parts.features);
    const seedGenres = query.options.seedGenres as number | undefined;
    const content = new ContentQuery(this.space, query.seeds, query.weights, { features, seedGenres });
    const placed = { content, blocks };
    this.prepared.set(query, placed);
    return placed;
  }
}
