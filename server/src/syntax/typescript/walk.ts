import { ts } from 'ts-morph';
import type { SymbolSpan } from '../../core/file-facts.ts';
import { HASH_SEED, hashSpan } from '../../core/hash.ts';
import { isFunctionLike } from './scopes.ts';

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

/** Kinds of literals whose text is opaque to a search for comments. */
const OPAQUE_KINDS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateHead,
  ts.SyntaxKind.TemplateMiddle,
  ts.SyntaxKind.TemplateTail,
  ts.SyntaxKind.RegularExpressionLiteral,
  ts.SyntaxKind.JsxText,
]);

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

    const outerHash = hash;
    hash = hashOfNode(node);
    const slot = isSymbol(node) ? symbols.push({ range: { start: 0, end: 0 }, codeHash: 0 }) - 1 : -1;
    gather(node);

    const outerParent = parent;
    parent = node;
    depth++;
    ts.forEachChild(node, visit);
    depth--;
    parent = outerParent;

    if (slot >= 0) symbols[slot] = { range: { start: node.getStart(source), end: node.end }, codeHash: hash };
    hash = mix(outerHash, hash);
  };

  const gather = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) calls.push(node);
    else if (OPAQUE_KINDS.has(node.kind)) opaque.push(node);
    else if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment) noteWrite(node.left);
    } else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      const { operator } = node;
      const counts = operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
      if (counts) noteWrite(node.operand);
    } else if (ts.isVariableDeclarationList(node)) {
      if ((node.flags & ts.NodeFlags.BlockScoped) === 0) hoisted.push(...node.declarations);
    } else if (ts.isTryStatement(node)) tries.push(node);
    else if (ts.isForInStatement(node) || ts.isForOfStatement(node)) {
      if (!ts.isVariableDeclarationList(node.initializer)) noteWrite(node.initializer);
    } else if (ts.isImportDeclaration(node)) {
      if (ts.isStringLiteral(node.moduleSpecifier)) imports.push(node.moduleSpecifier.text);
    } else if (ts.isJsxOpeningLikeElement(node) || ts.isJsxFragment(node)) hasJsx = true;
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

function isSymbol(node: ts.Node): boolean {
  if (isFunctionLike(node)) return true;
  return node.parent.kind === ts.SyntaxKind.SourceFile && node.kind !== ts.SyntaxKind.EndOfFileToken;
}

/** Kinds of nodes whose text is part of the code; all of them carry `text`. */
const TEXT_KINDS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.Identifier,
  ts.SyntaxKind.PrivateIdentifier,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.BigIntLiteral,
  ts.SyntaxKind.RegularExpressionLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateHead,
  ts.SyntaxKind.TemplateMiddle,
  ts.SyntaxKind.TemplateTail,
]);

/** Start value of a node's hash: its kind, and its text where it has one; layout and comments have no part in it. */
function hashOfNode(node: ts.Node): number {
  const seed = mix(HASH_SEED, node.kind);
  // The set names the kinds of these two types.
  if (TEXT_KINDS.has(node.kind)) return hashSpan(seed, (node as ts.LiteralLikeNode | ts.Identifier).text);
  if (ts.isJsxText(node)) return hashSpan(seed, node.text.trim());
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return mix(seed, node.operator);
  return ts.isVariableDeclarationList(node) ? mix(seed, node.flags & ts.NodeFlags.BlockScoped) : seed;
}

function mix(hash: number, value: number): number {
  return (Math.imul(hash, 0x01000193) ^ value) >>> 0;
}
