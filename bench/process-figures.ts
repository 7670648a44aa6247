import { readFileSync } from 'node:fs';

/** Clock ticks per second in /proc, on every Linux that Node supports. */
const TICKS = 100;

const read = (pid: number, name: string): string => readFileSync(`/proc/${pid}/${name}`, 'latin1');
const kilobytes = (pid: number, field: string): number =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(read(pid, 'status'))![1]) * 1024;

/** Processor seconds used by a process, over all threads. */
export function processorSeconds(pid: number): number {
  const fields = read(pid, 'stat').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Resident memory of a process, in bytes. */
export const residentBytes = (pid: number): number => kilobytes(pid, 'VmRSS');

/** A process's largest resident memory so far, in bytes. */
export const peakBytes = (pid: number): number => kilobytes(pid, 'VmHWM');
