import type { Within } from '../../listeners/personal/personal-list.ts';
import type { State } from '../../recommend/state.ts';
import type { HeldSongs } from '../songs.ts';
import type { ConnectionStore } from '../store.ts';

/** The catalogue tracks of a server. */
export interface Scope {
  readonly tracks: Int32Array;
  /** One byte per track of the catalogue: 1 = the server has it. */
  readonly mask: Uint8Array;
}

/** Scopes of connections, renewed when the catalogue or the server's songs have changed. */
export class Scopes {
  private readonly store: ConnectionStore;
  private readonly held: HeldSongs;
  private readonly kept = new Map<string, { key: string; scope: Scope }>();

  constructor(store: ConnectionStore, held: HeldSongs) {
    this.store = store;
    this.held = held;
  }

  /** The songs of a connection's server, as a part of the catalogue. */
  part(connection: string): Within {
    return {
      name: connection,
      mask: (state) => this.of(connection, state).mask,
      has: (uris) => new Set(this.held.byUri(connection, uris).keys()),
    };
  }

  of(connection: string, state: State): Scope {
    const { syncedAt } = this.store.get(connection);
    const key = `${state.datasetId} ${syncedAt}`;
    const kept = this.kept.get(connection);
    if (kept?.key === key) return kept.scope;
    const { vocabulary, count } = state.dataset.tracks;
    const mask = new Uint8Array(count);
    for (const uri of this.held.uris(connection)) {
      const track = vocabulary.indexOf(uri);
      if (track >= 0) mask[track] = 1;
    }
    const tracks = Int32Array.from(Array.from(mask.keys()).filter((track) => mask[track] === 1));
    const scope = { tracks, mask };
    this.kept.set(connection, { key, scope });
    return scope;
  }
}
