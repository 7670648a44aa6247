import type { Configuration } from '../../configuration/settings.ts';

/** Result of one check. `problem` keeps Segue from working, `warning` does not. */
export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'problem';
  /** The finding, as a sentence. */
  readonly found: string;
  /** What to do, as a sentence; omitted when all is well. */
  readonly remedy?: string;
}

/** The subject of the checks. */
export interface Installation {
  readonly settings: Configuration;
  readonly env: NodeJS.ProcessEnv;
  /** E.g. `24.21.0`. */
  readonly nodeVersion: string;
  /** Free bytes on the disk of a folder. */
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
