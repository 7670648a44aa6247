import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Command } from 'commander';
import { buildProgram, COMMANDS, namedLibrary, neededCommands } from './commands.ts';
import { rangeOf } from './context.ts';

test('each command registers itself, and only itself, under its name', async () => {
  for (const [name, load] of Object.entries(COMMANDS)) {
    const program = new Command();
    (await load()).register(program);
    assert.deepEqual(
      program.commands.map((command) => command.name()),
      [name],
    );
  }
});

test('only the called command is loaded; help and misspelt names load all', () => {
  const all = Object.keys(COMMANDS);
  for (const [line, needed] of [
    ['import mpd x', ['import']],
    ['--library info recommend -n 5', ['recommend']],
    ['-l info train info', ['train']],
    ['--library=info info', ['info']],
    ['recommend --help', ['recommend']],
    ['', all],
    ['--help', all],
    ['help train', all],
    ['recomend', all],
    ['--version', []],
    ['-l here -V', []],
    ['constructor', all],
  ] as const)
    assert.deepEqual(neededCommands(line === '' ? [] : line.split(' ')), needed, line);
});

test('the library of a command is known before its settings are read, unless a configuration file may name it', () => {
  const { SEGUE_LIBRARY } = process.env;
  try {
    delete process.env.SEGUE_LIBRARY;
    for (const [line, library] of [
      ['serve', './library'],
      ['serve --port 80 --library here', 'here'],
      ['-l here serve', 'here'],
      ['serve --library=here', 'here'],
      ['serve --config file.json', null],
      ['--config=file.json serve --library here', null],
    ] as const)
      assert.equal(namedLibrary(line.split(' ')), library, line);
    process.env.SEGUE_LIBRARY = 'there';
    assert.equal(namedLibrary(['serve']), 'there');
    assert.equal(namedLibrary(['serve', '-l', 'here']), 'here');
  } finally {
    if (SEGUE_LIBRARY === undefined) delete process.env.SEGUE_LIBRARY;
    else process.env.SEGUE_LIBRARY = SEGUE_LIBRARY;
  }
});

test('the help of every command opens with a sentence, and no list is said to be empty by default', async () => {
  const each = (commands: readonly Command[]): Command[] => commands.flatMap((c) => [c, ...each(c.commands)]);
  for (const command of each((await buildProgram(Object.keys(COMMANDS))).commands)) {
    assert.match(command.description(), /^\p{Lu}.*[.]$/su, command.name());
    assert.match(command.summary(), /^\P{Lu}.*[^.]$/u, command.name());
    assert.doesNotMatch(command.helpInformation(), /default: \[\]/, command.name());
  }
});

test('a range is read with a hyphen or a dash, open at either end; the smaller number comes first', () => {
  const read = rangeOf('--year', 1000, 2100);
  assert.deepEqual(read('1990-1999'), { from: 1990, to: 1999 });
  assert.deepEqual(read('1990–1999'), { from: 1990, to: 1999 });
  assert.deepEqual(
    [read('1990'), read('1990-'), read('-1999')],
    [{ from: 1990, to: 1990 }, { from: 1990 }, { to: 1999 }],
  );
  assert.throws(() => read('1999-1990'), /--year is "1999-1990". Expected the smaller number first/);
  assert.throws(() => read('90s'), /--year is "90s". Expected numbers from 1000 to 2100 as from-to, from- or -to/);
  for (const text of ['90-99', '1990-2999', '-999'])
    assert.throws(() => read(text), /Expected numbers from 1000 to 2100\.?$/, text);
});
