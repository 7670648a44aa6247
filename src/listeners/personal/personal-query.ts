import type { Fitted } from '../../models/model.ts';
import type { Engine } from '../../recommend/engine.ts';
import type { RecommendRequest, RecommendResponse } from '../../recommend/request.ts';
import type { Checkpoint } from '../../recommend/situation.ts';
import type { State } from '../../recommend/state.ts';
import type { BlendPart } from '../blends.ts';
import { barred, type Known } from './barred.ts';
import { fittedBlend, type RecentSongs } from './blend/fitted-blend.ts';
import type { Within } from './personal-list.ts';

/** Models that answer within milliseconds, best first; they fill in tastes that the main answer covers too little. */
const QUICK = ['playlist-neighbours', 'track-neighbours', 'als', 'artists'] as const;

/** A listener's query as plain data with URIs of songs, so that any thread can answer it from any state of the library. */
export interface PersonalQuery {
  readonly request: RecommendRequest;
  readonly known: Known;
  /** Whether to leave out heard songs, besides bans and dislikes. */
  readonly onlyNew: boolean;
  /** The blend that answers instead of the default model; null = the default model, or the one named by the request. */
  readonly blend: { readonly parts: readonly BlendPart[]; readonly recent: RecentSongs } | null;
  /** Id of the part of the catalogue to recommend from; null = everything. */
  readonly part: Within['name'] | null;
}

/** Answers a listener's query. @param within the part named by the query, when answering in this thread @throws SegueError of the engine */
export type AskPersonal = (query: PersonalQuery, within?: Within) => Promise<RecommendResponse>;

/** Answers in this thread. @param part the tracks to recommend from; default: all */
export function answerPersonal(
  engine: Engine,
  { request, known, onlyNew, blend }: PersonalQuery,
  checkpoint?: Checkpoint,
  part?: Within['mask'],
): Promise<RecommendResponse> {
  const state = engine.current;
  return state.use(async () =>
    engine.recommend(request, {
      ...barred(known, onlyNew, part),
      filler: await quickModel(state),
      fitted: blend && (await fittedBlend(state, blend.parts, blend.recent)),
      checkpoint,
    }),
  );
}

async function quickModel({ models }: State): Promise<Fitted | null> {
  const id = QUICK.find((quick) => models.trained.includes(quick));
  return id === undefined ? null : models.get(id).catch(() => null);
}
