import { SegueError } from '../../errors.ts';
import { DEFAULT_SETTINGS, type ListenerSettings, type SettingsStore } from '../settings.ts';
import type { Connection, Database } from './database.ts';

export function settingsStore(database: Database): SettingsStore {
  return {
    get: (listener) => database.read(listener, readSettings),
    set(listener, change) {
      if (change.timeZone !== undefined) checkTimeZone(change.timeZone);
      return database.write(listener, async (tx, no) => {
        const given = Object.entries(change).filter(([key, value]) => key in DEFAULT_SETTINGS && value !== undefined);
        for (const [key, value] of given) {
          const text = JSON.stringify(value);
          await tx
            .insertInto('settings')
            .values({ listener: no, name: key, value: text })
            .onConflict((c) => c.columns(['listener', 'name']).doUpdateSet({ value: text }))
            .execute();
        }
        return readSettings(tx, no);
      });
    },
  };
}

async function readSettings(db: Connection, listener: number): Promise<ListenerSettings> {
  const rows = await db.selectFrom('settings').select(['name', 'value']).where('listener', '=', listener).execute();
  const stored = Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]));
  return { ...DEFAULT_SETTINGS, ...(stored as Partial<ListenerSettings>) };
}

function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch (cause) {
    throw new SegueError('USAGE', {
      got: `The time zone "${timeZone}"`,
      expected: 'a name like Europe/Berlin',
      cause,
    });
  }
}
