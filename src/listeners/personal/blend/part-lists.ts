import { SegueError } from '../../../errors.ts';
import { modelQuery } from '../../../models/model.ts';
import type { Engine } from '../../../recommend/engine.ts';
import type { Checkpoint } from '../../../recommend/situation.ts';
import { FUSED_DEPTH } from './fuse.ts';
import { SAME_ARTISTS, sameArtistsOf } from './same-artists.ts';

/** The queries to a model at a cut of a history, as plain data. Tracks are numbers of the named dataset. */
export interface PartQuery {
  readonly datasetId: string;
  /** A model's id, or `same artists`. */
  readonly model: string;
  readonly exclude: readonly number[];
  /** Separate queries. */
  readonly queries: readonly { readonly seeds: readonly number[]; readonly weights: readonly number[] }[];
}

/** The tracks for each query, best first. @throws SegueError of the model; CANCELLED when the library has changed */
export type AskParts = (query: PartQuery) => Promise<number[][]>;

/** Answers in this thread. */
export async function partLists(
  engine: Engine,
  { datasetId, model, exclude, queries }: PartQuery,
  checkpoint?: Checkpoint,
): Promise<number[][]> {
  const state = engine.current;
  if (state.datasetId !== datasetId)
    throw new SegueError('CANCELLED', { got: 'The library changed during the backtest', remedy: 'Start it again' });
  return state.use(async () => {
    const fitted = model === SAME_ARTISTS ? null : await state.models.get(model);
    const barred = new Set(exclude);
    return queries.map(({ seeds, weights }) => {
      checkpoint?.();
      const query = modelQuery({ seeds, weights, ordered: false, exclude: barred });
      return fitted
        ? Array.from(fitted.recommend(query, FUSED_DEPTH).tracks)
        : sameArtistsOf(state).recommend(query, FUSED_DEPTH);
    });
  });
}
