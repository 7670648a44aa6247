/** What a server prepares before it answers. */
export const PREPARATIONS = ['search', 'model'] as const;
export type Preparation = (typeof PREPARATIONS)[number];
