import { execFileSync } from 'node:child_process';

/** A Python of the caller's choice with the packages of test/golden/requirements.txt; `.ci/run` makes one. */
export const PYTHON = process.env.SEGUE_TEST_PYTHON ?? 'python3';

/** Why tests that need these modules skip, false when they run. */
export function pythonLacks(...modules: readonly string[]): string | false {
  try {
    execFileSync(PYTHON, ['-c', modules.map((name) => `import ${name}`).join(';')], { stdio: 'ignore' });
    return false;
  } catch {
    return `${PYTHON} has no ${modules.join(', ')}; name another one in SEGUE_TEST_PYTHON`;
  }
}
