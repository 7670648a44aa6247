import { SegueError } from '../../errors.ts';
import type { Within } from '../../listeners/personal/personal-list.ts';
import type { Engine } from '../../recommend/engine.ts';
import type { Checkpoint } from '../../recommend/situation.ts';
import { CatalogueMatcher } from '../catalogue-matcher.ts';
import { HeldSongs } from '../songs.ts';
import { ConnectionStore } from '../store.ts';
import { Brain, type BrainParts } from './brain.ts';
import type { BrainQuery } from './brain-elsewhere.ts';
import { Scopes } from './scope.ts';

const rooms = new WeakMap<Engine, Omit<BrainParts, 'bans' | 'checkpoint'>>();

/** The connections of an engine's library, opened once in this thread and for as long as it runs. */
function partsOf(engine: Engine): Omit<BrainParts, 'bans' | 'checkpoint'> {
  let parts = rooms.get(engine);
  if (!parts) {
    const { dir } = engine.current;
    if (dir === null) throw new SegueError('INTERNAL', { got: 'A library in memory has no connections' });
    const store = ConnectionStore.open(dir);
    const held = new HeldSongs(store);
    const matcher = new CatalogueMatcher(() => engine.current);
    rooms.set(engine, (parts = { engine, store, held, matcher, scopes: new Scopes(store, held) }));
  }
  return parts;
}

/** Answers a music server's question in this thread. */
export function answerBrain(
  engine: Engine,
  { method, args, bans }: BrainQuery,
  checkpoint?: Checkpoint,
): Promise<unknown> {
  const brain = new Brain({ ...partsOf(engine), bans: async () => bans, checkpoint });
  return Reflect.apply(brain[method], brain, args) as Promise<unknown>;
}

/** The songs of a connection's server, for queries in this thread. */
export const partHeldBy = (engine: Engine, connection: string): Within => partsOf(engine).scopes.part(connection);
