import { raiseKnowledge } from '../../knowledge/raises.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  ancestorOfKind,
  childByField,
  childrenOf,
  firstChild,
  kindOf,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import { readExceptHead } from '../exception-handlers/caught-types.ts';
import type { PythonFile } from '../python/python-file.ts';
import { canonicalCallable, exceptionName, isOfLibrary } from './canonical.ts';
import { createContainerReader } from './read-container.ts';
import { bringsPlainModules } from './plain-modules.ts';
import { isModuleOfProgram } from './program-modules.ts';
import { createOperatorReader } from './read-operator.ts';
import type { RegionWriter } from './region-writer.ts';
import { shortText } from './short-text.ts';
import type { ValueReader } from './value-reader.ts';

/** Notes what a node other than a call raises by itself. */
export type SiteReader = (node: NodeIndex, region: number) => void;

/** For one extraction only; what is found goes to `writer`. */
export function createSiteReader(file: PythonFile, values: ValueReader, writer: RegionWriter): SiteReader {
  const { source, resolver } = file;
  const { tree, text } = source;
  const containers = createContainerReader(file, values, writer);
  const operators = createOperatorReader(file, values, writer);
  const properties = findProperties(file);

  return (node, region) => {
    switch (kindOf(tree, node)) {
      case Kind.raise_statement:
        readRaise(node, region);
        break;
      case Kind.assert_statement:
        writer.raise(region, ['builtins.AssertionError']);
        break;
      case Kind.import_statement:
      case Kind.import_from_statement:
        readImport(node, region);
        break;
      case Kind.delete_statement:
        readDelete(node, region);
        break;
      case Kind.subscript:
        containers.readSubscript(node, region);
        break;
      case Kind.attribute:
        readAttribute(node, region);
        break;
      case Kind.binary_operator:
      case Kind.augmented_assignment:
        operators.readOperator(node, region);
        break;
      case Kind.comparison_operator:
        operators.readComparison(node, region);
        break;
      case Kind.assignment:
        containers.readUnpacking(childByField(tree, node, Field.left), childByField(tree, node, Field.right), region);
        break;
      case Kind.for_statement:
      case Kind.for_in_clause:
        containers.readLoop(node, region);
        break;
      case Kind.list_splat:
        containers.readIteration(lastChild(node), region);
        break;
      case Kind.dictionary_splat:
        readStarred(node, region);
        break;
      case Kind.await:
        readAwait(node, region);
        break;
      case Kind.yield:
        readYield(node, region);
        break;
      case Kind.with_item:
        readContext(node, region);
        break;
      case Kind.interpolation:
        readInterpolation(node, region);
        break;
      default:
    }
  };

  function readRaise(node: NodeIndex, region: number): void {
    const raised = firstChild(tree, node);
    // A bare `raise` belongs to the handler around it.
    if (raised < 0 || tree.fields[raised] === Field.cause || isCaughtError(raised)) return;
    const type = typeOf(raised);
    if (type === undefined) writer.unknown(region, `raise ${shortText(source, raised)}`);
    else writer.raise(region, [type]);
  }

  /** Whether an expression names the error of a handler around it; that is for the handler's guard. */
  function isCaughtError(raised: NodeIndex): boolean {
    const name = /^\w+/.exec(textOf(tree, text, raised))?.[0];
    if (kindOf(tree, raised) === Kind.call) return false;
    for (let clause = ancestorOfKind(tree, raised, Kind.except_clause); clause >= 0;) {
      if (readExceptHead(file, clause).errorName === name) return true;
      clause = ancestorOfKind(tree, clause, Kind.except_clause);
    }
    return false;
  }

  /** The class that is raised, by `raise X`, `raise X(…)` or an instance of it. */
  function typeOf(raised: NodeIndex): string | undefined {
    const symbol = resolver.valueOf(raised)?.symbol;
    if (symbol === undefined) return undefined;
    const type = symbol.endsWith('()') ? symbol.slice(0, -2) : symbol;
    if (type.includes('()')) return undefined;
    const name = exceptionName(type);
    if (raiseKnowledge.exceptions.has(name)) return name;
    // By PEP 8, a function that makes the error is no class.
    return /(^|[.:])_*[A-Z]\w*$/.test(name) ? name : undefined;
  }

  /** Importing a module of the program runs all of its code. */
  function readImport(node: NodeIndex, region: number): void {
    const written = textOf(tree, text, node);
    const module = /^(?:from|import)\s+([.\w]+)/.exec(written)?.[1] ?? '';
    const isOwn = isModuleOfProgram(module, source.path);
    if (!isOwn && bringsPlainModules(written)) return;
    writer.raise(region, ['builtins.ImportError']);
    if (isOwn) writer.unknown(region, `import ${module}`);
  }

  function readDelete(node: NodeIndex, region: number): void {
    for (const child of childrenOf(tree, node)) {
      const targets = kindOf(tree, child) === Kind.expression_list ? childrenOf(tree, child) : [child];
      if (targets.some(target => kindOf(tree, target) === Kind.attribute))
        writer.raise(region, ['builtins.AttributeError']);
    }
  }

  /** `**order`: no mapping, or not what a class of the program is made with. */
  function readStarred(node: NodeIndex, region: number): void {
    const value = lastChild(node);
    const isMapping = values.classOf(value) === 'builtins.dict' || kindOf(tree, value) === Kind.dictionary;
    const isPassedOn = values.isRest(value) || kindOf(tree, value) === Kind.dictionary;
    const call = parentOf(tree, parentOf(tree, node));
    if (!isMapping || (!isPassedOn && makesOwn(call))) writer.raise(region, ['builtins.TypeError']);
  }

  /** Whether a call makes an instance of a class of the program that takes certain names only. */
  function makesOwn(call: NodeIndex): boolean {
    if (kindOf(tree, call) !== Kind.call) return false;
    const symbol = resolver.valueOf(childByField(tree, call, Field.function))?.symbol ?? '';
    if (!/[.:]_*[A-Z]\w*$/.test(symbol) || isOfLibrary(symbol)) return false;
    const own = file.facts.classes.find(({ qualifiedName }) => `:${qualifiedName}` === symbol);
    return !own?.bases.some(base => base?.symbol.startsWith('pydantic') === true);
  }

  function readAttribute(node: NodeIndex, region: number): void {
    const object = childByField(tree, node, Field.object);
    if (isHolder(object) && !isTarget(node)) writer.raise(region, ['builtins.AttributeError']);
    if (values.mayBeNone(object)) writer.raise(region, ['builtins.AttributeError']);
    const isCallee = tree.fields[node] === Field.function && kindOf(tree, parentOf(tree, node)) === Kind.call;
    if (isCallee || values.isDefinition(object)) return;
    const property = propertyOf(node, object);
    if (property !== undefined) writer.run(region, { symbol: property, text: shortText(source, node) });
    else if (!isReceiver(object)) readForeignAttribute(object, region);
  }

  /** Most attributes are there, and are no properties that do more than reading. */
  function readForeignAttribute(object: NodeIndex, region: number): void {
    if (values.isForeign(object)) writer.raise(region, ['builtins.AttributeError']);
    const type = values.classOf(object);
    if (type === undefined || !isOfLibrary(type)) writer.guess(region);
  }

  /** `request.state`, `flask.g`: nobody can tell which attributes it has. */
  function isHolder(object: NodeIndex): boolean {
    const symbol = resolver.valueOf(object)?.symbol.replace(/\(\)$/, '');
    const name = symbol === undefined ? undefined : canonicalCallable(symbol);
    return name !== undefined && raiseKnowledge.holders.has(name);
  }

  function isTarget(node: NodeIndex): boolean {
    return tree.fields[node] === Field.left && kindOf(tree, parentOf(tree, node)) === Kind.assignment;
  }

  function isReceiver(object: NodeIndex): boolean {
    return kindOf(tree, object) === Kind.identifier && /^(self|cls)$/.test(textOf(tree, text, object));
  }

  /** `:Shelf.price` where the attribute is a property of a class of this file. */
  function propertyOf(node: NodeIndex, object: NodeIndex): string | undefined {
    const symbol = isReceiver(object) ? receiverClass(node) : resolver.valueOf(object)?.symbol;
    if (symbol === undefined || !symbol.startsWith(':')) return undefined;
    const name = `${symbol.replace(/\(\)$/, '').slice(1)}.${textOf(tree, text, childByField(tree, node, Field.attribute))}`;
    return properties.get(name) === true ? `:${name}` : undefined;
  }

  function receiverClass(node: NodeIndex): string | undefined {
    const definition = ancestorOfKind(tree, node, Kind.class_definition);
    const number = file.numbers.classes.get(definition);
    const found = number === undefined ? undefined : file.facts.classes[number];
    return found && `:${found.qualifiedName}`;
  }

  function readAwait(node: NodeIndex, region: number): void {
    let operand = firstChild(tree, node);
    while (kindOf(tree, operand) === Kind.parenthesized_expression) operand = firstChild(tree, operand);
    // An awaited call was made here: what it raises is counted with the call.
    if (kindOf(tree, operand) !== Kind.call) writer.unknown(region, `await ${shortText(source, operand)}`);
  }

  function readYield(node: NodeIndex, region: number): void {
    writer.yield(region);
    const value = firstChild(tree, node);
    const isFrom = /^yield\s+from\b/.test(textOf(tree, text, node).slice(0, 20));
    if (isFrom && value >= 0) containers.readIteration(value, region);
  }

  function readContext(item: NodeIndex, region: number): void {
    const first = firstChild(tree, item);
    const manager = kindOf(tree, first) === Kind.as_pattern ? firstChild(tree, first) : first;
    const symbol = resolver.valueOf(manager)?.symbol;
    const name = symbol === undefined ? undefined : canonicalCallable(symbol);
    const method = /^async\b/.test(textOf(tree, text, ancestorOfKind(tree, item, Kind.with_statement)))
      ? '__aenter__'
      : '__enter__';
    const types = name === undefined ? undefined : raiseKnowledge.raises.get(`${name}.${method}`);
    if (types) {
      writer.raise(region, types);
      return;
    }
    // What a known call makes is taken to be entered and left without further errors, unless the knowledge says so.
    if (symbol !== undefined && !isOfLibrary(symbol)) {
      writer.run(region, { symbol: `${symbol}.${method}`, text: contextText(manager) });
      return;
    }
    const isCall = kindOf(tree, manager) === Kind.call || kindOf(tree, manager) === Kind.await;
    if (!isCall) writer.unknown(region, contextText(manager));
  }

  /** The call that makes the manager stands for it. */
  function contextText(manager: NodeIndex): string {
    if (kindOf(tree, manager) !== Kind.call) return `with ${shortText(source, manager)}`;
    return `${shortText(source, childByField(tree, manager, Field.function))}()`;
  }

  function readInterpolation(node: NodeIndex, region: number): void {
    const format = childByField(tree, node, Field.format_specifier);
    if (values.isOfProgram(firstChild(tree, node))) writer.guess(region);
    const hasFormat = format >= 0 || /:[^:}]+\}$/.test(textOf(tree, text, node));
    if (!hasFormat) return;
    const type = values.classOf(firstChild(tree, node));
    const isCertain = type === 'builtins.int' || type === 'builtins.float' || type?.startsWith('datetime.') === true;
    if (!isCertain) writer.raise(region, ['builtins.TypeError', 'builtins.ValueError']);
  }

  function lastChild(node: NodeIndex): NodeIndex {
    return childrenOf(tree, node).at(-1) ?? -1;
  }
}

/** Whether the first definition of a name is a property; its setter has the same name. */
function findProperties({ facts }: PythonFile): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const { qualifiedName, decorators } of facts.functions) {
    if (found.has(qualifiedName)) continue;
    found.set(
      qualifiedName,
      decorators.some(decorator => PROPERTIES.has(decorator?.symbol ?? '')),
    );
  }
  return found;
}

const PROPERTIES: ReadonlySet<string> = new Set(['builtins.property', 'functools.cached_property']);
