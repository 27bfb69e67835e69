import type { CancellationToken } from '../../core/cancellation.ts';
import type { NotMeasured } from '../../core/file-facts.ts';
import type { LinkedNames } from '../../facts/workspace/linked-names.ts';
import type { FileJudgement } from '../judge-file.ts';
import type { PlainNames } from '../scan/judge-linked-file.ts';
import type { WorkerAnswer } from '../scan/worker-answer.ts';
import type { WorkerPool } from '../scan/worker-pool.ts';

/** Takes what threads find out; each file comes once, unless the work is cancelled. */
export interface LinkedSink {
  judged(judgement: FileJudgement): void;
  /** The file is gone, or can't be read any more. */
  unread(path: string): void;
  /** A thread was lost over the file twice. */
  notMeasured(file: NotMeasured): void;
}

/**
 * Has closed files judged with the names known that other files explain.
 * @param files names by path; what other files do with clients does not reach the threads
 * @throws Error when a thread can't be started
 */
export async function judgeInThreads(
  files: ReadonlyMap<string, LinkedNames>,
  pool: WorkerPool<WorkerAnswer>,
  token: CancellationToken,
  sink: LinkedSink,
): Promise<void> {
  const namesOf = (path: string): PlainNames => ({ names: files.get(path)?.names ?? new Map() });
  const take = (answer: WorkerAnswer): void => {
    if (answer.kind !== 'linked') return;
    if (answer.judgement) sink.judged(answer.judgement);
    else sink.unread(answer.path);
  };
  const lost = (file: NotMeasured): void => {
    sink.notMeasured(file);
  };
  await pool.run([...files.keys()], { result: take, notMeasured: lost }, token, namesOf);
}
