import {
  EAGER_METHODS,
  PLAIN_ATTRIBUTES,
  READERS,
  SENDERS,
  WRAPPERS,
  type ResourceKind,
} from '../../knowledge/resources.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  ancestorOfKind,
  childByField,
  childrenOf,
  firstChild,
  kindOf,
  NO_NODE,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';

/** Where the value of an expression goes, as far as it still depends on the resource. */
export type Flow =
  /** It is used up on the spot. */
  | { readonly kind: 'used'; readonly attribute: string | undefined }
  /** A method closes it. `call` is the call of that method. */
  | { readonly kind: 'closed'; readonly call: NodeIndex }
  /** It is the subject of a `with` statement; `closing` when `contextlib.closing` is around it. */
  | { readonly kind: 'entered'; readonly statement: NodeIndex; readonly closing: boolean }
  /** A local name holds it, or something that depends on it (`direct` is false then). */
  | { readonly kind: 'named'; readonly name: string; readonly assignment: NodeIndex; readonly direct: boolean }
  /** A loop runs over it, or over an attribute of it. */
  | { readonly kind: 'iterated'; readonly attribute: string | undefined }
  /** Somebody else has it, or nobody can tell. */
  | { readonly kind: 'escapes' };

const ESCAPES: Flow = { kind: 'escapes' };

/** Follows the value of an expression outwards through the syntax around it. */
export function flowOf(file: PythonFile, start: NodeIndex, kind: ResourceKind): Flow {
  const { tree, text } = file.source;
  let child = start;
  // The first attribute that was taken of it: `stdout` in `process.stdout.read()`.
  let attribute: string | undefined;
  const used = (): Flow => ({ kind: 'used', attribute });
  for (;;) {
    const parent = parentOf(tree, child);
    const field = tree.fields[child];
    switch (kindOf(tree, parent)) {
      case Kind.await:
      case Kind.parenthesized_expression:
      case Kind.boolean_operator:
        child = parent;
        continue;
      case Kind.attribute: {
        const name = textOf(tree, text, childByField(tree, parent, Field.attribute));
        const isDirect = isSame(file, start, child);
        attribute ??= name;
        const call = parentOf(tree, parent);
        const isCalled = kindOf(tree, call) === Kind.call && tree.fields[parent] === Field.function;
        if (isDirect && kind.close.includes(name)) return isCalled ? { kind: 'closed', call } : ESCAPES;
        if (isDirect && isCalled && endsIt(file, call, name, kind)) return { kind: 'closed', call };
        if (isCalled && name === 'fileno' && isDuplicated(file, call)) return ESCAPES;
        if (isCalled ? isEager(file, call, name) : PLAIN_ATTRIBUTES.has(name)) return used();
        if (!isCalled && EAGER_METHODS.has(name)) return ESCAPES;
        if (isCalled && HANDS_OVER.has(name)) return ESCAPES;
        child = isCalled ? call : parent;
        continue;
      }
      case Kind.subscript:
        if (field === Field.subscript) return used();
        child = parent;
        continue;
      case Kind.keyword_argument:
      case Kind.argument_list: {
        const list = kindOf(tree, parent) === Kind.argument_list ? parent : parentOf(tree, parent);
        const call = parentOf(tree, list);
        const callee =
          canonicalName(file.resolver.valueOf(childByField(tree, call, Field.function))?.symbol ?? '') ?? '';
        if (CLOSING.has(callee)) {
          const item = ancestorOfKind(tree, call, Kind.with_item);
          const isItem = item >= 0 && (parentOf(tree, call) === item || parentOf(tree, parentOf(tree, call)) === item);
          return isItem ? { kind: 'entered', statement: statementOf(file, item), closing: true } : ESCAPES;
        }
        if (READERS.has(callee) || SENDERS.has(callee) || isJoin(file, call)) return used();
        if (!WRAPPERS.has(callee)) return ESCAPES;
        child = call;
        continue;
      }
      case Kind.yield:
        return /^yield\s+from\b/.test(textOf(tree, text, parent)) ? used() : ESCAPES;
      case Kind.list_splat:
      case Kind.delete_statement:
        return used();
      case Kind.named_expression: {
        // `if (file := open(path)):` and the like; where the value goes on, so does the resource.
        const outer = flowOf(file, parent, kind);
        if (outer.kind !== 'used') return outer;
        const name = textOf(tree, text, childByField(tree, parent, Field.name));
        return { kind: 'named', name, assignment: parent, direct: isSame(file, start, child) };
      }
      case Kind.pair:
      case Kind.dictionary:
      case Kind.list:
      case Kind.tuple:
      case Kind.expression_list:
        if (kindOf(tree, parentOf(tree, parent)) === Kind.delete_statement) return used();
        return targetAmongSeveral(file, parent, child, start) ?? (isSent(file, parent) ? used() : ESCAPES);

      case Kind.generator_expression:
        child = parent;
        continue;
      case Kind.call: {
        // `sum(… for … in file)`: the generator stands where the argument list would.
        const callee =
          canonicalName(file.resolver.valueOf(childByField(tree, parent, Field.function))?.symbol ?? '') ?? '';
        return READERS.has(callee) && field === Field.arguments ? used() : ESCAPES;
      }
      case Kind.for_in_clause: {
        if (field !== Field.right) return ESCAPES;
        const comprehension = parentOf(tree, parent);
        if (kindOf(tree, comprehension) !== Kind.generator_expression) return used();
        child = comprehension;
        continue;
      }
      case Kind.for_statement:
        return field === Field.right ? { kind: 'iterated', attribute } : ESCAPES;
      case Kind.as_pattern:
      case Kind.with_item: {
        const item = kindOf(tree, parent) === Kind.with_item ? parent : parentOf(tree, parent);
        if (kindOf(tree, item) !== Kind.with_item) return ESCAPES;
        if (!isSame(file, start, child)) return used();
        return { kind: 'entered', statement: statementOf(file, item), closing: false };
      }
      case Kind.augmented_assignment:
        return field === Field.left ? used() : ESCAPES;
      case Kind.assignment: {
        const left = childByField(tree, parent, Field.left);
        // `session.auth = …` and `shelf[isbn] = …` set something on it.
        if (field === Field.left) return used();
        // `title, *rest = open(path)` reads it to its end.
        if (isPattern(file, left) && kind.what === 'file') return used();
        const isPlain = field === Field.right && kindOf(tree, left) === Kind.identifier;
        if (!isPlain || kindOf(tree, parentOf(tree, parent)) !== Kind.expression_statement) return ESCAPES;
        return {
          kind: 'named',
          name: textOf(tree, text, left),
          assignment: parent,
          direct: isSame(file, start, child),
        };
      }
      case Kind.if_statement:
      case Kind.elif_clause:
      case Kind.while_statement:
      case Kind.assert_statement:
      case Kind.expression_statement:
      case Kind.comparison_operator:
      case Kind.not_operator:
      case Kind.unary_operator:
      case Kind.binary_operator:
      case Kind.interpolation:
      case Kind.slice:
        return used();
      case Kind.conditional_expression: {
        const [, condition] = childrenOf(tree, parent);
        if (condition === child) return used();
        child = parent;
        continue;
      }
      default:
        return ESCAPES;
    }
  }
}

/** `stock, prices = open(first), open(second)`: the name that an element of the right side goes to. */
function targetAmongSeveral(
  { source: { tree, text } }: PythonFile,
  values: NodeIndex,
  value: NodeIndex,
  start: NodeIndex,
): Flow | undefined {
  const assignment = parentOf(tree, values);
  if (kindOf(tree, assignment) !== Kind.assignment || tree.fields[values] !== Field.right) return undefined;
  const targets = childrenOf(tree, childByField(tree, assignment, Field.left));
  const given = childrenOf(tree, values);
  const target = targets[given.indexOf(value)] ?? NO_NODE;
  const isOneToOne = targets.length === given.length && targets.every(node => kindOf(tree, node) === Kind.identifier);
  if (!isOneToOne || value !== start) return undefined;
  return { kind: 'named', name: textOf(tree, text, target), assignment, direct: true };
}

function isPattern({ source: { tree } }: PythonFile, target: NodeIndex): boolean {
  const kind = kindOf(tree, target);
  return kind === Kind.pattern_list || kind === Kind.tuple_pattern || kind === Kind.list_pattern;
}

/** Whether a display is an argument of a function that sends what is in it: `files={"cover": open(path, "rb")}`. */
function isSent(file: PythonFile, display: NodeIndex): boolean {
  const { tree } = file.source;
  let outer = display;
  while (DISPLAYS.has(kindOf(tree, outer))) outer = parentOf(tree, outer);
  const list = kindOf(tree, outer) === Kind.keyword_argument ? parentOf(tree, outer) : outer;
  if (kindOf(tree, list) !== Kind.argument_list) return false;
  const callee = file.resolver.valueOf(childByField(tree, parentOf(tree, list), Field.function));
  return SENDERS.has(canonicalName(callee?.symbol ?? '') ?? '');
}

const DISPLAYS: ReadonlySet<number> = new Set([Kind.pair, Kind.dictionary, Kind.list, Kind.tuple]);

/** `"".join(file)` */
function isJoin({ source: { tree, text } }: PythonFile, call: NodeIndex): boolean {
  const callee = childByField(tree, call, Field.function);
  if (kindOf(tree, callee) !== Kind.attribute) return false;
  const isText = kindOf(tree, childByField(tree, callee, Field.object)) === Kind.string;
  return isText && textOf(tree, text, childByField(tree, callee, Field.attribute)) === 'join';
}

/** `os.dup2(log.fileno(), 1)`: the file goes on as a standard stream of the process. */
function isDuplicated({ source: { tree }, resolver }: PythonFile, descriptor: NodeIndex): boolean {
  const list = parentOf(tree, descriptor);
  if (kindOf(tree, list) !== Kind.argument_list || firstChild(tree, list) !== descriptor) return false;
  return resolver.valueOf(childByField(tree, parentOf(tree, list), Field.function))?.symbol === 'os.dup2';
}

/** Methods that give the resource, or its inside, away. */
const HANDS_OVER: ReadonlySet<string> = new Set(['detach', '__enter__', '__aenter__', 'makefile']);

const CLOSING: ReadonlySet<string> = new Set(['contextlib.closing', 'contextlib.aclosing']);

/** Kinds of nodes whose value may be that of a child. */
const SAME_VALUE: ReadonlySet<number> = new Set([
  Kind.await,
  Kind.parenthesized_expression,
  Kind.conditional_expression,
  Kind.boolean_operator,
]);

/** Whether two nodes may have one value: brackets, `await` and alternatives stand between them. */
function isSame({ source: { tree } }: PythonFile, start: NodeIndex, node: NodeIndex): boolean {
  for (let current = start; current !== node; current = parentOf(tree, current)) {
    if (!SAME_VALUE.has(kindOf(tree, parentOf(tree, current)))) return false;
  }
  return true;
}

function statementOf({ source: { tree } }: PythonFile, item: NodeIndex): NodeIndex {
  return ancestorOfKind(tree, item, Kind.with_statement);
}

/** Reading to the end closes some things: a read without a size. */
function endsIt({ source: { tree } }: PythonFile, call: NodeIndex, name: string, { endsWith }: ResourceKind): boolean {
  if (endsWith?.includes(name) !== true) return false;
  return childrenOf(tree, childByField(tree, call, Field.arguments)).length === 0;
}

/** A streamed answer is read later. */
function isEager({ source: { tree, text } }: PythonFile, call: NodeIndex, name: string): boolean {
  if (!EAGER_METHODS.has(name)) return false;
  return !childrenOf(tree, childByField(tree, call, Field.arguments)).some(
    argument =>
      kindOf(tree, argument) === Kind.keyword_argument &&
      textOf(tree, text, childByField(tree, argument, Field.name)) === 'stream',
  );
}
