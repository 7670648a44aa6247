import type { Command } from 'commander';
import { type ImportMineReport, importMine } from '../listeners/import-mine/import-mine.ts';
import { Resolver } from '../listeners/resolve/resolver.ts';
import { PERSONAL_FORMATS } from '../sources/personal/registry.ts';
import { cancellable } from './context.ts';
import { number, rejectionLines } from './import-text.ts';
import { duration, Progress } from './progress.ts';
import { printable } from './table.ts';
import { withHousehold } from './with-household.ts';

interface MineFlags {
  listener: string;
  privateSessions?: boolean;
  json?: boolean;
}

/** `segue import mine`: imports a person's own exports into their history. */
export function registerMine(group: Command): void {
  group
    .command('mine')
    .summary("a listener's own exports: history, likes, playlists, bans")
    .description(
      'Imports personal data exports for a listener. Formats are recognised by content; importing the same files again adds nothing. The data stays on this machine.',
    )
    .argument('<files...>', 'files, folders or zip archives as downloaded')
    .requiredOption('--listener <name>', 'the listener; a new name creates one')
    .option('--private-sessions', 'include plays from private sessions')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      () => `\nFormats:\n${PERSONAL_FORMATS.map(({ title, obtain }) => `  ${title}: ${obtain}`).join('\n')}`,
    )
    .action((files: string[], flags: MineFlags, self: Command) =>
      withHousehold(self, async ({ household, library }) => {
        const progress = new Progress();
        const start = performance.now();
        const report = await cancellable(async (signal) => {
          const repository = await household.repository();
          const resolver = await Resolver.build(await library.dataset());
          const name = flags.listener.trim();
          const known = await repository.listeners.find(name).catch(() => null);
          const listener = known ?? (await repository.listeners.add({ name }));
          try {
            const done = await importMine(repository, resolver, files, listener.id, {
              incognito: flags.privateSessions ?? false,
              signal,
              onProgress: ({ fraction, note }) => progress.update(fraction, note),
            });
            await household.refreshContribution(listener.id);
            return done;
          } catch (error) {
            // Undo adding a person for an import that failed.
            if (!known) await repository.listeners.remove(listener.id);
            throw error;
          }
        }).finally(() => progress.clear());
        process.stdout.write(
          flags.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report, (performance.now() - start) / 1000),
        );
      }),
    );
}

function reportText({ formats, files, aside, counts, rejections, songs }: ImportMineReport, seconds: number): string {
  const kinds = Object.entries(counts).filter(([, count]) => count > 0);
  const lines = [
    `Read ${number(files)} ${files === 1 ? 'file' : 'files'} in ${duration(seconds)}: ${formats.join(', ')}.`,
    `Stored: ${kinds.map(([kind, count]) => `${number(count)} ${kind === 'known' ? 'plays already known' : kind}`).join(', ') || 'nothing'}.`,
    `Songs: ${number(songs.matched)} found in the catalogue, ${number(songs.unsure)} uncertain, ${number(songs.unknown)} not in it (kept as the listener's own songs).`,
    ...rejectionLines(rejections),
  ];
  if (aside.length > 0)
    lines.push(
      '',
      `Skipped, unknown format: ${aside.slice(0, 10).map(printable).join(', ')}${aside.length > 10 ? ', …' : ''}.`,
    );
  return `${lines.join('\n')}\n`;
}
