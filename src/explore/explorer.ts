import type { Dataset } from '../dataset/dataset.ts';
import type { State } from '../recommend/state.ts';
import type { ExploreData } from './explore-types.ts';
import { draw, drawInBackground, type Pictures } from './pictures.ts';
import { packMap, type TasteMap, tasteLayout } from './taste-map.ts';

/** Whether anything is known about the tracks themselves. */
function hasContent({ tracks, genres }: Dataset): boolean {
  return genres.size > 0 || tracks.year.some((y) => y >= 0) || tracks.features.some((value) => !Number.isNaN(value));
}

/** The picture of one state of the library: drawn on first use, kept while that state's dataset is current. */
class Picture {
  private readonly state: State;
  private map: Promise<TasteMap> | null = null;
  private drawn: Promise<Pictures> | null = null;

  constructor(state: State) {
    this.state = state;
  }

  /** A failed drawing is not kept: the next call tries again. */
  pictures(): Promise<Pictures> {
    const { dataset, datasetId, dir } = this.state;
    if (!this.drawn) {
      const drawn = dir
        ? drawInBackground({ dir, datasetId }, (layout) => {
            if (hasContent(dataset))
              this.map = Promise.resolve(packMap(dataset, layout, `${datasetId}-${layout.method}`));
          }).then((pictures) => pictures ?? draw(dataset))
        : draw(dataset);
      this.drawn = drawn;
      drawn.catch(() => {
        this.drawn = null;
      });
    }
    return this.drawn;
  }

  tasteMap(): Promise<TasteMap> {
    if (!this.map) {
      const made = this.makeMap();
      this.map = made;
      made.catch(() => {
        if (this.map === made) this.map = null;
      });
    }
    return this.map;
  }

  private async makeMap(): Promise<TasteMap> {
    const { dataset, datasetId, models } = this.state;
    const pictures = await this.pictures();
    if (hasContent(dataset)) return packMap(dataset, pictures.layout, `${datasetId}-${pictures.layout.method}`);
    // With no content known, tracks that are liked together lie together.
    await models.preload();
    for (const id of models.loaded) {
      const vectors = models.peek(id)?.vectors?.();
      if (vectors) return packMap(dataset, tasteLayout(dataset, vectors), `${datasetId}-${id}`);
    }
    return packMap(dataset, pictures.layout, datasetId);
  }
}

/** The taste map and the exploration charts of the library that an engine serves. */
export class Explorer {
  private readonly engine: { readonly current: State };
  private picture: Picture | null = null;
  private key = '';

  /** @param engine its `current` state is looked up at each call, so the picture follows the library */
  constructor(engine: { readonly current: State }) {
    this.engine = engine;
  }

  /** The taste map: positions, clusters and labels of all tracks. */
  map(): Promise<TasteMap> {
    return this.currentPicture().tasteMap();
  }

  /** Data for the exploration charts. */
  async charts(): Promise<ExploreData> {
    return (await this.currentPicture().pictures()).explore;
  }

  private currentPicture(): Picture {
    const state = this.engine.current;
    // Without content the map is drawn from a model's vectors, so new models bring a new map.
    const key = hasContent(state.dataset) ? state.datasetId : `${state.datasetId} ${state.models.trained.join()}`;
    if (!this.picture || this.key !== key) {
      this.picture = new Picture(state);
      this.key = key;
    }
    return this.picture;
  }
}
