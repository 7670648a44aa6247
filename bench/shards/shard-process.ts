import { type Lists, type Nearest, OwnerShard, type ShardPart } from './owner-shard.ts';

/** Messages from the coordinator to a shard's process; each is answered once, in order. */
export type ToShard =
  | { readonly type: 'hold'; readonly part: ShardPart }
  | { readonly type: 'nearest'; readonly seeds: Int32Array; readonly weights: Float64Array; readonly limit: number }
  | { readonly type: 'lists'; readonly owners: Int32Array };
export type FromShard = Nearest | Lists | { readonly ready: true };

let shard: OwnerShard | null = null;

function answer(message: ToShard): FromShard {
  if (message.type === 'hold') {
    shard = new OwnerShard(message.part);
    return { ready: true };
  }
  if (!shard) throw new Error('A shard was asked before it was given its owners');
  return message.type === 'nearest'
    ? shard.nearest(message.seeds, message.weights, message.limit)
    : shard.lists(message.owners);
}

process.on('message', (message: ToShard) => process.send!(answer(message)));
// Without its coordinator, a shard has no purpose.
process.on('disconnect', () => process.exit(0));
