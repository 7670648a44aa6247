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
    startEarly(namedLibrary(args));
  }
  const program = await buildProgram(needed);
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
}
