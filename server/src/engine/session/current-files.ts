import type { FileFacts } from '../../core/file-facts.ts';
import type { Finding } from '../../core/finding.ts';
import type { Fix } from '../../core/fix.ts';
import type { WorkspaceRaises } from '../../core/raise-summary.ts';
import type { Rule } from '../../core/rule.ts';
import type { Settings } from '../../core/settings.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { TextEdit } from '../../core/text.ts';
import { isPython, isTypeScript, type Extractor } from '../extract.ts';
import {
  buildFixes,
  fixWholeFile,
  NO_TYPESCRIPT_EDITS,
  type CurrentFile,
  type FixEnvironment,
} from '../fix-findings.ts';
import { judgeFile } from '../judge-file.ts';
import type { FixAllOptions } from '../session.ts';
import { pythonLiterals } from '../suppressions/python-literals.ts';
import { suppressEdits } from '../suppressions/suppress-edit.ts';
import type { FileRecords } from './file-records.ts';
import type { MeasuredText, OpenFiles } from './open-files.ts';

/** What fixing asks of its session. */
export interface FixingContext {
  readonly rules: readonly Rule[];
  readonly extractor: Extractor;
  readonly records: FileRecords;
  readonly open: OpenFiles;
  readonly settings: () => Settings;
  /** Text of a file as it is now. @throws Error when it can't be read. */
  readonly textOf: (path: string) => string;
  readonly exists: (path: string) => boolean;
  /** Facts of a text in the light of what other files say. */
  readonly inContext: (facts: FileFacts, source: SourceFile) => FileFacts;
  /** What functions and classes of all files raise. */
  readonly raises: () => WorkspaceRaises;
  /** Whether a front end reads a file of that path. */
  readonly takesPart: (path: string) => boolean;
}

/** Fixes and suppressions, built on the text of the moment at which the editor asks. */
export class CurrentFiles {
  readonly #context: FixingContext;

  constructor(context: FixingContext) {
    this.#context = context;
  }

  /** Fixes for a finding, the preferred one first; empty when the text no longer has it. */
  async fixes(finding: Finding): Promise<readonly Fix[]> {
    const file = await this.#current(finding.path);
    const match = file?.findings.find(candidate => isSameFinding(candidate, finding));
    return file && match ? buildFixes(match, file, await this.#environment(finding.path)) : [];
  }

  /** All fixes of one file as edits on its current text. */
  async fixAll(path: string, options: FixAllOptions): Promise<readonly TextEdit[]> {
    const file = await this.#current(path);
    if (!file) return [];
    const environment = await this.#environment(path);
    return fixWholeFile(file, path, options, environment, text => this.#judgeDraft(path, text));
  }

  /** The edits that suppress a finding. */
  async suppress(finding: Finding, scope: 'line' | 'file', reason: string): Promise<readonly TextEdit[]> {
    const { ruleId, range, path } = finding;
    const file = await this.#current(path);
    if (!file) return [];
    const { facts, source, text } = file;
    const literals = source.language === 'python' ? pythonLiterals(source.tree) : (facts?.literals ?? []);
    return suppressEdits({ path, text, comments: facts?.comments ?? [], literals, ruleId, range, scope, reason });
  }

  /** A file with everything that fixes need. */
  async #current(path: string): Promise<CurrentFile | undefined> {
    const { open, takesPart, textOf } = this.#context;
    if (!takesPart(path)) return this.#unread(path);
    const measured = await open.measure(path);
    return measured ? this.#judge(measured) : this.#judgeText(path, textOf(path));
  }

  /** Files that no front end reads can hold findings of workspace rules. */
  #unread(path: string): CurrentFile | undefined {
    const { exists, records, textOf } = this.#context;
    const findings = records.workspace.findings.get(path);
    if (!findings || !exists(path)) return undefined;
    const text = textOf(path);
    return { text, findings, facts: undefined, source: { language: 'other', path, text } };
  }

  async #judgeText(path: string, text: string, isDraft = false): Promise<CurrentFile | undefined> {
    const facts = await this.#context.extractor.fromText(path, text);
    if ('reason' in facts) return undefined;
    return this.#judge({ text, facts, source: this.#toSource(path, text, facts.language) }, isDraft);
  }

  /** Judges a text on the way from one state of a file to another. */
  #judgeDraft(path: string, text: string): Promise<CurrentFile | undefined> {
    return this.#judgeText(path, text, true);
  }

  #judge({ text, facts, source }: Omit<MeasuredText, 'version'>, isDraft = false): CurrentFile | undefined {
    if ('reason' in facts) return undefined;
    const { inContext, records, rules, settings } = this.#context;
    const linked = inContext(facts, source);
    const judgement = judgeFile(linked, rules, settings());
    const { findings } = isDraft ? records.analyzeDraft(judgement, text) : records.analyze(judgement, undefined, text);
    return { text, findings, facts: linked, source };
  }

  #toSource(path: string, text: string, language: FileFacts['language']): SourceFile {
    return language === 'python' ? this.#context.extractor.parser.parse(path, text) : { language, path, text };
  }

  async #environment(path: string): Promise<FixEnvironment> {
    const { extractor, raises, records, rules, settings, textOf } = this.#context;
    return {
      rules,
      settings: settings(),
      typescript: isTypeScript(path) ? await extractor.typescriptEdits() : NO_TYPESCRIPT_EDITS,
      sourceOf: other => this.#toSource(other, textOf(other), isPython(other) ? 'python' : 'other'),
      factsOf: other => records.get(other)?.modelled,
      raises: raises(),
    };
  }
}

/** The same finding in a newer analysis; its place is the same, because the editor asks about the text that it shows. */
function isSameFinding(left: Finding, right: Finding): boolean {
  return left.ruleId === right.ruleId && left.range.start === right.range.start && left.range.end === right.range.end;
}
