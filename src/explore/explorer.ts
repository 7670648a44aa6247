import type { State } from '../recommend/state.ts';
import { draw, drawInBackground, type Pictures } from './pictures.ts';
import { hasContent, packMap, type TasteMap, tasteLayout } from './taste-map.ts';

/** The pictures of one dataset: drawn on first use and kept while that dataset is current. The dataset itself is held only while drawing. */
class Picture {
  private readonly engine: { readonly current: State };
  private map: Promise<TasteMap> | null = null;
  private drawn: Promise<Pictures> | null = null;

  constructor(engine: { readonly current: State }) {
    this.engine = engine;
  }

  /** A failed drawing is not kept, so the next call tries again. */
  pictures({ dataset, datasetId, dir }: State): Promise<Pictures> {
    if (!this.drawn) {
      const drawn = dir
        ? drawInBackground({ dir, datasetId }, (map) => {
            this.map = Promise.resolve(map);
          }).then((pictures) => pictures ?? draw(dataset, datasetId))
        : draw(dataset, datasetId);
      this.drawn = drawn;
      drawn.catch(() => {
        this.drawn = null;
      });
    }
    return this.drawn;
  }

  tasteMap(state: State): Promise<TasteMap> {
    if (!this.map) {
      const made = this.makeMap(state);
      this.map = made;
      made.catch(() => {
        if (this.map === made) this.map = null;
      });
    }
    return this.map;
  }

  private async makeMap(state: State): Promise<TasteMap> {
    const { dataset, datasetId } = state;
    const pictures = await this.pictures(state);
    if (pictures.map) return pictures.map;
    // Without content, tracks that are liked together are placed together. The models may have been replaced while drawing.
    const { current } = this.engine;
    return current.use(async () => {
      const { models } = current;
      if (current.dataset === dataset) await models.preload();
      for (const id of current.dataset === dataset ? models.loaded : []) {
        const vectors = models.peek(id)?.vectors?.();
        if (vectors) return packMap(dataset, tasteLayout(dataset, vectors), `${datasetId}-${id}`);
      }
      return packMap(dataset, pictures.layout, datasetId);
    });
  }
}

/** The taste map and the exploration charts of the library that an engine serves. */
export class Explorer {
  private readonly engine: { readonly current: State };
  private picture: Picture | null = null;
  private key = '';

  /** @param engine its `current` state is read at each call, so the pictures follow the library */
  constructor(engine: { readonly current: State }) {
    this.engine = engine;
  }

  /** The taste map: positions, clusters and labels of all tracks. */
  map(): Promise<TasteMap> {
    const state = this.engine.current;
    return this.pictureOf(state).tasteMap(state);
  }

  /** Data for the exploration charts (`ExploreData`), as JSON in UTF-8. */
  async charts(): Promise<Uint8Array> {
    const state = this.engine.current;
    return (await this.pictureOf(state).pictures(state)).charts;
  }

  private pictureOf(state: State): Picture {
    // Without content the map is drawn from a model's vectors, so new models require a new map.
    const key = hasContent(state.dataset) ? state.datasetId : `${state.datasetId} ${state.models.trained.join()}`;
    if (!this.picture || this.key !== key) {
      this.picture = new Picture(this.engine);
      this.key = key;
    }
    return this.picture;
  }
}
