import { COLOURED, PLAIN, type Paint } from '../report/paint.ts';

/** Where a command prints, and what it knows of the place it was called from. */
export interface Terminal {
  /** Absolute path, links resolved. */
  readonly cwd: string;
  /** Results, on standard output. */
  print(text: string): void;
  /** A line for the person who called, on standard error. */
  note(line: string): void;
  /** Replaces the line of progress; nothing where standard error is no terminal. An empty line takes it away. */
  progress(line: string): void;
  /** For results. */
  readonly paint: Paint;
}

/** The terminal of this process. A reader that goes away (`| head`) ends nothing: what follows is dropped. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) stream.on('error', ignoreClosedPipe);
  const hasColours = stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return {
    cwd: process.cwd(),
    print: text => stdout.write(text),
    note: line => stderr.write(`${line}\n`),
    progress(line) {
      if (stderr.isTTY) stderr.write(`\r\u001B[K${line}`);
    },
    paint: hasColours ? COLOURED : PLAIN,
  };
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
