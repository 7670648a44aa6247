import { type Static, Type } from '#typebox';
import { Value } from '#typebox/value';
import type { Dataset } from '../../dataset/dataset.ts';
import { within } from '../../math/progress.ts';
import { type Artifact, checkArtifact } from '../artifact.ts';
import type { Fitted, Model, ModelQuery, Reason, ScoredTracks } from '../model.ts';
import { titleReason } from '../playlist-neighbours/reasons.ts';
import { step } from '../progress.ts';
import { rankScores } from '../ranking.ts';
import { type FittedSpectral, spectral } from '../spectral/spectral.ts';
import { TitleIndex } from '../title/title-index.ts';
import { TitleEncoder } from './encoder.ts';

const VERSION = 1;
/** Share of the training spent on the space of owners and tracks. */
const SPACE = 0.7;

const config = Type.Object({
  dimensions: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 2048,
    description:
      'dimensions of the space of titles and tracks; 0 = one per 32 owners or tracks, whichever are fewer, from 32 to 448',
  }),
});
type Config = Static<typeof config>;

/**
 * Recommends tracks for a title by placing it among tracks. A linear map, learned from the titles of all playlists, sends the words, pictographs and
 * trigrams of a title to the point in the space of `spectral` where lists of that name are; the nearby tracks are the answer. Titles that nobody
 * wrote are placed by their parts.
 */
export const titleEncoder: Model<typeof config> = {
  id: 'title-encoder',
  title: 'Title encoder',
  description:
    'Learns what the words of playlist titles stand for and places any title among the songs, also titles that no playlist has. Uses nothing but the title.',
  family: 'collaborative',
  source: 'Ridge regression (Hoerl & Kennard 1970) into the space of GF-CF (Shen et al. 2021)',
  byDefault: false,
  versions: [VERSION],
  config,
  unusable: (dataset) =>
    dataset.owners.titles.heap.length > 0 && dataset.byOwner.idx.length > 0
      ? null
      : 'No playlist has a title to learn from.',
  async fit(dataset, settings, context) {
    const space = await spectral.fit(
      dataset,
      { ...Value.Create(spectral.config), dimensions: settings.dimensions },
      {
        rng: context.rng.fork('space'),
        signal: context.signal,
        onProgress: within(context.onProgress, 0, SPACE),
      },
    );
    const encoder = await TitleEncoder.train(dataset, space, () =>
      step(context, titleEncoder.id, SPACE, 'learning what titles say'),
    );
    return new FittedTitleEncoder(dataset, settings, space, encoder);
  },
  load(artifact, dataset) {
    checkArtifact(artifact, titleEncoder.id, VERSION, dataset.catalogueId);
    const { header, encoded } = artifact.meta as { header: SavedSpace; encoded: boolean };
    const space = spectral.load(
      { ...header, modelId: spectral.id, catalogueId: artifact.catalogueId, arrays: artifact.arrays },
      dataset,
    );
    const encoder = encoded ? TitleEncoder.load(artifact, space.dimensions) : null;
    return new FittedTitleEncoder(dataset, artifact.config as Config, space, encoder);
  },
};

type SavedSpace = Pick<Artifact, 'modelVersion' | 'config' | 'meta'>;

class FittedTitleEncoder implements Fitted {
  readonly modelId = titleEncoder.id;
  private readonly dataset: Dataset;
  private readonly settings: Config;
  private readonly space: FittedSpectral;
  private readonly encoder: TitleEncoder | null;
  /** For reasons; created for the first one. */
  private titles: TitleIndex | null = null;

  constructor(dataset: Dataset, settings: Config, space: FittedSpectral, encoder: TitleEncoder | null) {
    this.dataset = dataset;
    this.settings = settings;
    this.space = space;
    this.encoder = encoder;
  }

  score(query: ModelQuery, out: Float32Array): void {
    const point = this.encoder?.encode(query.title) ?? null;
    if (point) this.space.scorePoint(point, out);
    else out.fill(0);
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const scores = new Float32Array(this.dataset.tracks.count);
    this.score(query, scores);
    return rankScores(scores, query, n);
  }

  explain(query: ModelQuery, track: number): Reason[] {
    this.titles ??= new TitleIndex(this.dataset.owners.titles);
    const { count, owners, weights } = this.titles.neighbours(query.title, 1);
    const similarity = new Map<number, number>();
    for (let i = 0; i < count; i++) similarity.set(owners[i]!, weights[i]!);
    const reason = titleReason(this.dataset, query.title, track, (owner) => similarity.get(owner) ?? 0);
    return reason ? [{ ...reason, share: 1 }] : [];
  }

  info(): Record<string, unknown> {
    return { dimensions: this.space.dimensions, terms: this.encoder?.features.terms.length ?? 0 };
  }

  dispose(): void {
    this.space.dispose();
  }

  toArtifact(): Artifact {
    const { modelVersion, config: settings, meta, arrays } = this.space.toArtifact();
    const header: SavedSpace = { modelVersion, config: settings, meta };
    return {
      modelId: this.modelId,
      modelVersion: VERSION,
      config: this.settings,
      catalogueId: this.dataset.catalogueId,
      meta: { header, encoded: this.encoder !== null },
      arrays: { ...arrays, ...this.encoder?.arrays() },
    };
  }
}
