import { type Expression, type SqlBool, sql } from '#kysely';
import { normaliseName } from '../../dataset/normalise.ts';

const MOST_WORDS = 10;

/** The words of a search text, normalised; empty for a blank text. */
export const searchWords = (search: string | undefined): string[] =>
  normaliseName((search ?? '').slice(0, 200))
    .split(' ')
    .filter(Boolean)
    .slice(0, MOST_WORDS);

/** A condition that holds where a normalised column contains every word. */
export function holdsAll(column: Expression<string>, words: readonly string[]): Expression<SqlBool> {
  const like = words.map((word) => sql<SqlBool>`${column} like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`);
  return sql<SqlBool>`(${sql.join(like, sql` and `)})`;
}
