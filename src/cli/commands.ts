import { Command } from 'commander';
import { DEFAULT_LIBRARY, VERSION } from '../config.ts';
import { nameMisuse } from './failure.ts';

interface CommandFile {
  register(program: Command): void;
}

/** Every command, one line each, in the order of the help. Commands are loaded on demand, so most start far faster. */
export const COMMANDS: Readonly<Record<string, () => Promise<CommandFile>>> = {
  start: () => import('./start.ts'),
  import: () => import('./import.ts'),
  analyse: () => import('./analyse.ts'),
  export: () => import('./export.ts'),
  forget: () => import('./forget.ts'),
  listeners: () => import('./listeners.ts'),
  compact: () => import('./compact.ts'),
  info: () => import('./info.ts'),
  explore: () => import('./explore.ts'),
  train: () => import('./train.ts'),
  adopt: () => import('./adopt.ts'),
  update: () => import('./update.ts'),
  recommend: () => import('./recommend.ts'),
  path: () => import('./path.ts'),
  models: () => import('./models.ts'),
  'for-you': () => import('./for-you.ts'),
  listening: () => import('./listening.ts'),
  backtest: () => import('./backtest.ts'),
  experiment: () => import('./experiment.ts'),
  evaluate: () => import('./evaluate.ts'),
  tune: () => import('./tune.ts'),
  submit: () => import('./submit.ts'),
  verify: () => import('./verify.ts'),
  serve: () => import('./serve.ts'),
  stream: () => import('./stream.ts'),
  connect: () => import('./connect.ts'),
  sync: () => import('./sync.ts'),
  fetch: () => import('./fetch.ts'),
  disconnect: () => import('./disconnect.ts'),
  backup: () => import('./backup.ts'),
  restore: () => import('./restore.ts'),
  doctor: () => import('./doctor.ts'),
  config: () => import('./config.ts'),
};

/** The commands that the arguments need: the one being called, none for the version, or all (for help or a misspelt name). */
export function neededCommands(args: readonly string[]): string[] {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--library' || arg === '-l' || arg === '--config') i++;
    else if (Object.hasOwn(COMMANDS, arg)) return [arg];
    else if (arg === '--version' || arg === '-V') return [];
    else if (!/^--(?:library|config)=/.test(arg)) break;
  }
  return Object.keys(COMMANDS);
}

/** The library that a command will open, as far as it is known before settings are read; null where a configuration file may name another. */
export function namedLibrary(args: readonly string[]): string | null {
  let named: string | null = null;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--config' || arg.startsWith('--config=')) return null;
    if (arg === '--library' || arg === '-l') named = args[++i] ?? null;
    else if (arg.startsWith('--library=')) named = arg.slice('--library='.length);
  }
  return named ?? (process.env.SEGUE_LIBRARY || DEFAULT_LIBRARY);
}

/** Starts the help of a command with a sentence: its summary if there is nothing longer. */
function openWithSentence(command: Command): void {
  const line = command.summary() || command.description();
  command.summary(line);
  if (command.description() === '' || command.description() === line)
    command.description(`${line.charAt(0).toUpperCase()}${line.slice(1)}.`);
  command.commands.forEach(openWithSentence);
}

export async function buildProgram(names: readonly string[]): Promise<Command> {
  const program = new Command('segue')
    .description('Recommends music from a song, a playlist, a title, a library or a listening history.')
    .version(VERSION)
    .option('-l, --library <dir>', 'library folder (default: $SEGUE_LIBRARY, else ./library)')
    .option('--config <file>', 'a configuration file (default: segue.config.json in the library, when it is there)')
    .showSuggestionAfterError()
    .configureOutput({ outputError: () => {} });
  for (const name of names) (await COMMANDS[name]!()).register(program);
  for (const command of program.commands) command.copyInheritedSettings(program);
  program.commands.forEach(openWithSentence);
  nameMisuse(program);
  return program;
}
