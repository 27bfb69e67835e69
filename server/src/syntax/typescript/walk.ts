import { ts } from 'ts-morph';
import type { SymbolSpan } from '../../core/file-facts.ts';
import { HASH_SEED, hashSpan } from '../../core/hash.ts';
import { ROLE, ROLE_BY_KIND } from './node-roles.ts';

/** What one pass over a file gathers. */
export interface Walk {
  readonly source: ts.SourceFile;
  readonly calls: readonly (ts.CallExpression | ts.NewExpression)[];
  readonly tries: readonly ts.TryStatement[];
  readonly imports: readonly string[];
  /** `var` declarations: unlike all others they belong to the function around, not to the block. */
  readonly hoisted: readonly ts.VariableDeclaration[];
  /** Names that are assigned to somewhere, whichever variable of that name is meant. */
  readonly writtenNames: ReadonlySet<string>;
  /** Names of properties that are assigned to somewhere: `timeout` for `client.defaults.timeout = 5`. */
  readonly writtenProperties: ReadonlySet<string>;
  /** Literals whose text may look like a comment, in source order. */
  readonly opaque: readonly ts.Node[];
  readonly hasJsx: boolean;
  readonly symbols: readonly SymbolSpan[];
}

const FIRST_ASSIGNMENT = ts.SyntaxKind.FirstAssignment;
const LAST_ASSIGNMENT = ts.SyntaxKind.LastAssignment;
const BLOCK_SCOPED = ts.NodeFlags.BlockScoped;

/** Holds the place of a symbol whose node is not yet walked. */
const NOWHERE = { start: 0, end: 0 };

/** Deeper nodes are left out, so that no generated file overflows the stack. */
const MAX_DEPTH = 1_000;

/** Walks a parsed file once: sets parents, hashes every symbol, and gathers what recognisers start from. */
export function walkTypeScript(source: ts.SourceFile): Walk {
  const calls: (ts.CallExpression | ts.NewExpression)[] = [];
  const tries: ts.TryStatement[] = [];
  const imports: string[] = [];
  const hoisted: ts.VariableDeclaration[] = [];
  const writtenNames = new Set<string>();
  const writtenProperties = new Set<string>();
  const opaque: ts.Node[] = [];
  const symbols: SymbolSpan[] = [];
  let hasJsx = false;
  let depth = 0;
  let hash = HASH_SEED;
  let parent: ts.Node = source;

  const visit = (node: ts.Node): void => {
    // The parser leaves `parent` open for whoever walks the tree first.
    (node as { parent: ts.Node }).parent = parent;
    if (depth >= MAX_DEPTH) return;

    const role = ROLE_BY_KIND[node.kind] ?? ROLE.none;
    const outerHash = hash;
    hash = hashOfNode(node, role);
    const isSymbol = role === ROLE.function || (depth === 0 && node.kind !== ts.SyntaxKind.EndOfFileToken);
    const slot = isSymbol ? symbols.push({ range: NOWHERE, codeHash: 0 }) - 1 : -1;
    if (role !== ROLE.none && role !== ROLE.name) gather(node, role);

    const outerParent = parent;
    parent = node;
    depth++;
    ts.forEachChild(node, visit);
    depth--;
    parent = outerParent;

    if (slot >= 0) symbols[slot] = { range: { start: node.getStart(source), end: node.end }, codeHash: hash };
    hash = mix(outerHash, hash);
  };

  // A role stands for the kinds in its table, so each cast names the only types that the node can have.
  const gather = (node: ts.Node, role: number): void => {
    switch (role) {
      case ROLE.call:
        calls.push(node as ts.CallExpression | ts.NewExpression);
        return;
      case ROLE.opaque:
      case ROLE.jsxText:
        opaque.push(node);
        return;
      case ROLE.jsx:
        hasJsx = true;
        return;
      case ROLE.try:
        tries.push(node as ts.TryStatement);
        return;
      case ROLE.binary: {
        const { left, operatorToken } = node as ts.BinaryExpression;
        const { kind } = operatorToken;
        if (kind >= FIRST_ASSIGNMENT && kind <= LAST_ASSIGNMENT) noteWrite(left);
        return;
      }
      case ROLE.unary: {
        const { operator, operand } = node as ts.PrefixUnaryExpression | ts.PostfixUnaryExpression;
        const counts = operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
        if (counts) noteWrite(operand);
        return;
      }
      case ROLE.declarations:
        if ((node.flags & BLOCK_SCOPED) === 0) hoisted.push(...(node as ts.VariableDeclarationList).declarations);
        return;
      case ROLE.loop: {
        const { initializer } = node as ts.ForInOrOfStatement;
        if (!ts.isVariableDeclarationList(initializer)) noteWrite(initializer);
        return;
      }
      case ROLE.import: {
        const { moduleSpecifier } = node as ts.ImportDeclaration;
        if (ts.isStringLiteral(moduleSpecifier)) imports.push(moduleSpecifier.text);
      }
    }
  };

  const noteWrite = (target: ts.Node): void => {
    if (ts.isIdentifier(target)) writtenNames.add(target.text);
    else if (ts.isPropertyAccessExpression(target)) writtenProperties.add(target.name.text);
    else if (ts.isElementAccessExpression(target)) {
      const { argumentExpression } = target;
      if (ts.isStringLiteralLike(argumentExpression)) writtenProperties.add(argumentExpression.text);
    } else if (ts.isObjectLiteralExpression(target) || ts.isArrayLiteralExpression(target)) {
      // Destructuring: everything named inside may be a target, which errs on the silent side.
      ts.forEachChild(target, function note(node): void {
        noteWrite(node);
        if (!ts.isExpression(node)) ts.forEachChild(node, note);
      });
    }
  };

  ts.forEachChild(source, visit);
  return { source, calls, tries, imports, hoisted, writtenNames, writtenProperties, opaque, hasJsx, symbols };
}

/** Start value of a node's hash: its kind, and its text where it has one; layout and comments have no part in it. */
function hashOfNode(node: ts.Node, role: number): number {
  const seed = mix(HASH_SEED, node.kind);
  switch (role) {
    case ROLE.name:
    case ROLE.number:
    case ROLE.opaque:
      // The kinds of these roles are those of literals and names.
      return hashSpan(seed, (node as ts.LiteralLikeNode | ts.Identifier).text);
    case ROLE.jsxText:
      return hashSpan(seed, (node as ts.JsxText).text.trim());
    case ROLE.unary:
      return mix(seed, (node as ts.PrefixUnaryExpression | ts.PostfixUnaryExpression).operator);
    case ROLE.declarations:
      return mix(seed, node.flags & BLOCK_SCOPED);
    default:
      return seed;
  }
}

function mix(hash: number, value: number): number {
  return (Math.imul(hash, 0x01000193) ^ value) >>> 0;
}
