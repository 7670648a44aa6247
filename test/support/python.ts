import { execFileSync } from 'node:child_process';

/** A Python chosen by the caller, with the packages of test/golden/requirements.txt; `.ci/run` creates one. */
export const PYTHON = process.env.SEGUE_TEST_PYTHON ?? 'python3';

/** Why tests that need these modules are skipped; false when they run. */
export function pythonLacks(...modules: readonly string[]): string | false {
  try {
    execFileSync(PYTHON, ['-c', modules.map((name) => `import ${name}`).join(';')], { stdio: 'ignore' });
    return false;
  } catch {
    return `${PYTHON} has no ${modules.join(', ')}; name another one in SEGUE_TEST_PYTHON`;
  }
}
