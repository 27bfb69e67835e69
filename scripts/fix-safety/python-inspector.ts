import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findOnPath } from '../support/processes.ts';

/** What the Python interpreter says of a text. */
export interface Inspection {
  /** Undefined when it compiles. */
  readonly error: string | undefined;
  /** Names that nothing in the file binds. */
  readonly unknown: readonly string[];
}

/** A Python process that compiles texts and never runs them. */
export interface PythonInspector {
  inspect(text: string): Promise<Inspection>;
  close(): void;
}

/** Starts the interpreter; undefined where there is none. @throws Error when it can't be started. */
export async function startPythonInspector(): Promise<PythonInspector | undefined> {
  const command = findOnPath('python3');
  if (command === undefined) return undefined;
  const child = spawn(command, ['-I', join(import.meta.dirname, 'inspect-python.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child, 'spawn');
  const waiting: { readonly resolve: (answer: Inspection) => void; readonly reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on('line', line => {
    // Our own script answers each line with such an object.
    const { error, unknown } = JSON.parse(line) as { readonly error: string | null; readonly unknown: string[] };
    waiting.shift()?.resolve({ error: error ?? undefined, unknown });
  });
  child.once('exit', () => {
    for (const { reject } of waiting) reject(new Error('The Python interpreter has ended.'));
  });
  return {
    inspect: text =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin.write(`${JSON.stringify({ text })}\n`);
      }),
    close: () => {
      child.stdin.end();
    },
  };
}
