import { Command } from 'commander';
import { VERSION } from '../config.ts';
import { register as evaluate } from './evaluate.ts';
import { register as explore } from './explore.ts';
import { quietPipes, reportFailure } from './failure.ts';
import { register as forget } from './forget.ts';
import { register as importFiles } from './import.ts';
import { register as info } from './info.ts';
import { register as models } from './models.ts';
import { register as recommend } from './recommend.ts';
import { register as serve } from './serve.ts';
import { register as start } from './start.ts';
import { register as submit } from './submit.ts';
import { register as train } from './train.ts';
import { register as tune } from './tune.ts';
import { register as update } from './update.ts';
import { register as verify } from './verify.ts';

/** Every command, one line each, in the order of the help. */
const COMMANDS: readonly ((program: Command) => void)[] = [
  start,
  importFiles,
  forget,
  info,
  explore,
  train,
  update,
  recommend,
  models,
  evaluate,
  tune,
  submit,
  verify,
  serve,
];

export function buildProgram(): Command {
  const program = new Command('segue')
    .description('Recommends music from a song, a playlist, a title, a library or a listening history.')
    .version(VERSION)
    .option('-l, --library <dir>', 'the library folder (default: $SEGUE_LIBRARY, else ./library)')
    .showSuggestionAfterError()
    .configureOutput({ outputError: () => {} })
    .exitOverride();
  for (const register of COMMANDS) register(program);
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}

quietPipes();
try {
  await buildProgram().parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
}
