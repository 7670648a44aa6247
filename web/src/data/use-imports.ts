import { useCallback, useEffect, useState } from 'react';
import { ApiError, api, type ImportSource, wordsOf } from '../api/client.ts';
import type { Job } from '../api/types.ts';
import { useJob } from '../lab/use-job.ts';
import { guessSource, isData, isPersonal, isSongList } from './guess-source.ts';

export interface Waiting {
  file: File;
  source: ImportSource;
}

/** Result for a file. */
export interface Imported {
  name: string;
  job: Job;
}

/** Imports files one after another, since the server runs one job at a time. */
export function useImports() {
  const { job, follow, cancel, refusal } = useJob();
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  const [sending, setSending] = useState<{ name: string; job: string | null } | null>(null);
  const [done, setDone] = useState<readonly Imported[]>([]);
  const [going, setGoing] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [own, setOwn] = useState<readonly File[]>([]);

  const add = useCallback(async (files: readonly File[]): Promise<void> => {
    const personal = files.filter((file) => isPersonal(file.name));
    const lists = await Promise.all(files.map((file) => isSongList(file)));
    const list = files.filter((file, i) => lists[i] && !isPersonal(file.name));
    const other = files.filter((file, i) => !isPersonal(file.name) && !lists[i]);
    const data = await Promise.all(other.map(isData));
    const others = other.filter((_, i) => data[i]);
    const strange = other.find((_, i) => !data[i]);
    setOwn([...personal, ...list]);
    setRefused(
      personal.length > 0
        ? `“${personal[0]!.name}” is your own listening history. Add it under My music, where it stays private to you.`
        : list.length > 0
          ? `“${list[0]!.name}” is a list of songs. Open it on Discover with File to start from it, or add it under My music to keep it.`
          : strange
            ? `“${strange.name}” isn’t a kind of file that Segue knows. Expected CSV, JSON or Parquet, or a zip of these. For songs as sound files, name their folder below.`
            : null,
    );
    const fresh = await Promise.all(others.map(async (file) => ({ file, source: await guessSource(file) })));
    setWaiting((before) => [...before, ...fresh]);
  }, []);

  // The submitted job has ended: keep its report and send the next file.
  if (sending?.job && job && job.id === sending.job && job.state !== 'running') {
    setDone([...done, { name: sending.name, job }]);
    setSending(null);
    if (waiting.length === 0 || job.state === 'cancelled') setGoing(false);
  }
  const next = going && !sending && job?.state !== 'running' ? waiting[0] : undefined;
  useEffect(() => {
    if (!next) return;
    setSending({ name: next.file.name, job: null });
    setWaiting((before) => before.filter((w) => w !== next));
    const send = async (): Promise<void> => {
      try {
        const started = await api.importFile(next.file, next.source);
        setSending({ name: next.file.name, job: started.id });
        follow(started);
      } catch (error) {
        setRefused(error instanceof ApiError ? wordsOf(error) : `“${next.file.name}” couldn’t be sent.`);
        setWaiting((before) => [next, ...before]);
        setSending(null);
        setGoing(false);
      }
    };
    void send();
  }, [next, follow]);

  return {
    waiting,
    setWaiting,
    add,
    done,
    sending: sending?.name ?? null,
    /** The running import or removal, and the latest removal. */
    job:
      job && (job.state === 'running' ? job.kind === 'import' || job.kind === 'forget' : job.kind === 'forget')
        ? job
        : null,
    busy: going || job?.state === 'running',
    refusal: refused ?? refusal,
    /** Files that belong to a listener rather than to the library. */
    own,
    go: () => {
      setRefused(null);
      setOwn([]);
      setGoing(true);
    },
    cancel,
  };
}
