import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { endConnectionsOf, openConnected } from '../connect/open.ts';
import { SegueError } from '../errors.ts';
import { exportListener } from '../listeners/personal/export-zip.ts';
import { resolveAgain } from '../listeners/resolve/resolve-again.ts';
import { Resolver } from '../listeners/resolve/resolver.ts';
import { train } from '../recommend/train.ts';
import { cancellable } from './context.ts';
import { number } from './import-text.ts';
import { registerBans } from './listener-bans.ts';
import { registerLists } from './listener-lists.ts';
import { registerOpinions } from './listener-opinions.ts';
import { registerPlays } from './listener-plays.ts';
import { registerReview } from './listener-review.ts';
import { Progress } from './progress.ts';
import { printable } from './table.ts';
import { updateAfterChange } from './update.ts';
import { withHousehold } from './with-household.ts';

export function register(program: Command): void {
  const group = program
    .command('listeners')
    .summary('manage listeners: plays, likes, bans, lists, review, consent, export, delete')
    .description(
      'Plays, likes, bans, saved lists and feedback of each listener are stored in the library folder, or in the PostgreSQL database named by SEGUE_DATABASE_URL.',
    );

  group
    .command('add')
    .summary('add a listener')
    .argument('<name>')
    .action((name: string, _flags: object, command: Command) =>
      withHousehold(command, async ({ household }) => {
        const listener = await (await household.repository()).listeners.add({ name });
        process.stdout.write(`Added ${printable(listener.name)} (${listener.id}).\n`);
      }),
    );

  group
    .command('list')
    .summary('list listeners with counts of what is stored')
    .option('--json', 'print JSON only')
    .action((flags: { json?: boolean }, command: Command) =>
      withHousehold(command, async ({ household }) => {
        const { listeners, settings } = await household.repository();
        const people = [];
        for (const listener of await listeners.all())
          people.push({
            ...listener,
            counts: await listeners.counts(listener.id),
            settings: await settings.get(listener.id),
          });
        if (flags.json) process.stdout.write(`${JSON.stringify(people, null, 2)}\n`);
        else if (people.length === 0)
          process.stdout.write('No listeners yet. Add one with `segue listeners add NAME`.\n');
        for (const {
          id,
          name,
          counts,
          settings: { consent },
        } of flags.json ? [] : people)
          process.stdout.write(
            `${printable(name)} (${id}): ${number(counts.plays)} plays of ${number(counts.songs)} songs, ${number(counts.likes)} likes, ${number(counts.bans)} bans, ${number(counts.lists)} lists; ${consent ? 'plays shared with the models' : 'private'}\n`,
          );
      }),
    );

  registerPlays(group);
  registerOpinions(group);
  registerBans(group);
  registerLists(group);
  registerReview(group);

  group
    .command('export')
    .summary('export all data of a listener as a zip of open formats')
    .argument('<name>', 'name or id of the listener')
    .option('--out <file>', 'zip file to write', 'segue-export.zip')
    .action((name: string, flags: { out: string }, command: Command) =>
      withHousehold(command, async ({ household }) => {
        const repository = await household.repository();
        const { id } = await repository.listeners.find(name);
        const partial = `${flags.out}.part`;
        try {
          await pipeline(await exportListener(repository, id), createWriteStream(partial));
          await rename(partial, flags.out);
        } catch (cause) {
          await rm(partial, { force: true });
          if (cause instanceof SegueError) throw cause;
          throw new SegueError('FILE_UNREADABLE', {
            got: `${flags.out} cannot be written: ${(cause as Error).message}`,
            remedy: 'Choose another file with --out',
            cause,
          });
        }
        process.stdout.write(`Wrote ${flags.out}.\n`);
      }),
    );

  group
    .command('delete')
    .summary('permanently delete a listener and their data')
    .description(
      'Deletes the history, likes, bans, lists and feedback, overwrites them on disk, removes the plays from the collaborative data and retrains models that may have learned from them. This cannot be undone; `segue listeners export` makes a copy first.',
    )
    .argument('<name>', 'name or id of the listener')
    .option('--yes', 'confirm the deletion')
    .action((name: string, flags: { yes?: boolean }, command: Command) =>
      withHousehold(command, async ({ household, library }) => {
        const listener = await (await household.repository()).listeners.find(name);
        if (!flags.yes)
          throw new SegueError('USAGE', {
            got: `This would permanently delete all data of ${printable(listener.name)}`,
            remedy: 'Run the command again with --yes',
          });
        household.beforeDeletion(async (id) => {
          const connected = await openConnected(library, null, household);
          await endConnectionsOf(connected, id).finally(() => connected.close());
        });
        const { removedModels } = await household.deleteEverything(listener.id);
        process.stdout.write(`Deleted all data of ${printable(listener.name)}.\n`);
        if (removedModels.length > 0 && (await library.datasetId()) !== null) {
          const progress = new Progress();
          progress.say(`Training ${removedModels.join(', ')} without them.`);
          await cancellable((signal) =>
            train(library, {
              models: removedModels,
              signal,
              onProgress: ({ overall, model }) => progress.update(overall, `training ${model}`),
            }),
          ).finally(() => progress.clear());
        }
      }),
    );

  group
    .command('resolve')
    .summary("look again for a listener's songs that the catalogue lacked")
    .argument('<name>', 'name or id of the listener')
    .action((name: string, _flags: object, command: Command) =>
      withHousehold(command, async ({ household, library }) => {
        const repository = await household.repository();
        const { id } = await repository.listeners.find(name);
        const resolver = await Resolver.build(await library.dataset());
        const { tried, settled, unsure } = await cancellable((signal) =>
          resolveAgain(repository, resolver, id, signal),
        );
        process.stdout.write(
          `Looked for ${number(tried)} songs: found ${number(settled)}; ${number(unsure)} need a review in the app.\n`,
        );
      }),
    );

  group
    .command('rename')
    .summary('rename a listener')
    .argument('<name>', 'name or id of the listener')
    .argument('<new-name>', 'new name of the listener')
    .action((name: string, to: string, _flags: object, command: Command) =>
      withHousehold(command, async ({ household }) => {
        const { listeners } = await household.repository();
        const renamed = await listeners.rename((await listeners.find(name)).id, to);
        process.stdout.write(`${printable(name)} is now ${printable(renamed.name)}.\n`);
      }),
    );

  group
    .command('remember-lists')
    .summary('choose whether to remember the lists shown to a listener')
    .argument('<name>', 'name or id of the listener')
    .argument('<on|off>', 'the choice')
    .action((name: string, state: string, _flags: object, command: Command) =>
      withHousehold(command, async ({ household }) => {
        const { listeners } = await household.repository();
        const listener = await listeners.find(name);
        await household.changeSettings(listener.id, { rememberShown: isOn('Remembering', state) });
        process.stdout.write(
          state === 'on'
            ? `Lists shown to ${printable(listener.name)} are remembered, on this machine only.\n`
            : `Lists shown to ${printable(listener.name)} are not remembered.\n`,
        );
      }),
    );

  group
    .command('consent')
    .summary("choose whether a listener's plays join the collaborative data")
    .argument('<name>', 'name or id of the listener')
    .argument('<on|off>', 'the choice')
    .action((name: string, state: string, _flags: object, command: Command) =>
      withHousehold(command, async ({ household, library }) => {
        const consent = isOn('Consent', state);
        const { listeners } = await household.repository();
        const listener = await listeners.find(name);
        await household.changeSettings(listener.id, { consent });
        process.stdout.write(
          state === 'on'
            ? `The plays of ${printable(listener.name)} are now part of the collaborative data, anonymously.\n`
            : `The plays of ${printable(listener.name)} are no longer part of the collaborative data.\n`,
        );
        if ((await library.listModels()).length > 0 && (await library.datasetId()) !== null)
          await updateAfterChange(library, new Progress(), true);
      }),
    );
}

/** @throws SegueError USAGE */
function isOn(what: string, state: string): boolean {
  if (state !== 'on' && state !== 'off')
    throw new SegueError('USAGE', { got: `${what} is "${state}"`, expected: 'on or off' });
  return state === 'on';
}
