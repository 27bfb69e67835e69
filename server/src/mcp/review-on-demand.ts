import type { CancellationToken } from '../core/cancellation.ts';
import type { ScanProgress } from '../engine/model.ts';
import type { Session } from '../engine/session.ts';
import { createNodeHost } from '../workspace/node-host.ts';
import { changedPaths, stampFiles, type FileStamps } from './file-stamps.ts';
import { InputError } from './input-error.ts';

/** How far and how long somebody waits for an answer. */
export interface Patience {
  readonly token: CancellationToken;
  readonly onProgress: (progress: ScanProgress) => void;
}

/** Answers from a review that is up to date; `files` are the paths of all files that take part. */
type AnswerFrom<Answer> = (session: Session, files: ReadonlySet<string>) => Promise<Answer>;

/** A review of one root that costs nothing while nobody asks. */
export interface ReviewOnDemand {
  /**
   * Brings the review up to date with the disk and answers from it; questions wait for each other.
   * @throws InputError when the configuration can't be read, or the caller has cancelled
   */
  ask<Answer>(patience: Patience, answer: AnswerFrom<Answer>): Promise<Answer>;
  /** Ends what is going on. */
  close(): Promise<void>;
}

/** A review of the root of the session that `openSession` opens with the first question. */
export function createReviewOnDemand(openSession: () => Promise<Session>): ReviewOnDemand {
  let opening: Promise<Session> | undefined;
  let stamps: FileStamps | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const update = async (session: Session, { token, onProgress }: Patience): Promise<FileStamps> => {
    const seen = await stampFiles(createNodeHost(session.root), takingPart(session), token);
    if (!seen) throw new InputError('Cancelled.');
    // The stamps are older than what is read next, so that a change meanwhile shows at the next question.
    if (stamps === undefined) await session.scan(token, onProgress);
    else {
      const changed = changedPaths(stamps, seen);
      if (changed.length > 0) await session.refresh(changed, token);
    }
    if (token.isCancellationRequested) throw new InputError('Cancelled.');
    stamps = seen;
    return seen;
  };

  const answerNow = async <Answer>(patience: Patience, answer: AnswerFrom<Answer>): Promise<Answer> => {
    const token = {
      get isCancellationRequested() {
        return isClosed || patience.token.isCancellationRequested;
      },
    };
    opening ??= openSession();
    const session = await opening;
    const files = await update(session, { token, onProgress: patience.onProgress });
    const fatal = session.configurationProblems.find(problem => problem.fatal);
    // An answer by another configuration than the one on disk would mislead.
    if (fatal)
      throw new InputError(`${fatal.path}: ${fatal.message.replace(' The last good one stays in force.', '')}`);
    return answer(session, new Set(files.keys()));
  };

  return {
    ask(patience, answer) {
      const asked = last.then(() => answerNow(patience, answer));
      last = asked.catch(() => undefined);
      return asked;
    },
    async close() {
      isClosed = true;
      await last;
      if (opening) (await opening).dispose();
    },
  };
}

function takingPart({ settings, configurationPath }: Session): Parameters<typeof stampFiles>[1] {
  return { exclude: settings.exclude, configurationPath };
}
