import type { Rule, WorkspaceRule } from '../../core/rule.ts';
import type { Settings } from '../../core/settings.ts';
import type { Workspace } from '../../core/workspace.ts';
import {
  mergeJudgements,
  NO_WORKSPACE_JUDGEMENT,
  runWorkspaceRules,
  type WorkspaceJudgement,
} from '../run-workspace-rules.ts';
import type { FailureLog } from './failure-log.ts';
import type { FileRecords } from './file-records.ts';

/** What asking the workspace rules takes. */
export interface WorkspaceJudgeContext {
  readonly rules: readonly Rule[];
  readonly records: FileRecords;
  readonly failures: FailureLog;
  readonly settings: () => Settings;
  /** The model of this moment. */
  readonly model: () => Workspace;
}

/** Asks the workspace rules, each when something changes that it looks into. */
export class WorkspaceJudge {
  readonly #context: WorkspaceJudgeContext;
  readonly #ofPython: readonly WorkspaceRule[];
  readonly #others: readonly WorkspaceRule[];
  #python = NO_WORKSPACE_JUDGEMENT;
  #rest = NO_WORKSPACE_JUDGEMENT;

  constructor(context: WorkspaceJudgeContext) {
    this.#context = context;
    const rules = context.rules.filter((rule): rule is WorkspaceRule => rule.scope === 'workspace');
    this.#ofPython = rules.filter(({ subject }) => subject === 'python');
    this.#others = rules.filter(({ subject }) => subject !== 'python');
  }

  /** What the rules say that look at Python alone. */
  get ofPython(): WorkspaceJudgement {
    return this.#python;
  }

  /** Takes what the rules of Python have said of the same files before, and asks the others. */
  resume(ofPython: WorkspaceJudgement): void {
    this.#python = ofPython;
    this.judge('files');
  }

  /** @param subject `python`: names or calls of Python files are others; `files`: anything else is; `all`: both may be */
  judge(subject: 'python' | 'files' | 'all'): void {
    const model = this.#context.model();
    if (subject !== 'files') this.#python = this.#run(this.#ofPython, model);
    if (subject !== 'python') this.#rest = this.#run(this.#others, model);
    this.#context.records.judgeWorkspace(mergeJudgements(this.#python, this.#rest));
  }

  #run(rules: readonly WorkspaceRule[], model: Workspace): WorkspaceJudgement {
    const judgement = runWorkspaceRules(rules, model, this.#context.settings());
    this.#context.failures.add(judgement.failures);
    return judgement;
  }
}
