import { Value } from '#typebox/value';
import type { Dataset } from '../dataset/dataset.ts';
import { SegueError } from '../errors.ts';
import { type Artifact, checkArtifact, type Description } from './artifact.ts';
import type { Derived } from './derived.ts';
import type { Fitted, Model, ModelQuery, ScoredTracks } from './model.ts';

/**
 * Loads a trained model on the current catalogue. A model that cannot place tracks added after its training keeps answering over those that it knows:
 * later seeds are ignored, and later tracks score 0.
 * @throws SegueError FILE_UNREADABLE, or MODEL_MISMATCH when the model does not accept the settings, or the catalogue is not the training's catalogue
 * with tracks appended
 */
export function loadModel(model: Model, saved: Artifact, dataset: Dataset, derived?: Derived): Fitted {
  const artifact = { ...saved, config: presentSettings(model, saved.config) };
  checkSettings(model, artifact);
  const known = tracksAtTraining(artifact, dataset);
  if (known === null || known === dataset.tracks.count || model.grows) return model.load(artifact, dataset, derived);
  return overKnownTracks(model.load(artifact, dataset.firstTracks(known), derived), known, dataset.tracks.count);
}

/**
 * Checks the header of a saved model as loading would: model, version, settings and catalogue. Its arrays may still be damaged.
 * @throws SegueError MODEL_MISMATCH
 */
export function checkHeader(model: Model, saved: Description, dataset: Dataset): void {
  checkSettings(model, { ...saved, config: presentSettings(model, saved.config) });
  const version = model.versions.find((one) => one === saved.modelVersion) ?? model.versions[0]!;
  const grown = tracksAtTraining(saved, dataset) !== null;
  checkArtifact(saved, model.id, version, grown ? saved.catalogueId : dataset.catalogueId);
}

/**
 * As `checkArtifact`, but accepts a catalogue that has only grown since the training: models that keep statistics instead of rows can place later
 * tracks like any others.
 * @returns number of tracks at training time @throws SegueError MODEL_MISMATCH
 */
export function checkGrownArtifact(
  artifact: Artifact,
  modelId: string,
  modelVersion: number,
  dataset: Dataset,
): number {
  const known = tracksAtTraining(artifact, dataset);
  checkArtifact(artifact, modelId, modelVersion, known === null ? dataset.catalogueId : artifact.catalogueId);
  return known ?? dataset.tracks.count;
}

/** Renames saved settings to their current names and drops those that the model no longer has. */
export function presentSettings(model: Model, saved: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { formerSettings = {} } = model;
  const named = Object.entries(saved).map(([name, value]) => [formerSettings[name] ?? name, value] as const);
  return Object.fromEntries(named.filter(([name]) => name in model.config.properties));
}

function checkSettings({ id, config }: Model, artifact: Description): void {
  if (artifact.modelId !== id || Value.Check(config, artifact.config)) return;
  const [wrong] = Value.Errors(config, artifact.config);
  throw new SegueError('MODEL_MISMATCH', {
    got: `The model "${id}" was saved with settings that it does not take${wrong ? `: ${wrong.instancePath || 'settings'} ${wrong.message}` : ''}`,
    expected: 'the settings that `segue models` lists',
    remedy: `Run \`segue train ${id}\` on this library`,
  });
}

/** Number of tracks in the catalogue at training time; null when it was another catalogue. */
export function tracksAtTraining({ catalogueId }: Description, dataset: Dataset): number | null {
  if (catalogueId === dataset.catalogueId) return dataset.tracks.count;
  const known = Number.parseInt(catalogueId, 10);
  if (!(known > 0 && known < dataset.tracks.count)) return null;
  return dataset.firstTracks(known).catalogueId === catalogueId ? known : null;
}

/** @param known number of tracks that the model knows, of `count` */
function overKnownTracks(fitted: Fitted, known: number, count: number): Fitted {
  // Models cache what they computed for a query object, so the same query must map to the same object.
  const asked = new WeakMap<ModelQuery, ModelQuery>();
  const knownOf = (query: ModelQuery): ModelQuery => {
    let part = asked.get(query);
    if (!part) {
      part = queryOfKnown(query, known);
      asked.set(query, part);
    }
    return part;
  };
  const { explain, explainList, similar, vectors } = fitted;
  return {
    modelId: fitted.modelId,
    recommend: (query, n) => fitted.recommend(knownOf(query), n),
    score(query, out) {
      fitted.score(knownOf(query), out.subarray(0, known));
      out.fill(0, known);
    },
    ...(explain && {
      explain: (query: ModelQuery, track: number) => (track < known ? explain.call(fitted, knownOf(query), track) : []),
    }),
    ...(explainList && {
      explainList(query: ModelQuery, tracks: readonly number[], most?: number) {
        const reasons = explainList.call(
          fitted,
          knownOf(query),
          tracks.filter((track) => track < known),
          most,
        );
        let next = 0;
        return tracks.map((track) => (track < known ? reasons[next++]! : []));
      },
    }),
    ...(similar && {
      similar: (track: number, n: number) => (track < known ? similar.call(fitted, track, n) : NOTHING),
    }),
    ...(vectors && {
      vectors() {
        const { data, dimension } = vectors.call(fitted);
        const padded = new Float32Array(count * dimension);
        padded.set(data);
        return { data: padded, dimension };
      },
    }),
    info: () => ({ ...fitted.info?.(), newerTracks: count - known, newerShare: (count - known) / count }),
    dispose: () => fitted.dispose?.(),
    toArtifact: () => fitted.toArtifact(),
  };
}

const NOTHING: ScoredTracks = { tracks: new Int32Array(0), scores: new Float32Array(0) };

function queryOfKnown(query: ModelQuery, known: number): ModelQuery {
  const kept = Array.from(query.seeds.keys()).filter((i) => query.seeds[i]! < known);
  return {
    ...query,
    seeds: Int32Array.from(kept, (i) => query.seeds[i]!),
    weights: Float32Array.from(kept, (i) => query.weights[i]!),
    exclude: new Set([...query.exclude].filter((track) => track < known)),
    allowed: query.allowed?.subarray(0, known) ?? null,
  };
}
