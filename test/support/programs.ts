import { execFileSync } from 'node:child_process';

/** Why tests that run these programs are skipped; false when all are installed. */
export function programsLack(...names: readonly string[]): string | false {
  const missing = names.filter((name) => {
    try {
      execFileSync('sh', ['-c', 'command -v "$0"', name], { stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  });
  return missing.length > 0 && `not installed: ${missing.join(', ')}`;
}
