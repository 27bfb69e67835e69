import { HASH_SEED, hashSpan } from '../../core/hash.ts';
import type {
  AttributeFact,
  BindingFact,
  ClassFact,
  FunctionFact,
  ImportFact,
  LoopFact,
  ParameterFact,
  TryFact,
  Value,
} from '../../core/python-facts.ts';
import type { PythonSource } from '../../core/source-file.ts';
import type { TextRange } from '../../core/text.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  ancestorOfKind,
  childByField,
  childOfKind,
  childrenOf,
  decoratorsOf,
  endOfSubtree,
  firstChild,
  kindOf,
  parentOf,
  rangeOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import { bindImport } from './bind-import.ts';
import { dependencyOf } from './dependency.ts';
import type { KeptClass, KeptFacts } from './kept-facts.ts';
import { isStarredParameter, parameterName } from './bind-target.ts';
import type { NodeNumbers } from './python-file.ts';
import type { Resolver } from './resolve.ts';
import { enclosingFunction, type Scope, type ScopeTable } from './scopes.ts';

/** What the extractors of this file share. */
export interface DefinitionContext {
  readonly source: PythonSource;
  readonly table: ScopeTable;
  readonly resolver: Resolver;
  readonly numbers: NodeNumbers;
  /** What is known of the definitions already. */
  readonly kept?: KeptFacts | undefined;
}

/** Functions, methods and lambdas in source order. */
export function extractFunctions(context: DefinitionContext): FunctionFact[] {
  const { numbers, kept } = context;
  const scopeOf = scopeFinder(context);
  return numbers.functions.nodes.map(
    (node, index) => kept?.function(index) ?? readFunction(context, node, index, scopeOf(node)),
  );
}

/** Finds the scope that a definition opens; between two keystrokes hardly anybody asks. */
function scopeFinder({ table }: DefinitionContext): (definition: NodeIndex) => Scope | undefined {
  let byNode: ReadonlyMap<NodeIndex, Scope> | undefined;
  return definition => {
    byNode ??= new Map(table.scopes.map(scope => [scope.node, scope]));
    return byNode.get(definition);
  };
}

function readFunction(
  context: DefinitionContext,
  node: NodeIndex,
  index: number,
  scope: Scope | undefined,
): FunctionFact {
  const { source, table, resolver, numbers } = context;
  const { tree } = source;
  const isLambda = kindOf(tree, node) === Kind.lambda;
  const name = isLambda ? node : childByField(tree, node, Field.name);
  const outer = scope ? table.scopes[scope.parent] : undefined;
  const annotation = childByField(tree, node, Field.return_type);
  return {
    index,
    qualifiedName: scope?.qualifiedName ?? '',
    kind: isLambda ? 'lambda' : 'function',
    isAsync: kindOf(tree, firstChild(tree, node)) === Kind.async,
    isGenerator: !isLambda && containsYield(context, scope),
    range: rangeOf(tree, definitionNode(source, node)),
    nameRange: rangeOf(tree, name),
    bodyRange: rangeOf(tree, childByField(tree, node, Field.body)),
    parent: functionIndex(context, outer?.index ?? 0),
    class: outer?.kind === 'class' ? (numbers.classes.get(outer.node) ?? -1) : -1,
    decorators: decoratorValues(context, node),
    parameters: parameterFacts(context, childByField(tree, node, Field.parameters)),
    returnAnnotation: annotation < 0 ? undefined : resolver.instanceOf(annotation)?.symbol,
    returns: !scope || isLambda ? [] : resolver.returnsOf(scope),
    codeHash: hashCode(source, definitionNode(source, node)),
  };
}

/** Classes in source order. */
export function extractClasses(context: DefinitionContext): ClassFact[] {
  const { source, numbers, kept } = context;
  const { tree } = source;
  const scopeOf = scopeFinder(context);
  return numbers.classes.nodes.flatMap((node, index) => {
    const found = kept?.class(index) ?? readClass(context, node, index, scopeOf(node));
    if (!found) return [];
    const range = rangeOf(tree, definitionNode(source, node));
    return { ...found, range, nameRange: rangeOf(tree, childByField(tree, node, Field.name)) };
  });
}

function readClass(
  context: DefinitionContext,
  node: NodeIndex,
  index: number,
  scope: Scope | undefined,
): KeptClass | undefined {
  if (!scope) return undefined;
  const { source, resolver } = context;
  const { tree } = source;
  const superclasses = childByField(tree, node, Field.superclasses);
  const bases = superclasses < 0 ? [] : childrenOf(tree, superclasses);
  return {
    index,
    qualifiedName: scope.qualifiedName,
    bases: bases
      .filter(base => kindOf(tree, base) !== Kind.keyword_argument && kindOf(tree, base) !== Kind.comment)
      .map(base =>
        resolver.valueOf(kindOf(tree, base) === Kind.subscript ? childByField(tree, base, Field.value) : base),
      ),
    decorators: decoratorValues(context, node),
    methods: namesBoundBy(scope, binding => binding === 'definition'),
    attributes: attributeFacts(context, scope),
  };
}

/** Imports in source order. */
export function extractImports(context: DefinitionContext): ImportFact[] {
  const { source, table, numbers } = context;
  const { tree } = source;
  const imports: ImportFact[] = [];
  for (const node of numbers.imports) {
    for (const { module, name, alias } of bindImport(source, node)) {
      imports.push({
        module,
        name,
        alias,
        range: rangeOf(tree, node),
        function: functionIndex(context, table.scopeOf[node] ?? 0),
        conditional: kindOf(tree, parentOf(tree, node)) !== Kind.module,
        typeOnly: isTypeOnly(source, node),
      });
    }
  }
  return imports;
}

export function extractLoops(context: DefinitionContext): LoopFact[] {
  const { source, table, numbers } = context;
  const { tree, text } = source;
  return numbers.loops.nodes.map((node, index) => {
    const isWhile = kindOf(tree, node) === Kind.while_statement;
    const isAsync = kindOf(tree, firstChild(tree, node)) === Kind.async;
    const condition = isWhile ? textOf(tree, text, childByField(tree, node, Field.condition)) : '';
    return {
      index,
      kind: isWhile ? 'while' : isAsync ? 'asyncFor' : 'for',
      range: rangeOf(tree, node),
      function: functionIndex(context, table.scopeOf[node] ?? 0),
      endless: condition === 'True' || condition === '1',
    };
  });
}

export function extractTries(context: DefinitionContext): TryFact[] {
  const { source, table, numbers } = context;
  const { tree } = source;
  return numbers.tries.nodes.map((node, index) => ({
    index,
    range: rangeOf(tree, node),
    bodyRange: rangeOf(tree, childByField(tree, node, Field.body)),
    function: functionIndex(context, table.scopeOf[node] ?? 0),
  }));
}

/** Module-level names and what they hold. */
export function extractBindings({ table, resolver }: DefinitionContext): BindingFact[] {
  const module = table.scopes[0];
  if (!module) return [];
  return [...module.bindings].map(([name, bindings]) => {
    const [only, ...others] = bindings;
    return { name, value: only && others.length === 0 ? resolver.valueOfBinding(only) : undefined };
  });
}

/** Names in a literal `__all__`. */
export function extractExports({ source, table }: DefinitionContext): readonly string[] | undefined {
  const { tree, text } = source;
  const bindings = table.scopes[0]?.bindings.get('__all__') ?? [];
  const [only, ...others] = bindings;
  if (only?.kind !== 'assignment' || others.length > 0) return undefined;
  const kind = kindOf(tree, only.value);
  if (kind !== Kind.list && kind !== Kind.tuple) return undefined;
  return childrenOf(tree, only.value)
    .filter(child => kindOf(tree, child) === Kind.string)
    .map(child => textOf(tree, text, childOfKind(tree, child, Kind.string_content)));
}

/** Bodies of `if __name__ == "__main__"`. */
export function extractMainGuards({ source }: DefinitionContext): TextRange[] {
  const { tree, text } = source;
  return childrenOf(tree, 0)
    .filter(node => kindOf(tree, node) === Kind.if_statement)
    .filter(node =>
      /^\(?__name__\s*==\s*["']__main__["']\)?$/.test(textOf(tree, text, childByField(tree, node, Field.condition))),
    )
    .map(node => rangeOf(tree, childByField(tree, node, Field.consequence)));
}

/** Hash over a node's tokens: layout and comments don't count. */
export function hashCode({ tree, text }: PythonSource, node: NodeIndex): number {
  let hash = HASH_SEED;
  for (let current = node; current < endOfSubtree(tree, node); current++) {
    const kind = kindOf(tree, current);
    if (kind === Kind.comment) continue;
    hash = Math.imul(hash ^ kind, 0x01000193);
    if (endOfSubtree(tree, current) === current + 1)
      hash = hashSpan(hash, text, tree.starts[current], tree.ends[current]);
  }
  return hash >>> 0;
}

function functionIndex({ table, numbers }: DefinitionContext, scope: number): number {
  const found = enclosingFunction(table.scopes, scope);
  return found ? (numbers.functions.get(found.node) ?? -1) : -1;
}

/** A definition with its decorators. */
function definitionNode({ tree }: PythonSource, node: NodeIndex): NodeIndex {
  const parent = parentOf(tree, node);
  return kindOf(tree, parent) === Kind.decorated_definition ? parent : node;
}

function decoratorValues({ source, resolver }: DefinitionContext, node: NodeIndex): (Value | undefined)[] {
  const { tree } = source;
  return decoratorsOf(tree, node).map(decorator => resolver.valueOf(decorator));
}

function containsYield({ source, table }: DefinitionContext, scope: Scope | undefined): boolean {
  if (!scope) return false;
  const { tree } = source;
  for (let node = scope.node; node < endOfSubtree(tree, scope.node); node++) {
    if (kindOf(tree, node) === Kind.yield && enclosingFunction(table.scopes, table.scopeOf[node] ?? 0) === scope)
      return true;
  }
  return false;
}

function parameterFacts({ source, resolver }: DefinitionContext, parameters: NodeIndex): ParameterFact[] {
  const { tree, text } = source;
  if (parameters < 0) return [];
  const facts: ParameterFact[] = [];
  let isKeywordOnly = false;
  const isDependent = /\b(?:Depends|Security)\b/.test(text.slice(tree.starts[parameters], tree.ends[parameters]));
  for (const node of childrenOf(tree, parameters)) {
    const kind = kindOf(tree, node);
    if (kind === Kind.keyword_separator) isKeywordOnly = true;
    const name = parameterName(source, node);
    if (name < 0) continue;
    const isStarred = isStarredParameter(source, node);
    const starKind = text.startsWith('**', tree.starts[node]) ? 'doubleStar' : 'star';
    const annotation = childByField(tree, node, Field.type);
    const depends = isDependent ? dependencyOf(source, node, inner => resolver.valueOf(inner)) : undefined;
    facts.push({
      name: textOf(tree, text, name),
      kind: isStarred ? starKind : isKeywordOnly ? 'keywordOnly' : 'positional',
      hasDefault: kind === Kind.default_parameter || kind === Kind.typed_default_parameter,
      annotation: annotation < 0 ? undefined : resolver.instanceOf(annotation)?.symbol,
      ...(depends && { depends }),
    });
    if (isStarred) isKeywordOnly = true;
  }
  return facts;
}

function namesBoundBy(scope: Scope, accepts: (kind: string) => boolean): string[] {
  return [...scope.bindings]
    .filter(([, bindings]) => bindings.some(binding => accepts(binding.kind)))
    .map(([name]) => name);
}

function attributeFacts({ resolver }: DefinitionContext, scope: Scope): AttributeFact[] {
  const names = new Set([...scope.attributes.keys(), ...namesBoundBy(scope, kind => kind !== 'definition')]);
  return [...names].map(name => ({ name, value: resolver.attributeOf(scope, name) }));
}

function isTypeOnly({ tree, text }: PythonSource, node: NodeIndex): boolean {
  const branch = ancestorOfKind(tree, node, Kind.if_statement);
  if (branch < 0) return false;
  return /^(typing\.|t\.)?TYPE_CHECKING$/.test(textOf(tree, text, childByField(tree, branch, Field.condition)));
}
