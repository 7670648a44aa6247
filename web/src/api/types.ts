import type { operations } from './schema.generated.ts';

/** The shapes of the HTTP API by name, from the generated types. */

export type Answer<Id extends keyof operations> = operations[Id]['responses'] extends {
  200: { content: { 'application/json': infer Body } };
}
  ? Body
  : never;
type Body<Id extends keyof operations> = operations[Id] extends {
  requestBody?: { content: { 'application/json': infer Content } };
}
  ? Content
  : never;

export type RecommendRequest = Body<'recommend'>;
export type RecommendResponse = Answer<'recommend'>;
export type Understood = NonNullable<RecommendResponse['understood']>[number];
export type RecommendedTrack = RecommendResponse['tracks'][number];
export type Reason = NonNullable<RecommendedTrack['reasons']>[number];
export type FoundTrack = Answer<'searchTracks'>['tracks'][number];
export type SearchAnswer = Answer<'searchTracks'>;
export type FoundArtist = SearchAnswer['artists'][number];
export type FoundAlbum = SearchAnswer['albums'][number];
export type Track = Answer<'getMapTracks'>['tracks'][number];
export type ResolveAnswer = Answer<'resolve'>;
export type ResolvedLine = ResolveAnswer['lines'][number];
export type OwnerSummary = Answer<'searchOwners'>['owners'][number];
export type Model = Answer<'listModels'>['models'][number];
export type Library = Answer<'getLibrary'>;
export type MapHeader = Answer<'getMap'>;
export type Job = Answer<'getJob'>;
export type JobRequest = Body<'startJob'>;
export type Health = Answer<'health'>;
export type Explore = Answer<'explore'>;
