import { workerData } from 'node:worker_threads';
import { openShared, type SharedDataset } from '../../dataset/shared-dataset.ts';
import type { MatchedSong } from '../../listeners/resolve/own-song-matcher.ts';
import { Resolver } from '../../listeners/resolve/resolver.ts';
import { serveTasks } from '../../math/task-worker.ts';
import type { SongName } from '../../sources/personal/rows.ts';
import { giveWay } from '../answering/give-way.ts';

giveWay();
// A thread that holds every name of the catalogue. It does nothing else, so it need not yield.
const resolver = Resolver.build(openShared(workerData as SharedDataset), async () => {});

const tasks = {
  match: async (songs: readonly SongName[]): Promise<MatchedSong[]> => (await resolver).match(songs),
};
export type OwnSongTasks = typeof tasks;
serveTasks(tasks);
