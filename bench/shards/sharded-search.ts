import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { selectRows } from '../../src/math/csr.ts';
import { largestAt } from '../../src/math/select.ts';
import type { ModelQuery, ScoredTracks } from '../../src/models/model.ts';
import { rankScores } from '../../src/models/ranking.ts';
import type { Lists, Nearest } from './owner-shard.ts';
import type { FromShard, ToShard } from './shard-process.ts';

/** As the settings of `playlist-neighbours`. */
export interface SearchSettings {
  readonly popularityExponent: number;
  readonly neighbours: number;
  readonly votePower: number;
  readonly lengthExponent: number;
}

/** Relative similarities that the model regards as rounding errors. */
const ROUNDING = 1e-6;

interface Voter {
  readonly shard: number;
  readonly owner: number;
  readonly similarity: number;
  readonly firstSeed: number;
}

/**
 * `playlist-neighbours` over shards. Each process holds a range of the owners; of the lists, the coordinator holds only the number of owners of each
 * track. An answer takes two rounds: the shards' nearest owners are merged and the voters chosen among them; then the voters' lists are fetched and
 * counted in the order of the unsharded model, so that scores are equal to the last bit. Supports queries with seeds, one at a time.
 */
export class ShardedSearch {
  /** Bytes of numbers received from the shards for the last answer. */
  received = 0;
  private readonly shards: readonly ChildProcess[];
  private readonly holders: Int32Array;
  private readonly settings: SearchSettings;
  private readonly scores: Float32Array;

  private constructor(shards: readonly ChildProcess[], holders: Int32Array, settings: SearchSettings) {
    this.shards = shards;
    this.holders = holders;
    this.settings = settings;
    this.scores = new Float32Array(holders.length);
  }

  /** Starts the processes and gives each its owners. */
  static async start(dataset: Dataset, count: number, settings: SearchSettings): Promise<ShardedSearch> {
    const shards = Array.from({ length: count }, () =>
      fork(new URL('./shard-process.ts', import.meta.url), { serialization: 'advanced', execArgv: [] }),
    );
    const holders = Int32Array.from({ length: dataset.tracks.count }, (_, track) => dataset.ownersOf(track));
    const search = new ShardedSearch(shards, holders, settings);
    const owners = dataset.owners.count;
    const { lengthExponent } = settings;
    await Promise.all(
      shards.map((_, s) => {
        const first = Math.floor((s * owners) / count);
        const end = Math.floor(((s + 1) * owners) / count);
        const rows = Int32Array.from({ length: end - first }, (_, i) => first + i);
        return search.ask(s, {
          type: 'hold',
          part: { first, byOwner: selectRows(dataset.byOwner, rows), lengthExponent },
        });
      }),
    );
    return search;
  }

  async recommend(query: ModelQuery, n: number): Promise<ScoredTracks> {
    const { popularityExponent } = this.settings;
    const weights = Float64Array.from(query.seeds, (seed, i) => {
      const held = this.holders[seed]!;
      return held === 0 ? 0 : query.weights[i]! / ((held - 1) ** popularityExponent + 1);
    });
    this.received = 0;
    const limit = this.settings.neighbours;
    const nearest = await this.askAll<Nearest>(() => ({ type: 'nearest', seeds: query.seeds, weights, limit }));
    const { voters, votes } = this.elect(nearest);
    const ofShard = this.shards.map((_, s) => voters.filter(({ shard }) => shard === s).map(({ owner }) => owner));
    const lists = await this.askAll<Lists>((s) => ({ type: 'lists', owners: Int32Array.from(ofShard[s]!) }));
    const read = new Int32Array(this.shards.length);
    this.scores.fill(0);
    for (const [v, { shard }] of voters.entries()) {
      const { ptr, tracks } = lists[shard]!;
      const at = read[shard]!++;
      for (let e = ptr[at]!; e < ptr[at + 1]!; e++) this.scores[tracks[e]!]! += votes[v]!;
    }
    return rankScores(this.scores, query, n);
  }

  /** Ends the processes. */
  async stop(): Promise<void> {
    await Promise.all(
      this.shards.map(async (shard) => {
        if (shard.exitCode !== null) return;
        const exit = once(shard, 'exit');
        shard.disconnect();
        await exit;
      }),
    );
  }

  /** Merges the shards' nearest owners and computes their votes, in the order in which one index over all owners would meet them. */
  private elect(nearest: readonly Nearest[]): { voters: Voter[]; votes: Float32Array } {
    const { neighbours: limit, votePower } = this.settings;
    const all: Voter[] = nearest.flatMap(({ owners, similarities, firstSeeds }, shard) =>
      Array.from(owners, (owner, i) => ({
        shard,
        owner,
        similarity: similarities[i]!,
        firstSeed: firstSeeds[i]!,
      })),
    );
    const similarities = Float32Array.from(all, ({ similarity }) => similarity);
    const largest = similarities.reduce((most, s) => Math.max(most, s), 0);
    const met = nearest.reduce((sum, shard) => sum + shard.met, 0);
    const floor = met > limit ? Math.max(0, largestAt(similarities, all.length, limit - 1)) : 0;
    const voters = all
      .filter(({ similarity }) => largest > 0 && similarity - floor > largest * ROUNDING)
      .sort((a, b) => a.firstSeed - b.firstSeed || a.owner - b.owner);
    const votes = Float32Array.from(voters, ({ similarity }) => ((similarity - floor) / largest) ** votePower);
    return { voters, votes };
  }

  private async askAll<T extends FromShard>(messageFor: (shard: number) => ToShard): Promise<T[]> {
    const answers = await Promise.all(this.shards.map((_, s) => this.ask(s, messageFor(s))));
    for (const answer of answers)
      for (const value of Object.values(answer)) if (ArrayBuffer.isView(value)) this.received += value.byteLength;
    return answers as T[];
  }

  /** @throws Error when the process has ended */
  private ask(s: number, message: ToShard): Promise<FromShard> {
    const shard = this.shards[s]!;
    return new Promise((resolve, reject) => {
      const lost = (): void => reject(new Error(`The process of shard ${s} has ended`));
      shard.once('exit', lost);
      shard.once('message', (answer: FromShard) => {
        shard.off('exit', lost);
        resolve(answer);
      });
      shard.send(message, (error) => error && reject(error));
    });
  }
}
