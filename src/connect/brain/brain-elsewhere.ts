import { Brain, type BrainParts } from './brain.ts';

/** What takes a model or a pass over the catalogue. */
export type BrainMethod = 'similarSongs' | 'forHistory' | 'sonicSimilar' | 'path' | 'topSongs' | 'similarArtists';

/** A music server's question as plain data, so that any thread can answer it. */
export interface BrainQuery<M extends BrainMethod = BrainMethod> {
  readonly method: M;
  readonly args: Parameters<Brain[M]>;
  /** Songs that the listener never wants; the answering side does not know the listeners. */
  readonly bans: readonly string[];
}

/** Answers a music server's question. @throws SegueError as the engine does */
export type AskBrain = (query: BrainQuery) => Promise<unknown>;

/** A brain whose models are on other threads: it identifies the listener and forwards the question. */
export class BrainElsewhere extends Brain {
  private readonly ask: AskBrain;

  constructor(parts: BrainParts, ask: AskBrain) {
    super(parts);
    this.ask = ask;
  }

  override similarSongs(...args: Parameters<Brain['similarSongs']>): ReturnType<Brain['similarSongs']> {
    return this.elsewhere('similarSongs', args);
  }

  override forHistory(...args: Parameters<Brain['forHistory']>): ReturnType<Brain['forHistory']> {
    return this.elsewhere('forHistory', args);
  }

  override sonicSimilar(...args: Parameters<Brain['sonicSimilar']>): ReturnType<Brain['sonicSimilar']> {
    return this.elsewhere('sonicSimilar', args);
  }

  override path(...args: Parameters<Brain['path']>): ReturnType<Brain['path']> {
    return this.elsewhere('path', args);
  }

  override topSongs(...args: Parameters<Brain['topSongs']>): ReturnType<Brain['topSongs']> {
    return this.elsewhere('topSongs', args);
  }

  override similarArtists(...args: Parameters<Brain['similarArtists']>): ReturnType<Brain['similarArtists']> {
    return this.elsewhere('similarArtists', args);
  }

  private async elsewhere<M extends BrainMethod>(
    method: M,
    args: Parameters<Brain[M]>,
  ): Promise<Awaited<ReturnType<Brain[M]>>> {
    const { listener } = args.at(-1) as Parameters<Brain['topSongs']>[2];
    const query: BrainQuery<M> = { method, args, bans: await this.bans(listener) };
    return (await this.ask(query as unknown as BrainQuery)) as Awaited<ReturnType<Brain[M]>>;
  }
}
