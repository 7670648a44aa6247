import type { Command } from 'commander';
import { SETTINGS, type Setting, type SettingName } from '../configuration/settings.ts';
import { configurationOf } from './context.ts';
import { withServeOptions } from './serve.ts';
import { table } from './table.ts';

/** Adds `segue config`. */
export function register(program: Command): void {
  withServeOptions(program.command('config'))
    .summary('print the settings in effect and where each came from')
    .description(
      'Prints each setting in effect and where it came from. Flags override environment variables, those override the configuration file, and the file overrides the defaults. Secrets are never printed.',
    )
    .option('--json', 'print the settings as JSON')
    .action((flags: { json?: boolean }, command: Command) => {
      const { values, origins } = configurationOf(command);
      const rows = (Object.keys(SETTINGS) as SettingName[]).map((name) => {
        const { secret, env }: Setting = SETTINGS[name];
        const value = values[name] ?? null;
        return { name, value: secret && value !== null ? '(secret)' : value, from: origins[name], variable: env };
      });
      if (flags.json) {
        process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
        return;
      }
      const lines = rows.map(({ name, value, from }) => {
        const shown = value === null ? '–' : Array.isArray(value) ? value.join(', ') || '–' : String(value);
        return [name, shown, from];
      });
      process.stdout.write(`${table(['setting', 'value', 'from'], lines)}\n`);
    });
}
