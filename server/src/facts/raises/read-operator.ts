import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, childrenOf, kindOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { createMomentReader } from './moments.ts';
import type { RegionWriter } from './region-writer.ts';
import type { ValueReader } from './value-reader.ts';

/** Notes what operators raise. */
export interface OperatorReader {
  /** A binary operator or an augmented assignment. */
  readOperator(node: NodeIndex, region: number): void;
  readComparison(node: NodeIndex, region: number): void;
}

const TYPE_ERROR = ['builtins.TypeError'];

/** For one extraction only; what is found goes to `writer`. */
export function createOperatorReader(file: PythonFile, values: ValueReader, writer: RegionWriter): OperatorReader {
  const { tree, text } = file.source;
  const moments = createMomentReader(file, values);

  function readOperator(node: NodeIndex, region: number): void {
    const left = childByField(tree, node, Field.left);
    const right = childByField(tree, node, Field.right);
    const operator = kindOf(tree, childByField(tree, node, Field.operator));
    const classes = [values.classOf(left), values.classOf(right)];
    if (values.mayBeNone(left) || values.mayBeNone(right)) writer.raise(region, TYPE_ERROR);
    if (values.isOfProgram(left) || values.isOfProgram(right)) writer.guess(region);
    // Its division by zero is one of its own.
    const isDecimal = classes.some(name => name?.startsWith('decimal.') === true);
    if (isDecimal) writer.raise(region, ['decimal.DecimalException']);
    const isText = classes[0] === 'builtins.str' || classes[0] === 'builtins.bytes';
    switch (operator) {
      case Kind['%']:
      case Kind['%=']:
        if (isText) {
          writer.raise(region, ['builtins.KeyError', 'builtins.TypeError', 'builtins.ValueError']);
          return;
        }
        // It may be a text that is filled in.
        if (classes[0] === undefined && !isNumber(left)) {
          writer.raise(region, TYPE_ERROR);
          if (!isNumber(right)) writer.raise(region, ['builtins.KeyError', 'builtins.ValueError']);
        }
        readDivisor(right, region);
        return;
      case Kind['+']:
      case Kind['+=']:
      case Kind['-']:
      case Kind['-=']:
        writer.raise(region, moments.typesOfSum(left, right, operator === Kind['-'] || operator === Kind['-=']));
        return;
      case Kind['/']:
        if (isDecimal) return;
        if (!classes.some(name => name?.startsWith('pathlib.') === true)) readDivisor(right, region);
        return;
      case Kind['//']:
      case Kind['/=']:
      case Kind['//=']:
        if (isDecimal) return;
        readDivisor(right, region);
        return;
      case Kind['**']:
      case Kind['**=']:
        if (!isNumber(right)) writer.raise(region, ['builtins.OverflowError', 'builtins.ZeroDivisionError']);
        return;
      case Kind['<<']:
      case Kind['>>']:
        if (!isNumber(right)) writer.raise(region, ['builtins.ValueError']);
        return;
      default:
    }
  }

  function readDivisor(right: NodeIndex, region: number): void {
    const isSafe = isNumber(right) && !/^[0.]+$/.test(textOf(tree, text, right));
    if (!isSafe) writer.raise(region, ['builtins.ZeroDivisionError']);
  }

  function isNumber(node: NodeIndex): boolean {
    const kind = kindOf(tree, node);
    return kind === Kind.integer || kind === Kind.float;
  }

  function readComparison(node: NodeIndex, region: number): void {
    const parts = childrenOf(tree, node);
    if (parts.some(part => values.isOfProgram(part))) writer.guess(region);
    const compares = parts.some(part => ORDERING.has(kindOf(tree, part)));
    if (compares && parts.some(part => kindOf(tree, part) !== Kind.none && values.mayBeNone(part)))
      writer.raise(region, TYPE_ERROR);
    parts.forEach((part, at) => {
      const [before = -1, after = -1] = [parts[at - 1], parts[at + 1]];
      const isOrder = ORDERING.has(kindOf(tree, part)) && kindOf(tree, part) !== Kind.in;
      if (isOrder && moments.mayDiffer(before, after)) writer.raise(region, TYPE_ERROR);
    });
  }

  return { readOperator, readComparison };
}

const ORDERING: ReadonlySet<number> = new Set([Kind['<'], Kind['<='], Kind['>'], Kind['>='], Kind.in, Kind['not in']]);
