import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The latest evaluation report of a library, null when there is none yet. */
export async function latestReport(dir: string): Promise<Record<string, unknown> | null> {
  try {
    const value: unknown = JSON.parse(await readFile(join(dir, 'evaluation', 'report.json'), 'utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
