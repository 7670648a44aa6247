import { buildProgram, neededCommands } from './commands.ts';
import { endWithLauncher, quietPipes, reportFailure } from './failure.ts';

quietPipes();
endWithLauncher();
try {
  const program = await buildProgram(neededCommands(process.argv.slice(2)));
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
}
