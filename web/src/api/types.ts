export interface RecommendRequest {
  seeds?: { track: string; weight?: number }[];
  title?: string;
  n?: number;
  model?: string;
  exclude?: string[];
  filters?: {
    year?: { from?: number; to?: number };
    popularity?: { from?: number; to?: number };
    energy?: { from?: number; to?: number };
    tempo?: { from?: number; to?: number };
    explicit?: boolean;
    genres?: string[];
    keepUnknown?: boolean;
  };
  perArtist?: number;
  diversity?: number;
  adventure?: number;
  order?: 'score' | 'smooth' | 'arc';
  options?: Record<string, unknown>;
  details?: boolean;
}
