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
  const empty = isEmpty(file, block, errorName);
  const endsAlways = (leaves & (Leaves.falls | Leaves.returns | Leaves.jumps)) === 0;
  // `_ = error` and `del error` are there to please a linter.
  const acts = found.acts && !empty;
  const isQuiet = !acts && !handedOn && (leaves & Leaves.raises) === 0;
  return {
    reraises: endsAlways && (leaves & Leaves.raises) !== 0,
    mayRaise: (leaves & Leaves.raises) !== 0,
    logs: found.logs,
    handsErrorOn: handedOn,
    empty,
    returnsConstant: isQuiet ? constants : undefined,
    exits: (leaves & Leaves.exits) !== 0,
    acts,
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
    if (kind !== Kind.call || constantText(file, node) !== undefined) return true;
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

/** Nothing but `pass`, `...`, a string, `continue`, `break`, a bare or constant return, or a mention of the error alone. */
function isEmpty(file: PythonFile, block: NodeIndex, errorName: string | undefined): boolean {
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
        return isInert(file, firstChild(tree, statement)) || isMention(file, firstChild(tree, statement), errorName);
      case Kind.delete_statement:
        return isNamed(file, firstChild(tree, statement), errorName);
      default:
        return false;
    }
  });
}

function isInert(file: PythonFile, expression: NodeIndex): boolean {
  const kind = kindOf(file.source.tree, expression);
  return kind === Kind.concatenated_string || constantText(file, expression) !== undefined;
}

/** `error`, `_ = error`. */
function isMention(file: PythonFile, expression: NodeIndex, errorName: string | undefined): boolean {
  const { tree } = file.source;
  if (kindOf(tree, expression) !== Kind.assignment) return isNamed(file, expression, errorName);
  const isDiscarded = isNamed(file, childByField(tree, expression, Field.left), '_');
  return isDiscarded && isNamed(file, childByField(tree, expression, Field.right), errorName);
}

function isNamed({ source: { tree, text } }: PythonFile, node: NodeIndex, name: string | undefined): boolean {
  return kindOf(tree, node) === Kind.identifier && textOf(tree, text, node) === name;
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
    const expression = firstChild(tree, statement);
    if (kindOf(tree, expression) !== Kind.assignment) return isInert(file, expression);
    given.push(nothingAssigned(file, expression));
    return true;
  });
  const [first] = given;
  return isPlain && first !== undefined && given.every(text => text !== undefined) ? first : undefined;
}

/** Source text of the empty value in `data = None`, `self.data = None`, `data = more = None`. */
function nothingAssigned(file: PythonFile, assignment: NodeIndex): string | undefined {
  const { tree } = file.source;
  const target = childByField(tree, assignment, Field.left);
  const value = childByField(tree, assignment, Field.right);
  if (kindOf(tree, target) !== Kind.identifier && !isOwnAttribute(file, target)) return undefined;
  if (kindOf(tree, value) === Kind.assignment) return nothingAssigned(file, value);
  return isNothing(file, value) ? constantText(file, value) : undefined;
}

/** `self.data` */
function isOwnAttribute(file: PythonFile, node: NodeIndex): boolean {
  const { tree } = file.source;
  return kindOf(tree, node) === Kind.attribute && isNamed(file, childByField(tree, node, Field.object), 'self');
}
