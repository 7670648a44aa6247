import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { TestContext } from 'node:test';

/** Until the test ends, `flush` is called instead of `datasync` of what this thread opens. @param flush is given what does it */
export function replaceFlush(t: TestContext, flush: (datasync: () => Promise<void>) => Promise<void>): void {
  const { open } = fs.promises;
  t.mock.method(fs.promises, 'open', async (...given: Parameters<typeof open>): Promise<FileHandle> => {
    const handle = await open(...given);
    const { datasync } = handle;
    handle.datasync = () => flush(() => datasync.call(handle));
    return handle;
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
}
