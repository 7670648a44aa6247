import { type Command, CommanderError } from 'commander';
import { SegueError } from '../errors.ts';

/** Removes terminal control characters: errors quote names and headers of foreign files. */
const printable = (text: string): string =>
  text.replace(/[^\P{Cc}\n\t]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');

/** A command line that commander could not read, with the command that it was meant for. */
class Misuse extends CommanderError {
  readonly help: string;

  constructor({ exitCode, code, message }: CommanderError, command: Command) {
    super(exitCode, code, message);
    let path = command.name();
    for (let above = command.parent; above; above = above.parent) path = `${above.name()} ${path}`;
    this.help = `${path} --help`;
  }
}

/** Makes a command and those below it throw their errors of usage with the name of the command whose help explains it. */
export function nameMisuse(command: Command): void {
  command.exitOverride((error) => {
    throw new Misuse(error, command);
  });
  command.commands.forEach(nameMisuse);
}

/** Writes an error for people and returns the exit code: one clear message, with a stack trace only for bugs under SEGUE_DEBUG. */
export function reportFailure(error: unknown, out: NodeJS.WritableStream = process.stderr): number {
  if (error instanceof SegueError) {
    out.write(`${printable(error.message)}\n`);
    const missing = error.suggestions.filter((s) => !error.message.includes(s));
    for (const suggestion of missing) out.write(`  ${printable(suggestion)}\n`);
    return error.exitCode;
  }
  if (error instanceof CommanderError) {
    // commander has already printed help and version.
    if (error.exitCode === 0) return 0;
    const text = error.message
      .replace(/^error: /, '')
      .replace(/\n+/g, ' ')
      .replace(' (Did you mean ', '. Did you mean ')
      .replace(/\?\)$/, '?')
      .replace(/\.$/, '');
    if (text !== '(outputHelp)')
      out.write(
        `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('?') ? '' : '.'} See \`${error instanceof Misuse ? error.help : 'segue --help'}\`.\n`,
      );
    return 2;
  }
  const text = error instanceof Error ? error.message : String(error);
  out.write(`Internal error: ${text}. Please report it; set SEGUE_DEBUG=1 to see the stack trace.\n`);
  if (process.env.SEGUE_DEBUG && error instanceof Error) out.write(`${error.stack}\n`);
  return 70;
}

/** Ends the process quietly when the reader closes the pipe early (`segue … | head`). */
export function quietPipes(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
}

/** Stops as on SIGTERM when the process that started this one over a channel (bin/segue on an older Node) has ended for any reason. */
export function endWithLauncher(): void {
  if (!process.channel) return;
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
