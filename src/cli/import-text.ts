import type { Rejection } from '../dataset/rows.ts';
import type { ImportReport, LibraryCounts } from '../library/library-types.ts';
import { duration } from './progress.ts';
import { printable } from './table.ts';

export const number = (value: number): string => value.toLocaleString('en-US');
export const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const plural = (count: number, one: string, many = `${one}s`): string => `${number(count)} ${count === 1 ? one : many}`;

/** The report of an import for people. */
export function importText(report: ImportReport, seconds: number): string {
  const lines = [headline(report, seconds)];
  const { taken } = report;
  const what = [
    taken.owners > 0 && plural(taken.owners, 'owner', 'owners'),
    taken.entries > 0 && plural(taken.entries, 'entry', 'entries'),
    taken.tracks > 0 && `${plural(taken.tracks, 'track')} (counted in each file)`,
    taken.artists > 0 && plural(taken.artists, 'artist'),
  ].filter((part) => part !== false);
  lines.push(`Imported: ${what.join(', ') || 'nothing'}.`);
  if (report.skipped.length > 0) {
    lines.push('', 'Skipped files:');
    for (const { file, reason } of report.skipped) lines.push(`  ${printable(file)}: ${printable(reason)}`);
  }
  lines.push(...rejectionLines(report.rejections), ...cleaningLines(report.cleaning));
  lines.push('', 'Library now:', ...countLines(report.library, report.before));
  return `${lines.join('\n')}\n`;
}

function headline({ read, already, changed, source }: ImportReport, seconds: number): string {
  const there = already > 0 ? `; ${number(already)} ${already === 1 ? 'was' : 'were'} already there` : '';
  const outcome = changed ? '' : ' Nothing new: the library is unchanged.';
  return `Read ${plural(read, 'file')} of the source "${source}" in ${duration(seconds)}${there}.${outcome}`;
}

export function rejectionLines(rejections: readonly Rejection[]): string[] {
  if (rejections.length === 0) return ['', 'Rejected rows: none.'];
  const lines = rejections.map(
    ({ cause, count, firstAt }) => `  ${number(count).padStart(10)}  ${cause}, first at ${printable(firstAt)}`,
  );
  return ['', 'Rejected rows:', ...lines];
}

export function cleaningLines(cleaning: Readonly<Record<string, number>>): string[] {
  const rules = Object.entries(cleaning).sort(([, a], [, b]) => b - a);
  if (rules.length === 0) return [];
  return ['', 'Cleaned:', ...rules.map(([rule, count]) => `  ${number(count).padStart(10)}  ${rule}`)];
}

/** Sizes and coverage, each with its previous value where it differs. */
export function countLines(now: LibraryCounts, before?: LibraryCounts): string[] {
  const line = (key: keyof LibraryCounts, what: string, show: (value: number) => string): string => {
    const change = before && show(before[key]) !== show(now[key]) ? `  (before: ${show(before[key])})` : '';
    return `  ${show(now[key]).padStart(10)}  ${what}${change}`;
  };
  const lines = [
    line('tracks', 'tracks', number),
    line('sameSong', 'of which another release of an earlier track (linked)', number),
    line('artists', 'artists', number),
    line('artistsWithGenres', 'of which with genres', number),
    line('albums', 'albums', number),
    line('owners', 'owners (playlists and people)', number),
    line('entries', 'entries', number),
    line('tracksWithFeatures', 'tracks with audio features', number),
    line('tracksWithGenres', "tracks with genres (their own or an artist's)", number),
  ];
  if (now.entries === 0) return lines;
  return [
    ...lines,
    line('entriesWithFeatures', 'of the entries have audio features', percent),
    line('entriesWithGenres', 'of the entries have genres', percent),
    line('entriesWithYear', 'of the entries have a year', percent),
    line('entriesWithPopularity', 'of the entries have a popularity', percent),
  ];
}
