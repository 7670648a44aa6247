import { buildProgram, neededCommands } from './commands.ts';
import { quietPipes, reportFailure } from './failure.ts';

quietPipes();
try {
  const program = await buildProgram(neededCommands(process.argv.slice(2)));
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
}
