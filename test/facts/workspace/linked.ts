import type { CallRef } from '../../../server/src/core/python-facts.ts';
import type { PythonOutline } from '../../../server/src/core/python-outline.ts';
import type { Target } from '../../../server/src/core/python-index.ts';
import { extractPythonFacts } from '../../../server/src/facts/python/extract.ts';
import {
  createPythonWorkspace,
  type LivePythonWorkspace,
} from '../../../server/src/facts/workspace/python-workspace.ts';
import { classifyFile } from '../../../server/src/workspace/file-kind.ts';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';

/** Texts of files by their paths. */
export type Texts = Readonly<Record<string, string>>;

/** A workspace with words for what it says. */
export interface Linked {
  readonly workspace: LivePythonWorkspace;
  /** What the call that is written as `code` calls; the code has to be the callee of exactly one kept call of the file. */
  callee(path: string, code: string): string;
  /** The same, with the place where the object was made. */
  origin(path: string, code: string): string | undefined;
  /** What a name of a file stands for. */
  name(path: string, name: string): string;
}

/** The outline of a text. */
export function outlineOf(parser: PythonParser, path: string, text: string): PythonOutline {
  const { outline } = extractPythonFacts(parser.parse(path, text), classifyFile(path, text));
  if (!outline) throw new Error(`${path} has no outline.`);
  return outline;
}

/** Opens a workspace over texts. */
export function link(parser: PythonParser, texts: Texts, projects: readonly string[] = []): Linked {
  const workspace = createPythonWorkspace();
  const put = Object.entries(texts).map(([path, text]) => outlineOf(parser, path, text));
  workspace.update({ put, removed: [] }, projects);
  const { index } = workspace;
  const outline = (path: string): PythonOutline => {
    const found = index.outline(path);
    if (!found) throw new Error(`There is no ${path}.`);
    return found;
  };
  const targetOf = (path: string, code: string): Target | undefined => {
    const calls = outline(path).calls.filter(({ calleeText }) => calleeText === code);
    const [only, ...others] = calls;
    if (others.length > 0) throw new Error(`${path} calls ${code} several times.`);
    return only && index.calleeOf(path, only);
  };
  const textAt = ({ path, call }: CallRef): string => {
    const made = outline(path).calls.find(({ index: number }) => number === call);
    return made ? `${path}: ${(texts[path] ?? '').slice(made.range.start, made.range.end)}` : `${path}: ?`;
  };
  return {
    workspace,
    callee: (path, code) => inWords(targetOf(path, code), outline),
    origin: (path, code) => {
      const target = targetOf(path, code);
      const origin = target?.kind === 'external' || target?.kind === 'instance' ? target.origin : undefined;
      return origin && textAt(origin);
    },
    name: (path, name) => inWords(index.resolve(path, `:${name}`), outline),
  };
}

/** A target as one line. */
export function inWords(target: Target | undefined, outline: (path: string) => PythonOutline): string {
  switch (target?.kind) {
    case undefined:
      return 'unknown';
    case 'module':
      return `module ${target.path}`;
    case 'external':
      return target.symbol;
    case 'function':
      return `${target.path} ${outline(target.path).functions[target.function]?.qualifiedName ?? '?'}`;
    case 'class':
    case 'instance': {
      const name = outline(target.path).classes[target.class]?.qualifiedName ?? '?';
      return `${target.path} ${name}${target.kind === 'instance' ? '()' : ''}`;
    }
  }
}
