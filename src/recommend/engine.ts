import type {
  LibraryAnswer,
  ModelAnswer,
  ModelsAnswer,
  OwnerAnswer,
  OwnersAnswer,
  ResolveAnswer,
  SearchAnswer,
  SimilarAnswer,
  TrackAnswer,
} from './answers.ts';
import type { Metrics } from './metrics.ts';
import type { RecommendRequest, RecommendResponse, TrackDetails } from './request.ts';

export interface MapHeader {
  version: string;
  count: number;
  method: string;
  columns: { name: string; type: 'Float32' | 'Uint8' | 'Uint16' | 'Int16'; offset: number; meaning: string }[];
  clusters: { label: string; count: number }[];
  genres: { label: string; count: number }[];
}

/** The only door to recommendations. */
export interface Engine {
  readonly metrics: Metrics;
  recommend(request: RecommendRequest): Promise<RecommendResponse>;
  similar(request: { track: string; n?: number; model?: string; details?: boolean }): Promise<SimilarAnswer>;
  search(q: string, limit: number): Promise<SearchAnswer>;
  track(id: string): Promise<TrackAnswer>;
  resolve(text: string, suggestions: number): Promise<ResolveAnswer>;
  models(): Promise<ModelsAnswer>;
  model(id: string): Promise<ModelAnswer>;
  library(): Promise<LibraryAnswer>;
  owners(q: string, limit: number): Promise<OwnersAnswer>;
  owner(id: string): Promise<OwnerAnswer>;
  map(): Promise<{ header: MapHeader; points: Buffer }>;
  tracksByNumber(numbers: readonly number[]): Promise<TrackDetails[]>;
  explore(): Promise<Record<string, unknown>>;
  health(): Promise<{
    ok: boolean;
    version: string;
    uptimeSeconds: number;
    library: { catalogueId: string; tracks: number; owners: number };
    models: { trained: string[]; loaded: string[]; default: string | null };
  }>;
}
