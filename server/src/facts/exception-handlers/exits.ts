import { neverReturning } from '../../knowledge/never-returns.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, firstChild, kindOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { functionAround, functionName } from './boundary.ts';
import { walkOwn } from './walk-own.ts';

/** Callees that wait for a person or for the end of the program, or that end it. Meets the last part of the callee. */
const WAITING =
  /^(sleep|input|getpass|pause|wait|join|communicate|run_forever|serve_forever|run_until_complete|mainloop|main|cmdloop|interact|start_consuming|run_app|parse_args|parse_known_args|_?exit|quit|abort|select|accept|recv|getch|read_key|prompt|confirm)$/;

/**
 * Whether guarded code may rely on a bare `except` for `KeyboardInterrupt` or `SystemExit`: it exits, it waits, it loops
 * without end, or it is the program's outermost code. Functions of the file are looked into.
 */
export function mayEndProgram(file: PythonFile, statement: NodeIndex): boolean {
  const { tree } = file.source;
  const around = functionAround(file, statement);
  const isOutermost = around < 0 || /^_*main$/.test(functionName(file, around));
  return isOutermost || endsOrWaits(file, childByField(tree, statement, Field.body), new Set());
}

function endsOrWaits(file: PythonFile, root: NodeIndex, seen: Set<string>): boolean {
  const { tree, text } = file.source;
  let found = false;
  walkOwn(tree, root, node => {
    if (found) return false;
    const kind = kindOf(tree, node);
    if (kind === Kind.while_statement)
      found = /^(True|1)$/.test(textOf(tree, text, childByField(tree, node, Field.condition)));
    else if (kind === Kind.raise_statement) found = isExit(file, firstChild(tree, node));
    else if (kind === Kind.call) found = callEndsOrWaits(file, node, seen);
    return !found;
  });
  return found;
}

function callEndsOrWaits(file: PythonFile, call: NodeIndex, seen: Set<string>): boolean {
  const { tree, text } = file.source;
  const callee = childByField(tree, call, Field.function);
  const isMethod = kindOf(tree, callee) === Kind.attribute;
  const name = textOf(tree, text, isMethod ? childByField(tree, callee, Field.attribute) : callee);
  const symbol = file.resolver.valueOf(callee)?.symbol;
  if (symbol?.startsWith(':')) return definitionEndsOrWaits(file, symbol.slice(1), seen);
  const isString =
    symbol?.startsWith('builtins.str()') === true || kindOf(tree, firstChild(tree, callee)) === Kind.string;
  if (WAITING.test(name) && !isString && symbol !== 'os.path.join') return true;
  return symbol !== undefined && neverReturning.exits.has(canonicalName(symbol) ?? '');
}

function definitionEndsOrWaits(file: PythonFile, qualifiedName: string, seen: Set<string>): boolean {
  if (seen.has(qualifiedName)) return false;
  seen.add(qualifiedName);
  const scope = file.table.scopes.find(
    ({ kind, qualifiedName: name }) => kind === 'function' && name === qualifiedName,
  );
  return scope !== undefined && endsOrWaits(file, childByField(file.source.tree, scope.node, Field.body), seen);
}

function isExit(file: PythonFile, raised: NodeIndex): boolean {
  const { tree } = file.source;
  const type = kindOf(tree, raised) === Kind.call ? childByField(tree, raised, Field.function) : raised;
  const symbol = type < 0 ? undefined : file.resolver.valueOf(type)?.symbol;
  return symbol === 'builtins.SystemExit' || symbol === 'builtins.KeyboardInterrupt';
}
