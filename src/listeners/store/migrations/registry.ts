import type { Kysely } from '#kysely';
import type { StoreKind } from '../database.ts';
import { listenersTables } from './0001-listeners.ts';
import { reviewsTable } from './0002-reviews.ts';
import { blendsTable } from './0003-blends.ts';
import { experimentsTable } from './0004-experiments.ts';
import { accountsTables } from './0005-accounts.ts';
import { arrivalsAndOneExperiment } from './0006-arrivals-and-one-experiment.ts';
import { waysToSignIn } from './0007-ways-to-sign-in.ts';
import { streamLag } from './0008-stream-lag.ts';

/** All migrations in the order of their names; released ones never change. */
export const MIGRATIONS: Readonly<Record<string, (db: Kysely<unknown>, kind: StoreKind) => Promise<void>>> = {
  '0001-listeners': listenersTables,
  '0002-reviews': reviewsTable,
  '0003-blends': blendsTable,
  '0004-experiments': experimentsTable,
  '0005-accounts': accountsTables,
  '0006-arrivals-and-one-experiment': arrivalsAndOneExperiment,
  '0007-ways-to-sign-in': waysToSignIn,
  '0008-stream-lag': streamLag,
};
