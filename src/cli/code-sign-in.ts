import type { CodeSignIns } from '../connect/code-sign-ins.ts';
import type { ConnectionRecord } from '../connect/store.ts';
import { waitFor } from '../connect/wait.ts';
import { printable } from './table.ts';

/** Milliseconds between two checks. */
const GAP_MS = 2000;

/**
 * Shows a code and waits until the person has confirmed it in an app of the service.
 * @param way the service's name for this sign-in
 * @throws SegueError as CodeSignIns.begin and CodeSignIns.look
 */
export async function signInByCode(
  codes: Pick<CodeSignIns, 'begin' | 'look'>,
  account: {
    readonly service: string;
    readonly listener: string;
    readonly settings: Readonly<Record<string, string>>;
    readonly way: string;
  },
  say: (text: string) => void,
  wait: (ms: number) => Promise<void> = waitFor,
): Promise<ConnectionRecord> {
  const { id, code } = await codes.begin(account.service, account.listener, account.settings);
  say(`${account.way} code: ${printable(code)}\nEnter it in an app where you are signed in. Waiting…\n`);
  for (;;) {
    const record = await codes.look(id);
    if (record) return record;
    await wait(GAP_MS);
  }
}
