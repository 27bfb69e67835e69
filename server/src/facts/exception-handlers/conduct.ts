import type { HandlerConduct, HandlerLogCall } from '../../core/facts/exception-handler.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, childrenOf, firstChild, kindOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { constantText, isNothing } from './constant.ts';
import { Leaves, type FlowReader } from './control-flow.ts';
import { followError } from './error-uses.ts';
import type { LogReader } from './log-calls.ts';
import { walkOwn } from './walk-own.ts';

/** What reading a handler needs of its file. */
export interface HandlerReaders {
  readonly file: PythonFile;
  readonly flow: FlowReader;
  readonly logs: LogReader;
}

/** What a `contextlib.suppress(…)` does: nothing. */
export const SUPPRESSING: HandlerConduct = {
  reraises: false,
  mayRaise: false,
  logs: [],
  handsErrorOn: false,
  empty: true,
  returnsConstant: undefined,
  exits: false,
  acts: false,
};

/** Reads the block of an `except` clause. */
export function readConduct(readers: HandlerReaders, block: NodeIndex, errorName: string | undefined): HandlerConduct {
  const { file, flow, logs } = readers;
  const leaves = flow.ofBlock(block);
  const { handedOn, handedOnWhole } = followError(file, logs, block, errorName);
  const found = readStatements(readers, block, errorName);
  const constants = returnedConstants(file, block);
  const assigned = found.calls ? undefined : assignedNothing(file, block);
  const endsAlways = (leaves & (Leaves.falls | Leaves.returns | Leaves.jumps)) === 0;
  const isQuiet = !found.acts && !handedOn && (leaves & Leaves.raises) === 0;
  return {
    reraises: endsAlways && (leaves & Leaves.raises) !== 0,
    mayRaise: (leaves & Leaves.raises) !== 0,
    logs: found.logs,
    handsErrorOn: handedOn,
    empty: isEmpty(file, block),
    returnsConstant: isQuiet ? constants : undefined,
    exits: (leaves & Leaves.exits) !== 0,
    acts: found.acts,
    ...(endsAlways && { endsAlways }),
    ...(handedOnWhole && { handsErrorOnWhole: true }),
    ...(assigned !== undefined && !handedOn && { assignsConstant: assigned }),
  };
}

interface Statements {
  readonly logs: readonly HandlerLogCall[];
  /** Calls that are no log calls, assignments and the like. */
  readonly acts: boolean;
  readonly calls: boolean;
}

/** Log calls and deeds of a handler; a handler inside it logs an error of its own. */
function readStatements(
  { file, logs: reader }: HandlerReaders,
  block: NodeIndex,
  errorName: string | undefined,
): Statements {
  const { tree, text } = file.source;
  const logs: HandlerLogCall[] = [];
  const seen = { acts: false, calls: false, traceback: false };
  walkOwn(tree, block, node => {
    const kind = kindOf(tree, node);
    if (ACTS.has(kind)) seen.acts = true;
    if (kind === Kind.except_clause) return false;
    if (kind === Kind.attribute && textOf(tree, text, node).endsWith('.__traceback__')) seen.traceback = true;
    if (kind !== Kind.call) return true;
    const log = reader.readLogCall(node, errorName);
    if (log) logs.push(log);
    else {
      seen.acts = true;
      seen.calls = true;
      if (reader.isTraceback(node)) seen.traceback = true;
    }
    return log === undefined;
  });
  // What is read of the traceback goes into the log sooner or later.
  const complete = seen.traceback ? logs.map(log => ({ ...log, hasTraceback: true })) : logs;
  return { logs: complete, acts: seen.acts, calls: seen.calls };
}

/** Kinds of nodes that do something by themselves. */
const ACTS: ReadonlySet<number> = new Set([
  Kind.except_clause,
  Kind.assignment,
  Kind.augmented_assignment,
  Kind.named_expression,
  Kind.delete_statement,
  Kind.yield,
  Kind.await,
  Kind.import_statement,
  Kind.import_from_statement,
]);

/** Nothing but `pass`, `...`, a string, `continue`, `break` or a bare or constant return. */
function isEmpty(file: PythonFile, block: NodeIndex): boolean {
  const { tree } = file.source;
  return childrenOf(tree, block).every(statement => {
    switch (kindOf(tree, statement)) {
      case Kind.comment:
      case Kind.pass_statement:
      case Kind.continue_statement:
      case Kind.break_statement:
        return true;
      case Kind.return_statement: {
        const value = firstChild(tree, statement);
        return value < 0 || constantText(file, value) !== undefined;
      }
      case Kind.expression_statement:
        return isInert(file, firstChild(tree, statement));
      default:
        return false;
    }
  });
}

function isInert({ source: { tree } }: PythonFile, expression: NodeIndex): boolean {
  const kind = kindOf(tree, expression);
  return kind === Kind.ellipsis || kind === Kind.string || kind === Kind.concatenated_string;
}

/** The constant that all `return` statements of a handler give back; undefined when they differ or compute something. */
function returnedConstants(file: PythonFile, block: NodeIndex): string | undefined {
  const { tree } = file.source;
  const returned = new Set<string | undefined>();
  walkOwn(tree, block, node => {
    if (kindOf(tree, node) !== Kind.return_statement) return true;
    const value = firstChild(tree, node);
    if (value >= 0) returned.add(constantText(file, value));
    return false;
  });
  const [only] = returned;
  return returned.size === 1 ? only : undefined;
}

/** `data = None`: source text of the value when empty values for names are all that a handler gives. */
function assignedNothing(file: PythonFile, block: NodeIndex): string | undefined {
  const { tree } = file.source;
  const given: (string | undefined)[] = [];
  const isPlain = childrenOf(tree, block).every(statement => {
    const kind = kindOf(tree, statement);
    if (kind !== Kind.expression_statement)
      return kind === Kind.comment || kind === Kind.pass_statement || kind === Kind.continue_statement;
    const assignment = firstChild(tree, statement);
    if (kindOf(tree, assignment) !== Kind.assignment) return isInert(file, assignment);
    const target = childByField(tree, assignment, Field.left);
    const value = childByField(tree, assignment, Field.right);
    given.push(
      kindOf(tree, target) === Kind.identifier && isNothing(file, value) ? constantText(file, value) : undefined,
    );
    return true;
  });
  const [first] = given;
  return isPlain && first !== undefined && given.every(text => text !== undefined) ? first : undefined;
}
