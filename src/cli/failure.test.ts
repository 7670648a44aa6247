import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { SegueError } from '../errors.ts';
import { buildProgram, neededCommands } from './commands.ts';
import { reportFailure } from './failure.ts';

/** What an error makes the command line print, and its exit code. */
function report(error: unknown): { code: number; said: string } {
  let said = '';
  const out = new Writable({
    write(chunk, _encoding, done) {
      said += chunk;
      done();
    },
  });
  return { code: reportFailure(error, out), said };
}

test('an error that quotes a foreign file cannot steer the terminal', () => {
  const hostile = '\u001b[2J\u001b]0;title\u0007\r\u009b31m\u202e';
  const error = new SegueError('COLUMNS_MISSING', { got: `It has the columns ${hostile}`, suggestions: [hostile] });
  const { code, said } = report(error);
  assert.equal(code, error.exitCode);
  assert.match(said, /It has the columns/);
  assert.deepEqual(said.match(/[^\P{Cc}\n\t]|\u202e/gu), null);
});

test('a wrong command line points to the help of the command it was meant for', async () => {
  for (const [line, help] of [
    ['recommend --nonsense', 'segue recommend --help'],
    ['recommend -n', 'segue recommend --help'],
    ['path one', 'segue path --help'],
    ['import mine', 'segue import mine --help'],
    ['listeners add', 'segue listeners add --help'],
    ['listeners plays Ana --nonsense', 'segue listeners plays --help'],
    ['listeners frobnicate', 'segue listeners --help'],
    ['frobnicate', 'segue --help'],
  ] as const) {
    const args = line.split(' ');
    const program = await buildProgram(neededCommands(args));
    const error = await program.parseAsync(args, { from: 'user' }).then(
      () => assert.fail(line),
      (thrown: unknown) => thrown,
    );
    const { code, said } = report(error);
    assert.equal(code, 2, line);
    assert.ok(said.endsWith(` See \`${help}\`.\n`), `${line}: ${said}`);
  }
});
