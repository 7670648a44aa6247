import type { Fitted } from '../../models/model.ts';
import type { Engine } from '../../recommend/engine.ts';
import type { RecommendRequest, RecommendResponse } from '../../recommend/request.ts';
import type { Checkpoint } from '../../recommend/situation.ts';
import type { State } from '../../recommend/state.ts';
import type { BlendPart } from '../blends.ts';
import { barred, type Known } from './barred.ts';
import { fittedBlend, type RecentSongs } from './blend/fitted-blend.ts';
import type { Within } from './personal-list.ts';

/** Models that answer in a few milliseconds, the best first: they are asked for tastes that the main answer leaves short. */
const QUICK = ['playlist-neighbours', 'track-neighbours', 'als', 'artists'] as const;

/** A listener's query as plain data, songs by URI, so that any thread can answer it from any generation of the library. */
export interface PersonalQuery {
  readonly request: RecommendRequest;
  readonly known: Known;
  /** Whether songs that were heard are left out, besides bans and dislikes. */
  readonly onlyNew: boolean;
  /** Answers in place of the default model; null = that one answers, or the one that the request names. */
  readonly blend: { readonly parts: readonly BlendPart[]; readonly recent: RecentSongs } | null;
  /** Name of the part of the catalogue that may be given at all; null = everything. */
  readonly part: Within['name'] | null;
}

/** Answers a listener's query. @param within the part that the query names, for who answers in this thread @throws SegueError as the engine does */
export type AskPersonal = (query: PersonalQuery, within?: Within) => Promise<RecommendResponse>;

/** Answers in this thread. @param part the tracks that may be given at all; default: all */
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
