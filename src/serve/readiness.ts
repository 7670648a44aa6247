import type { Engine } from '../recommend/engine.ts';
import { PREPARATIONS } from '../recommend/preparations.ts';
import type { Answering } from './answering/question.ts';

/** What a server prepares before it is ready, in this order. */
export const AWAITED = ['library', ...PREPARATIONS] as const;
export type Awaited = (typeof AWAITED)[number];

/** Whether a server accepts queries. */
export interface Readiness {
  readonly ready: boolean;
  readonly waitingFor: readonly Awaited[];
}

export const readiness = (engine: Engine, answers: Answering): Readiness => ({
  ready: engine.isOpen && (answers.ready?.() ?? true),
  waitingFor: [...(engine.isOpen ? [] : ['library' as const]), ...(answers.waitingFor ?? [])],
});
