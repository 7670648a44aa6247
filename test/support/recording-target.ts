import type { SyncTarget } from '../../src/connect/sync.ts';
import type { NewList } from '../../src/listeners/lists.ts';
import type { OpinionKind } from '../../src/listeners/opinions.ts';
import type { NewPlay } from '../../src/listeners/plays.ts';

/**
 * Records what a sync stored for the one listener, following the repository's rules that matter here: ids count once, and the latest opinion holds.
 */
export class RecordingTarget {
  readonly playsById = new Map<string, NewPlay>();
  readonly opinionsBySong = new Map<string, { kind: OpinionKind; at: number }>();
  readonly listsById = new Map<string, NewList>();
  readonly settled: { from: string; to: string }[] = [];

  /** The part of the repository that a sync uses; everything else throws. */
  get target(): SyncTarget {
    const plays: Partial<SyncTarget['plays']> = {
      add: async (_listener, added) => {
        const fresh = added.filter((play) => !this.playsById.has(play.id));
        for (const play of fresh) this.playsById.set(play.id, play);
        return { added: fresh.length, known: added.length - fresh.length };
      },
    };
    const opinions: Partial<SyncTarget['opinions']> = {
      set: async (_listener, given) => {
        let changed = 0;
        for (const { song, kind, at = 0 } of given) {
          const before = this.opinionsBySong.get(song);
          if (before && before.at >= at) continue;
          this.opinionsBySong.set(song, { kind, at });
          changed++;
        }
        return changed;
      },
      clear: async (_listener, songs) => songs.filter((song) => this.opinionsBySong.delete(song)).length,
    };
    const lists: Partial<SyncTarget['lists']> = {
      save: async (_listener, list) => {
        this.listsById.set(list.id!, list);
        return {
          id: list.id!,
          name: list.name,
          description: '',
          source: '',
          createdAt: 0,
          updatedAt: 0,
          removedAt: null,
          version: 1,
          length: 0,
        };
      },
    };
    const songs: Partial<SyncTarget['songs']> = {
      settle: async (_listener, pairs) => {
        for (const { from, to } of pairs) this.settled.push({ from, to: to.song });
        return pairs.length;
      },
    };
    return { plays, opinions, lists, songs } as SyncTarget;
  }
}
