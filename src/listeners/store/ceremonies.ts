import type { CeremonyStore } from '../sign-in.ts';
import { digest } from './account-rows.ts';
import type { Database } from './database.ts';
import { tried } from './failures.ts';

export const ceremonyStore = ({ db }: Database): CeremonyStore => ({
  begin: (secret, data, now, until) =>
    tried(async () => {
      await db.deleteFrom('ceremonies').where('until', '<=', now).execute();
      await db
        .insertInto('ceremonies')
        .values({ digest: digest(secret), data, until })
        .execute();
    }),

  take: (secret, now) =>
    tried(async () => {
      const row = await db
        .deleteFrom('ceremonies')
        .where('digest', '=', digest(secret))
        .returning(['data', 'until'])
        .executeTakeFirst();
      return row && row.until > now ? row.data : null;
    }),
});
