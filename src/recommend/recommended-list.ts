import { SegueError } from '../errors.ts';
import type { Fitted } from '../models/model.ts';
import { MODELS, modelById } from '../models/registry.ts';
import { type Asked, ask } from './ask.ts';
import { checkRequest, firstProblem } from './check.ts';
import { explainedList } from './explain.ts';
import { genreNotes, relaxations } from './filters.ts';
import type { Metrics } from './metrics.ts';
import { perArtistLimit } from './per-artist.ts';
import { type PipelineAnswer, type PipelineParts, runPipeline } from './pipeline.ts';
import type { RecommendRequest, RecommendResponse } from './request.ts';
import type { Situation } from './situation.ts';
import type { State } from './state.ts';
import { saidOfRest } from './with-rest.ts';
import { askedFacts } from './words/asked-facts.ts';
import { conflictOf } from './words/conflict.ts';
import { readFreeText } from './words/free-text.ts';
import type { Part } from './words/understand.ts';

const DEFAULT_N = 50;

/**
 * Builds the list for a request from one state of the library.
 * @param keepWaiting receives the songs that the catalogue lacks, when the request wants them remembered
 * @throws SegueError for an invalid request, an unknown or untrained model, an unknown owner
 */
export async function recommendedList(
  state: State,
  metrics: Metrics,
  input: RecommendRequest,
  situation: Situation,
  keepWaiting: (asked: Asked) => void,
): Promise<RecommendResponse> {
  const start = performance.now();
  const request = checkRequest(input);
  const n = request.n ?? DEFAULT_N;
  const chosen =
    situation.fitted ??
    (request.model === undefined ? await state.models.getDefault() : await state.models.get(request.model));
  if (chosen && !situation.fitted) checkOptions(chosen.modelId, request.options);
  if (request.title) await state.titles();
  const named = request.seeds?.filter((seed) => seed.name !== undefined).length ?? 0;
  const songs = named > 0 ? await state.exactSongs(named) : null;
  const text =
    request.text === undefined
      ? null
      : metrics.time('words', () => readFreeText(state, request.text ?? '', request.without ?? []));
  const asked = metrics.time('query', () => ask(state, request, songs, situation, text));
  asked.query = state.recent.known(asked.query);
  if (request.remember) keepWaiting(asked);
  const notes = genreNotes(state.dataset, request.filters);
  const limit = perArtistLimit(state.dataset, request, asked, text);
  const isNarrow = Object.keys(request.filters ?? {}).length > 0 || (text?.parts.length ?? 0) > 0;
  // A model requested by name answers alone.
  const rest =
    isNarrow && request.model === undefined && !situation.fitted
      ? { content: await state.models.getContent(), known: () => state.popularityScore }
      : null;
  const answered = await answer(
    state,
    metrics,
    request,
    asked,
    chosen,
    { n, perArtist: limit, rest, parts: text?.parts ?? [] },
    notes,
    situation,
  );
  const { fitted, fallbackReason, result } = answered;
  if (fallbackReason) metrics.count('fallbacks');
  const explained = metrics.time('explain', () =>
    explainedList(
      state.dataset,
      fitted,
      asked.query,
      result.list,
      request.details ?? false,
      situation.filler ?? rest?.content ?? null,
      situation.checkpoint,
      text
        ? askedFacts(
            state.dataset,
            text.parts.map(({ demand }) => demand),
          )
        : undefined,
    ),
  );

  const said = saidOfRest(explained, result.list, result.added, text?.parts.length ? 'words' : rest ? 'filters' : null);
  const { tracks } = said;
  if (said.note) notes.push(said.note);
  const relax = tracks.length < n ? relaxations(state.dataset, request.filters, state.indexes.named) : [];
  if (tracks.length < n && !fallbackReason && tracks.length > 0) {
    const why =
      result.candidates > tracks.length
        ? 'limits, bans and duplicate versions removed the rest'
        : rest
          ? 'no other song matches'
          : 'the model found no others';
    notes.push(`${tracks.length} of ${n} songs: ${why}.`);
  }
  const tookMs = performance.now() - start;
  metrics.record('recommend', tookMs);
  return {
    model: fitted.modelId,
    tookMs: Math.round(tookMs * 100) / 100,
    tracks,
    ...(result.sections && { sections: result.sections.map((s) => ({ label: s.label, share: s.share })) }),
    ...(text && {
      understood: text.parts.map(({ id, label, from, to, demand: { kind } }) => ({ id, kind, label, from, to })),
    }),
    unknown: asked.unknown,
    fallback: fallbackReason !== null,
    ...(fallbackReason && { fallbackReason }),
    ...(limit !== undefined && { perArtist: limit }),
    ...(relax.length > 0 && { relax }),
    ...(notes.length > 0 && { notes }),
  };
}

/** The chosen model's list; popularity's, with the reason, when nothing in the query is known. */
async function answer(
  state: State,
  metrics: Metrics,
  request: RecommendRequest,
  asked: Asked,
  chosen: Fitted | null,
  { n, perArtist, rest, parts }: Pick<PipelineParts, 'n' | 'perArtist' | 'rest'> & { parts: readonly Part[] },
  notes: string[],
  situation: Situation,
): Promise<{ fitted: Fitted; fallbackReason: string | null; result: PipelineAnswer }> {
  const { filler = null, checkpoint } = situation;
  const similarity = request.diversity ? await state.similarity() : null;
  const run = (fitted: Fitted): PipelineAnswer =>
    runPipeline({
      dataset: state.dataset,
      fitted,
      filler: filler ?? fitted,
      // A model provided by the caller is not the library's, so its answers are not cached.
      recommend: (model, query, n) =>
        situation.fitted || filler ? model.recommend(query, n) : state.recent.recommend(model, query, n),
      asked,
      request,
      n,
      popularityScore: () => state.popularityScore,
      keysOf: (track) => state.indexes.families.keysOf(track),
      perArtist,
      rest,
      similarity,
      metrics,
      checkpoint,
    });
  const barsAll = asked.query.allowed !== null && !asked.query.allowed.includes(1);
  if (barsAll)
    notes.push(
      conflictOf(state.dataset, parts) ??
        `${request.text === undefined ? 'The filters and bans' : 'The words, filters and bans'} exclude every song. Relax them to get recommendations.`,
    );
  let fallbackReason: string | null = null;
  if (!asked.hasEvidence) fallbackReason = nothingKnown(request, asked);
  else if (!chosen) fallbackReason = 'No model is trained on this library yet; run `segue train`.';
  else {
    const result = run(chosen);
    if (result.list.length > 0 || barsAll) return { fitted: chosen, fallbackReason: null, result };
    if (result.candidates > 0 || knowsWithoutBans(chosen, asked)) {
      notes.push('Every song the model would recommend is banned, filtered out or already yours.');
      return { fitted: chosen, fallbackReason: null, result };
    }
    fallbackReason = `The model "${chosen.modelId}" found nothing for this query.`;
  }
  const fitted = await state.models.fallback();
  return { fitted, fallbackReason, result: run(fitted) };
}

/** @throws SegueError when the model has no such option, or the value does not fit */
function checkOptions(modelId: string, options: Readonly<Record<string, unknown>> | undefined): void {
  if (!options || Object.keys(options).length === 0) return;
  const { queryOptions } = modelById(modelId);
  const known = Object.keys(queryOptions?.properties ?? {});
  for (const name of Object.keys(options))
    if (!known.includes(name))
      throw new SegueError('USAGE', {
        got: `The model "${modelId}" has no query option "${name.slice(0, 100)}"`,
        expected: known.length > 0 ? `one of ${known.join(', ')}` : 'no query options',
        remedy: modelsWith(name),
      });
  const problem = queryOptions && firstProblem(queryOptions, options, 'options');
  if (problem) throw problem;
}

/** What to do about an option that another model takes; undefined when none does. */
function modelsWith(option: string): string | undefined {
  const ids = MODELS.filter(({ queryOptions }) => Object.hasOwn(queryOptions?.properties ?? {}, option)).map(
    ({ id }) => id,
  );
  return ids.length > 0 ? `Choose a model that has it: ${ids.join(', ')}` : undefined;
}

function nothingKnown(request: RecommendRequest, asked: Asked): string {
  const named = (request.seeds?.length ?? 0) + (request.history?.length ?? 0);
  if (asked.query.seeds.length > 0)
    return 'The query contains only disliked songs, so these are the most popular songs without them.';
  if (named > 0)
    return `None of the ${named} songs in the query is in the library, so these are the most popular songs.`;
  if (request.text?.trim()) return 'The text only sets limits, so these are the most popular songs within them.';
  return 'There is nothing to start from, so these are the most popular songs.';
}

/** Whether the model has an answer when bans and filters are ignored. */
function knowsWithoutBans(fitted: Fitted, asked: Asked): boolean {
  return fitted.recommend({ ...asked.query, exclude: new Set(), allowed: null }, 1).tracks.length > 0;
}
