import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { neverReturning } from '../../knowledge/never-returns.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childOfKind,
  childrenOf,
  firstChild,
  kindOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';

/** Ways in which control leaves a piece of code, as bits. */
export const Leaves = Object.freeze({ falls: 1, raises: 2, returns: 4, exits: 8, jumps: 16 });

/** Tells how control leaves blocks of one file. */
export interface FlowReader {
  /** Bits of {@link Leaves} for a block. What a call may raise does not count. */
  ofBlock(block: NodeIndex): number;
}

/** A reader that remembers which functions of the file always raise; for one extraction only. */
export function createFlowReader({ source, resolver, table }: PythonFile): FlowReader {
  const { tree, text } = source;
  const known = new Map<string, number>();

  function ofBlock(block: NodeIndex): number {
    if (block < 0) return Leaves.falls;
    let flow = 0;
    for (const statement of childrenOf(tree, block)) {
      const next = ofStatement(statement);
      flow |= next & ~Leaves.falls;
      if ((next & Leaves.falls) === 0) return flow;
    }
    return flow | Leaves.falls;
  }

  function ofStatement(node: NodeIndex): number {
    switch (kindOf(tree, node)) {
      case Kind.raise_statement:
        return isExitError(firstChild(tree, node)) ? Leaves.exits : Leaves.raises;
      case Kind.return_statement: {
        const gone = ofExpression(firstChild(tree, node));
        return (gone & Leaves.falls) === 0 ? gone : Leaves.returns;
      }
      case Kind.continue_statement:
      case Kind.break_statement:
        return Leaves.jumps;
      case Kind.assert_statement:
        // `assert False, error` raises, and stands where a person wrote `raise` in a hurry.
        return kindOf(tree, firstChild(tree, node)) === Kind.false ? Leaves.raises : Leaves.falls;
      case Kind.expression_statement:
        return ofExpression(firstChild(tree, node));
      case Kind.if_statement:
        return ofIf(node);
      case Kind.try_statement:
        return ofTry(node);
      case Kind.with_statement:
        return ofWith(node);
      case Kind.for_statement:
      case Kind.while_statement:
        return (ofBlock(childByField(tree, node, Field.body)) & ~Leaves.jumps) | Leaves.falls;
      case Kind.match_statement:
        return ofMatch(node);
      default:
        return Leaves.falls;
    }
  }

  function ofIf(node: NodeIndex): number {
    let flow = ofBlock(childByField(tree, node, Field.consequence));
    let hasElse = false;
    for (const branch of childrenOf(tree, node)) {
      const kind = kindOf(tree, branch);
      if (kind === Kind.elif_clause) flow |= ofBlock(childByField(tree, branch, Field.consequence));
      if (kind !== Kind.else_clause) continue;
      hasElse = true;
      flow |= ofBlock(childByField(tree, branch, Field.body));
    }
    return hasElse ? flow : flow | Leaves.falls;
  }

  function ofTry(node: NodeIndex): number {
    let flow = ofBlock(childByField(tree, node, Field.body));
    for (const part of childrenOf(tree, node)) {
      const kind = kindOf(tree, part);
      if (kind === Kind.except_clause) flow |= ofBlock(childOfKind(tree, part, Kind.block));
      if (kind === Kind.else_clause && (flow & Leaves.falls) !== 0)
        flow = (flow & ~Leaves.falls) | ofBlock(childByField(tree, part, Field.body));
      if (kind !== Kind.finally_clause) continue;
      const last = ofBlock(childOfKind(tree, part, Kind.block));
      flow = (last & Leaves.falls) === 0 ? last : flow | (last & ~Leaves.falls);
    }
    return flow;
  }

  function ofWith(node: NodeIndex): number {
    const flow = ofBlock(childByField(tree, node, Field.body));
    const header = textOf(tree, text, childOfKind(tree, node, Kind.with_clause));
    // oslo.utils raises the error again when its block is done.
    if (header.includes('save_and_reraise_exception')) return Leaves.raises;
    return header.includes('suppress') ? flow | Leaves.falls : flow;
  }

  function ofMatch(node: NodeIndex): number {
    const cases = childrenOf(tree, childByField(tree, node, Field.body)).filter(
      child => kindOf(tree, child) === Kind.case_clause,
    );
    const flow = cases.reduce((sum, clause) => sum | ofBlock(childByField(tree, clause, Field.consequence)), 0);
    const last = cases.at(-1) ?? -1;
    const isComplete = last >= 0 && /^case\s+_\s*:/.test(textOf(tree, text, last));
    return isComplete ? flow : flow | Leaves.falls;
  }

  function ofExpression(node: NodeIndex): number {
    const kind = kindOf(tree, node);
    if (kind === Kind.await) return ofExpression(firstChild(tree, node));
    return kind === Kind.call ? ofCall(node) : Leaves.falls;
  }

  function ofCall(call: NodeIndex): number {
    const callee = childByField(tree, call, Field.function);
    const symbol = resolver.valueOf(callee)?.symbol;
    if (symbol?.startsWith(':')) return ofFunction(symbol.slice(1));
    const name = symbol === undefined ? undefined : canonicalName(symbol);
    if (name !== undefined && neverReturning.exits.has(name)) return Leaves.exits;
    if (name !== undefined && neverReturning.raises.has(name)) return Leaves.raises;
    return RAISING_NAME.test(textOf(tree, text, callee)) ? Leaves.raises : Leaves.falls;
  }

  function ofFunction(qualifiedName: string): number {
    const done = known.get(qualifiedName);
    if (done !== undefined) return done;
    // A function that calls itself is taken to come back.
    known.set(qualifiedName, Leaves.falls);
    const scope = table.scopes.find(
      candidate => candidate.kind === 'function' && candidate.qualifiedName === qualifiedName,
    );
    const flow = scope ? ofDefinition(scope.node) : Leaves.falls;
    known.set(qualifiedName, flow);
    return flow;
  }

  function ofDefinition(definition: NodeIndex): number {
    if (/\b(NoReturn|Never)\b/.test(textOf(tree, text, childByField(tree, definition, Field.return_type))))
      return Leaves.raises;
    const flow = ofBlock(childByField(tree, definition, Field.body));
    return (flow & (Leaves.falls | Leaves.returns)) === 0 ? flow : Leaves.falls;
  }

  function isExitError(raised: NodeIndex): boolean {
    const type = kindOf(tree, raised) === Kind.call ? childByField(tree, raised, Field.function) : raised;
    return type >= 0 && resolver.valueOf(type)?.symbol === 'builtins.SystemExit';
  }

  return { ofBlock };
}

/** Helpers of other modules whose name says that they raise: `raise_from`, `self._reraise`, `raise_http_error`. */
const RAISING_NAME = /(^|\.)_*(re_?)?raise(_\w+)?$/;
