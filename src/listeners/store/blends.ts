import type { BlendStore, StoredBlend } from '../blends.ts';
import type { Database } from './database.ts';

export function blendStore(database: Database): BlendStore {
  return {
    get: (listener) =>
      database.read(listener, async (db, no) => {
        const row = await db.selectFrom('blends').select('value').where('listener', '=', no).executeTakeFirst();
        return row ? (JSON.parse(row.value) as StoredBlend) : null;
      }),
    set: (listener, blend) =>
      database.transaction(async (tx) => {
        const no = await database.number(listener, tx);
        const value = JSON.stringify(blend);
        await tx
          .insertInto('blends')
          .values({ listener: no, value })
          .onConflict((c) => c.column('listener').doUpdateSet({ value }))
          .execute();
      }),
  };
}
