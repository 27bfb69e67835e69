import type { FileFacts, NotMeasured } from '../../core/file-facts.ts';
import type { PythonSource, SourceFile } from '../../core/source-file.ts';
import type { TextEdit } from '../../core/text.ts';
import type { IncrementalParse } from '../../syntax/python/parser.ts';
import { isPython, type Extractor } from '../extract.ts';
import type { AnalysisTiming } from '../model.ts';
import type { FileJudgement } from '../judge-file.ts';
import { keepLastGood, moveFindings, nextLastGood, type LastGood } from '../keep-last-good.ts';

/** A document that an editor holds. */
interface OpenFile {
  text: string;
  version: number;
  /** Python alone: the parser's tree of `text` without `pending`. */
  parse: IncrementalParse | undefined;
  /** Edits since `parse`; undefined when they are not known and the text has to be parsed anew. */
  pending: TextEdit[] | undefined;
  /** Facts of `text`, once somebody asked. */
  facts: FileFacts | NotMeasured | undefined;
  /** Findings of the last version without syntax errors, moved along with the edits since. */
  lastGood: LastGood | undefined;
  timing: AnalysisTiming | undefined;
}

/** One version of an open document with its facts. */
export interface MeasuredText {
  readonly text: string;
  readonly version: number;
  readonly facts: FileFacts | NotMeasured;
  readonly source: SourceFile;
}

/** The documents that an editor holds. Python is parsed anew only where it changed. */
export class OpenFiles {
  readonly #files = new Map<string, OpenFile>();
  readonly #extractor: Extractor;

  constructor(extractor: Extractor) {
    this.#extractor = extractor;
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  paths(): readonly string[] {
    return [...this.#files.keys()];
  }

  /** How long the last analysis took. */
  timingOf(path: string): AnalysisTiming | undefined {
    return this.#files.get(path)?.timing;
  }

  noteTiming(path: string, timing: AnalysisTiming): void {
    const file = this.#files.get(path);
    if (file) file.timing = timing;
  }

  textOf(path: string): string | undefined {
    return this.#files.get(path)?.text;
  }

  open(path: string, text: string, version: number): void {
    this.close(path);
    this.#files.set(path, { text, version, ...NOTHING_KNOWN });
  }

  /** `edits` are in the order they were made; undefined when all of the text is new. */
  change(path: string, text: string, version: number, edits: readonly TextEdit[] | undefined): void {
    const file = this.#files.get(path);
    if (!file) {
      this.open(path, text, version);
      return;
    }
    file.text = text;
    file.version = version;
    file.facts = undefined;
    file.pending = edits && file.pending ? [...file.pending, ...edits] : undefined;
    const { lastGood } = file;
    file.lastGood = edits && lastGood && { ...lastGood, findings: edits.reduce(moveFindings, lastGood.findings) };
  }

  close(path: string): void {
    this.#files.get(path)?.parse?.dispose();
    this.#files.delete(path);
  }

  /** What is known of libraries has changed: facts are to be found anew. */
  forgetFacts(): void {
    for (const file of this.#files.values()) file.facts = undefined;
  }

  /** Frees the trees of all documents. */
  dispose(): void {
    for (const path of this.paths()) this.close(path);
  }

  /** Facts of a document as it is now; undefined when it is not open. */
  async measure(path: string): Promise<MeasuredText | undefined> {
    const file = this.#files.get(path);
    if (!file) return undefined;
    const { text, version } = file;
    if (isPython(path)) {
      const source = this.#parse(path, file);
      file.facts ??= this.#extractor.fromPython(source);
      return { text, version, facts: file.facts, source };
    }
    const facts = file.facts ?? (await this.#extractor.fromText(path, text));
    // The document may have changed meanwhile.
    if (file.text === text) file.facts = facts;
    return { text, version, facts, source: toTextSource(path, text, facts) };
  }

  /** The judgement of a document, with the findings that a passing syntax error would hide. */
  steady(path: string, judgement: FileJudgement, facts: FileFacts): FileJudgement {
    const file = this.#files.get(path);
    if (!file) return judgement;
    const shown = keepLastGood(judgement, facts, file.lastGood);
    file.lastGood = nextLastGood(judgement, facts, file.lastGood);
    return shown;
  }

  #parse(path: string, file: OpenFile): PythonSource {
    const old = file.parse;
    if (old && file.pending) {
      file.parse = file.pending.length > 0 ? old.next(file.text, file.pending) : old;
    } else {
      old?.dispose();
      file.parse = this.#extractor.parser.parseIncrementally(path, file.text);
    }
    file.pending = [];
    return file.parse.source;
  }
}

const NOTHING_KNOWN = {
  parse: undefined,
  pending: undefined,
  facts: undefined,
  lastGood: undefined,
  timing: undefined,
};

/** Source of a file of any language but Python. */
function toTextSource(path: string, text: string, facts: FileFacts | NotMeasured): SourceFile {
  const language = 'reason' in facts || facts.language === 'python' ? 'other' : facts.language;
  return { language, path, text };
}
