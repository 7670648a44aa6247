import type { Configuration } from '../../configuration/settings.ts';

/** What one check found. `problem` keeps Segue from working, `warning` does not. */
export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'problem';
  /** What is the case, as a sentence. */
  readonly found: string;
  /** What to do, as a sentence; none when all is well. */
  readonly remedy?: string;
}

/** What is examined. */
export interface Installation {
  readonly settings: Configuration;
  readonly env: NodeJS.ProcessEnv;
  /** E.g. `24.21.0`. */
  readonly nodeVersion: string;
  /** Free bytes of the disk that a folder is on. */
  readonly freeBytes: (dir: string) => Promise<number>;
  /** Instantiates the kernels; throws when they are missing or the platform lacks what they need. */
  readonly loadKernels: () => void;
}

/** A check reads and writes nothing. */
export type Check = (installation: Installation) => Promise<Finding>;

export const ok = (check: string, found: string): Finding => ({ check, state: 'ok', found });
export const warning = (check: string, found: string, remedy: string): Finding => ({
  check,
  state: 'warning',
  found,
  remedy,
});
export const problem = (check: string, found: string, remedy: string): Finding => ({
  check,
  state: 'problem',
  found,
  remedy,
});
