import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Ticks per second in `/proc`; the kernel tells every program 100. */
const TICKS = 100;

/** CPU time and memory of another process. */
export interface ProcessUsage {
  /** Milliseconds of CPU, of all threads, since the process started; in steps of 10. */
  readonly cpu: number;
  /** Resident memory in bytes. */
  readonly resident: number;
}

/** What the system says of a process; undefined where there is neither `/proc` nor `ps`, and when it has ended. */
export function readUsage(pid: number): ProcessUsage | undefined {
  try {
    return process.platform === 'linux' ? readProc(pid) : readPs(pid);
  } catch {
    // It has ended, or this system has no such program.
    return undefined;
  }
}

function readProc(pid: number): ProcessUsage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program is in brackets and may hold blanks; the numbers stand behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user = 0, system = 0] = fields.slice(11, 13).map(Number);
  const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { cpu: ((user + system) / TICKS) * 1000, resident: Number(resident) * 1024 };
}

/** macOS and the BSDs: kilobytes, and `minutes:seconds.hundredths`. */
function readPs(pid: number): ProcessUsage {
  const [resident = '', time = ''] = execFileSync('ps', ['-o', 'rss=,time=', '-p', String(pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/);
  const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return { cpu: seconds * 1000, resident: Number(resident) * 1024 };
}
