import type { SimilarAnswer } from './answers.ts';
import { ask } from './ask.ts';
import { explainedList } from './explain.ts';
import type { LibraryQueries } from './library-queries.ts';
import type { Checkpoint } from './situation.ts';
import type { State } from './state.ts';
import { toCandidates } from './steps/candidate.ts';
import { oneVersion } from './steps/versions.ts';
import { findTrack } from './track-id.ts';

export interface SimilarRequest {
  readonly track: string;
  readonly n?: number;
  readonly model?: string;
  readonly details?: boolean;
}

/** The n tracks nearest to the given one. @throws SegueError UNKNOWN_TRACK and whatever loading a model throws */
export async function similarTracks(
  state: State,
  queries: LibraryQueries,
  request: SimilarRequest,
  checkpoint?: Checkpoint,
): Promise<SimilarAnswer> {
  const start = performance.now();
  const track = findTrack(state.dataset.tracks.vocabulary, request.track);
  if (track < 0) throw await queries.unknownTrack(request.track);
  const n = request.n ?? 20;
  let fitted =
    request.model === undefined
      ? ((await state.models.getDefault()) ?? (await state.models.fallback()))
      : await state.models.get(request.model);
  const asked = ask(state, { seeds: [{ track: request.track }] }, null);
  const k = Math.min(state.dataset.tracks.count, n * 2 + 20);
  let answer = fitted.similar?.(track, k) ?? fitted.recommend(asked.query, k);
  if (answer.tracks.length === 0 && request.model === undefined) {
    // A song added after the training is known by its content, if at all.
    fitted = (await state.models.getContent()) ?? fitted;
    answer = fitted.similar?.(track, k) ?? fitted.recommend(asked.query, k);
  }
  const list = oneVersion(
    toCandidates(answer).filter((c) => !state.dataset.tracks.names.isEmpty(c.track)),
    (t) => state.indexes.families.keysOf(t),
    [track],
  ).slice(0, n);
  const tracks = explainedList(state.dataset, fitted, asked.query, list, request.details ?? false, null, checkpoint);
  return { model: fitted.modelId, tookMs: Math.round((performance.now() - start) * 100) / 100, tracks };
}
