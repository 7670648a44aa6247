import type { CeremonyStore } from '../sign-in.ts';
import { digest } from './account-rows.ts';
import type { Database } from './database.ts';

export const ceremonyStore = (database: Database): CeremonyStore => ({
  begin: (secret, data, now, until) =>
    database.transaction(async (tx) => {
      await tx.deleteFrom('ceremonies').where('until', '<=', now).execute();
      await tx
        .insertInto('ceremonies')
        .values({ digest: digest(secret), data, until })
        .execute();
    }),

  take: (secret, now) =>
    database.transaction(async (tx) => {
      const row = await tx
        .deleteFrom('ceremonies')
        .where('digest', '=', digest(secret))
        .returning(['data', 'until'])
        .executeTakeFirst();
      return row && row.until > now ? row.data : null;
    }),
});
