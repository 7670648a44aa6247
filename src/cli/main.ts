import { readEarly } from '../library/early-files.ts';
import { BY_ROWS } from '../models/by-rows.ts';
import { FIRST_CHOICE } from '../models/first-choice.ts';
import { startEarly } from '../serve/answering/early-thread.ts';
import { buildProgram, namedLibrary, neededCommands } from './commands.ts';
import { endWithLauncher, quietPipes, reportFailure } from './failure.ts';

const HELP = new Set(['-h', '--help', '-V', '--version']);

quietPipes();
endWithLauncher();
try {
  const args = process.argv.slice(2);
  const needed = neededCommands(args);
  const [command] = needed;
  if ((command === 'serve' || command === 'start') && !args.some((arg) => HELP.has(arg))) {
    startEarly();
    const library = namedLibrary(args);
    if (library !== null) readEarly(library, FIRST_CHOICE, BY_ROWS);
  }
  const program = await buildProgram(needed);
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
}
