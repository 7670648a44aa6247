import { readFileSync } from 'node:fs';

/** Clock ticks per second in /proc, on every Linux that Node supports. */
const TICKS = 100;

const read = (pid: number, name: string): string => readFileSync(`/proc/${pid}/${name}`, 'latin1');
const kilobytes = (pid: number, field: string): number =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(read(pid, 'status'))![1]) * 1024;

/** Processor seconds used by a process over all threads, in its own code and in the system's. */
export function processorTimes(pid: number): { own: number; system: number } {
  const fields = read(pid, 'stat').split(') ')[1]!.split(' ');
  return { own: Number(fields[11]) / TICKS, system: Number(fields[12]) / TICKS };
}

/** The same, together. */
export function processorSeconds(pid: number): number {
  const { own, system } = processorTimes(pid);
  return own + system;
}

/** Resident memory of a process, in bytes. */
export const residentBytes = (pid: number): number => kilobytes(pid, 'VmRSS');

/** A process's largest resident memory so far, in bytes. */
export const peakBytes = (pid: number): number => kilobytes(pid, 'VmHWM');

const [GIGABYTE, PAGE] = [1e9, 4096];

/**
 * Seconds until a gigabyte of fresh memory has been used once. On a virtual machine that hands freed memory back to its host, this took 1 to 3: most of
 * what the import of a large file waits for.
 */
export function firstUseSeconds(): number {
  const memory = new ArrayBuffer(GIGABYTE);
  const bytes = new Uint8Array(memory);
  const start = performance.now();
  for (let at = 0; at < GIGABYTE; at += PAGE) bytes[at] = 1;
  const seconds = (performance.now() - start) / 1000;
  memory.transfer(0);
  return seconds;
}
