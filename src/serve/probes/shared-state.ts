import { AWAITED, type Readiness } from '../readiness.ts';

/** The state that a server reports. */
export interface ServerState extends Readiness {
  /** Whether it is stopping. */
  readonly stopping: boolean;
}

/** Indexes into the shared memory, in 32-bit numbers: the count of the main thread's heartbeats, and its state as bits. */
const BEATS = 0;
const STATE = 1;
const PLACES = 2;

/** Bits of the state; from the last one on, one for each awaited part. */
const READY = 1;
const STOPPING = 2;
const FIRST_AWAITED = 4;

/** The state of a server in memory shared by its main thread, which writes, and its probe thread, which reads; neither waits for the other. */
export class SharedState {
  readonly memory: SharedArrayBuffer;
  private readonly places: Int32Array;

  /** @param memory the other thread's; none = new, for a server that is not ready */
  constructor(memory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * PLACES)) {
    this.memory = memory;
    this.places = new Int32Array(memory);
  }

  /** Records a heartbeat of the main thread. */
  beat(): void {
    Atomics.add(this.places, BEATS, 1);
  }

  /** Changes with each beat. */
  get beats(): number {
    return Atomics.load(this.places, BEATS);
  }

  write({ ready, stopping, waitingFor }: ServerState): void {
    let bits = (ready ? READY : 0) | (stopping ? STOPPING : 0);
    for (const what of waitingFor) bits |= FIRST_AWAITED << AWAITED.indexOf(what);
    Atomics.store(this.places, STATE, bits);
  }

  read(): ServerState {
    const bits = Atomics.load(this.places, STATE);
    return {
      ready: (bits & READY) !== 0,
      stopping: (bits & STOPPING) !== 0,
      waitingFor: AWAITED.filter((_, i) => (bits & (FIRST_AWAITED << i)) !== 0),
    };
  }
}
