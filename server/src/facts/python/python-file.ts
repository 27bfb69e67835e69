import type { PythonFacts } from '../../core/python-facts.ts';
import type { PythonSource } from '../../core/source-file.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { NodeIndex } from '../../syntax/python/tree.ts';
import type { LinkedClients } from './linked-clients.ts';
import type { NumberedNodes } from './numbered-nodes.ts';
import type { Resolver } from './resolve.ts';
import type { ScopeTable } from './scopes.ts';

/** Number of each call, function, loop, class and `try` node in the lists of {@link PythonFacts}, and other nodes. */
export interface NodeNumbers {
  readonly calls: NumberedNodes;
  readonly functions: NumberedNodes;
  readonly classes: NumberedNodes;
  readonly loops: NumberedNodes;
  readonly tries: NumberedNodes;
  /** Nodes that extractors start from, in source order. */
  readonly imports: readonly NodeIndex[];
  readonly comments: readonly NodeIndex[];
  /** Strings, and concatenations of several. */
  readonly strings: readonly NodeIndex[];
  readonly exceptClauses: readonly NodeIndex[];
  readonly withItems: readonly NodeIndex[];
  readonly ifStatements: readonly NodeIndex[];
  readonly returns: readonly NodeIndex[];
  readonly yields: readonly NodeIndex[];
  /** Statements and expressions that give something a value, or take it away: assignments, `for`, `del`, `:=`, `as`. */
  readonly writes: readonly NodeIndex[];
}

/** Everything that a fact extractor over one Python file may look at. Lives for one extraction only. */
export interface PythonFile {
  readonly source: PythonSource;
  readonly table: ScopeTable;
  readonly resolver: Resolver;
  readonly numbers: NodeNumbers;
  readonly facts: PythonFacts;
  readonly knowledge: Knowledge;
  /** Present when the file is looked at together with the others, and those have to do with its clients. */
  readonly clients?: LinkedClients;
}
