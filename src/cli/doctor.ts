import type { Command } from 'commander';
import { examine, installation } from '../operate/doctor/examine.ts';
import { configurationOf } from './context.ts';
import { withServeOptions } from './serve.ts';
import { printable } from './table.ts';

const SIGNS = { ok: '✔', warning: '!', problem: '✖' } as const;
/** Exit code when something keeps Segue from working. */
const UNWELL = 3;

/** Adds `segue doctor`. */
export function register(program: Command): void {
  withServeOptions(program.command('doctor'))
    .summary('check the installation and say what to do')
    .description(
      'Checks the installation and the library, and says what to do about each finding. Changes nothing. Exits with 0 if Segue can run (warnings included), otherwise with 3.',
    )
    .option('--json', 'print the findings as JSON')
    .action(async (flags: { json?: boolean }, command: Command) => {
      const findings = await examine(installation(configurationOf(command).values));
      if (flags.json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
      else
        for (const { check, state, found, remedy } of findings)
          process.stdout.write(
            `${SIGNS[state]} ${check.padEnd(12)} ${printable(found)}${remedy ? ` ${printable(remedy)}` : ''}\n`,
          );
      if (!flags.json && findings.some(({ state }) => state !== 'ok'))
        process.stdout.write('docs/operations.md says what to do in each case.\n');
      if (findings.some(({ state }) => state === 'problem')) process.exitCode = UNWELL;
    });
}
