import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Command } from 'commander';
import { COMMANDS, neededCommands } from './commands.ts';

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
    ['--version', all],
    ['constructor', all],
  ] as const)
    assert.deepEqual(neededCommands(line === '' ? [] : line.split(' ')), needed, line);
});
