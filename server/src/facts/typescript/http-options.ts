import { ts } from 'ts-morph';
import type { HttpCallFact } from '../../core/facts/http-call.ts';
import { withoutCasts } from '../../syntax/typescript/resolve.ts';
import type { HttpEntry } from './http-knowledge.ts';
import type { TypeScriptFile } from './typescript-file.ts';

/** What the options of a call say of its timeout. */
export interface OptionsVerdict {
  readonly timeout: HttpCallFact['timeout'];
  /** Value that switches the timeout off. */
  readonly disabledBy?: ts.Expression;
  /** The options object, where it stands in the call itself. */
  readonly literal?: ts.ObjectLiteralExpression;
  /** The options are a framework's, which ends the call by its own rules, or a browser's. */
  readonly notOurs?: boolean;
}

const ABSENT: OptionsVerdict = { timeout: 'absent' };
const UNKNOWN: OptionsVerdict = { timeout: 'unknown' };

/** Reads the options at one place of a call; a callback may stand there instead. */
export function readOptions(
  argument: ts.Expression | undefined,
  entry: HttpEntry,
  file: TypeScriptFile,
): OptionsVerdict {
  if (!argument || isNothing(argument, file)) return ABSENT;

  const value = file.resolver.valueOf(argument);
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return ABSENT;
  if (ts.isIdentifier(value) && isFunctionName(value, file)) return ABSENT;
  if (!ts.isObjectLiteralExpression(value)) return UNKNOWN;
  if (value === withoutCasts(argument)) return { ...readObject(value, entry, file), literal: value };

  // Somebody may add to an object that has a name before it is used.
  return ts.isIdentifier(argument) && isOnlyRead(argument, file) ? readObject(value, entry, file) : UNKNOWN;
}

/** Whether an expression is `undefined`, `null` or `void 0`. */
export function isNothing(expression: ts.Expression, { resolver }: TypeScriptFile): boolean {
  const node = withoutCasts(expression);
  if (node.kind === ts.SyntaxKind.NullKeyword || ts.isVoidExpression(node)) return true;
  return ts.isIdentifier(node) && node.text === 'undefined' && resolver.meaningOf(node).kind === 'global';
}

function isFunctionName(identifier: ts.Identifier, { resolver }: TypeScriptFile): boolean {
  const meaning = resolver.meaningOf(identifier);
  return meaning.kind === 'declared' && ts.isFunctionDeclaration(meaning.by);
}

function readObject(object: ts.ObjectLiteralExpression, entry: HttpEntry, file: TypeScriptFile): OptionsVerdict {
  let verdict: OptionsVerdict = ABSENT;
  for (const property of object.properties) {
    if (ts.isSpreadAssignment(property)) {
      verdict = later(verdict, readSpread(property.expression, entry, file));
      continue;
    }
    const name = nameOfProperty(property);
    if (name === undefined) verdict = later(verdict, UNKNOWN);
    else if (isForeign(property, name, entry, file)) return { timeout: 'unknown', notOurs: true };
    else if (entry.limits.includes(name)) verdict = later(verdict, readLimit(property, file));
    else if (entry.carriers.includes(name) && mayCarryTimeout(property, file)) verdict = later(verdict, UNKNOWN);
  }
  return verdict;
}

/** Whether an option tells that no server of ours makes the call. */
function isForeign(
  property: ts.ObjectLiteralElementLike,
  name: string,
  entry: HttpEntry,
  file: TypeScriptFile,
): boolean {
  if (entry.patchedBy?.includes(name)) return true;
  const isSet = !ts.isPropertyAssignment(property) || !isNothing(property.initializer, file);
  return isSet && (entry.browserOptions?.includes(name) ?? false);
}

/** What holds when `next` is written after `before`: one limit is enough, and what is not known may be one. */
function later(before: OptionsVerdict, next: OptionsVerdict): OptionsVerdict {
  if (before.timeout === 'present' || next.timeout === 'absent') return before;
  if (before.timeout === 'unknown' && next.timeout !== 'present') return before;
  return next;
}

function readSpread(expression: ts.Expression, entry: HttpEntry, file: TypeScriptFile): OptionsVerdict {
  const spread = withoutCasts(expression);
  // `...(condition && { … })` and `...(condition ? { … } : {})` say all they can say in place.
  if (ts.isBinaryExpression(spread) && spread.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) {
    return readSpread(spread.right, entry, file);
  }
  if (ts.isConditionalExpression(spread)) {
    return later(readSpread(spread.whenTrue, entry, file), readSpread(spread.whenFalse, entry, file));
  }
  const value = file.resolver.valueOf(spread);
  if (!ts.isObjectLiteralExpression(value)) return UNKNOWN;
  if (value !== spread && !(ts.isIdentifier(spread) && isOnlyRead(spread, file))) return UNKNOWN;
  const { timeout, disabledBy } = readObject(value, entry, file);
  return disabledBy ? { timeout, disabledBy } : { timeout };
}

function nameOfProperty(property: ts.ObjectLiteralElementLike): string | undefined {
  const { name } = property;
  if (!name || ts.isComputedPropertyName(name)) return undefined;
  return name.text;
}

function readLimit(property: ts.ObjectLiteralElementLike, file: TypeScriptFile): OptionsVerdict {
  if (!ts.isPropertyAssignment(property)) return { timeout: 'present' };

  const value = file.resolver.valueOf(property.initializer);
  if (isNothing(value, file) || isOff(value)) return { timeout: 'disabled', disabledBy: property.initializer };
  return isSignalThatNobodyAborts(value, file) ? ABSENT : { timeout: 'present' };
}

function isOff(value: ts.Expression): boolean {
  if (value.kind === ts.SyntaxKind.FalseKeyword) return true;
  if (ts.isNumericLiteral(value)) return Number(value.text) === 0;
  return ts.isIdentifier(value) && value.text === 'Infinity';
}

/** Whether a value is the signal of a controller that this file makes and never aborts. */
function isSignalThatNobodyAborts(value: ts.Expression, file: TypeScriptFile): boolean {
  const isSignal =
    ts.isPropertyAccessExpression(value) && value.name.text === 'signal' && ts.isIdentifier(value.expression);
  if (!isSignal) return false;

  const controller = value.expression;
  if (file.resolver.nameOf(controller) !== 'global:AbortController()') return false;
  return usesOf(controller, file).every(
    use => ts.isPropertyAccessExpression(use.parent) && use.parent.name.text === 'signal',
  );
}

/** An agent that is made in place without a timeout carries none. */
function mayCarryTimeout(property: ts.ObjectLiteralElementLike, file: TypeScriptFile): boolean {
  if (!ts.isPropertyAssignment(property)) return true;

  const value = file.resolver.valueOf(property.initializer);
  if (isNothing(value, file) || ts.isStringLiteralLike(value)) return false;
  const isPlainAgent =
    ts.isNewExpression(value) && /^https?\.Agent$/.test(file.resolver.nameOf(value.expression) ?? '');
  if (!isPlainAgent) return true;

  const [options] = value.arguments ?? [];
  if (!options) return false;
  const literal = file.resolver.valueOf(options);
  return (
    !ts.isObjectLiteralExpression(literal) ||
    literal.properties.some(option => [undefined, 'timeout'].includes(nameOfProperty(option)))
  );
}

/** Whether a constant is only ever handed to calls or read: nobody adds a property to it. */
function isOnlyRead(constant: ts.Identifier, file: TypeScriptFile): boolean {
  return usesOf(constant, file).every(use => {
    const { parent } = use;
    if (ts.isSpreadAssignment(parent)) return true;
    if (ts.isCallExpression(parent)) return use === constant || !isAssign(parent);
    // `options.timeout = 5`, `options[key] = 5`, `delete options.agent`: too many ways to tell them apart.
    return use === constant;
  });
}

function isAssign({ expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'assign';
}

/** All places that mean the same declared variable as `identifier` does, its declaration left out. */
export function usesOf(identifier: ts.Identifier, { walk, resolver }: TypeScriptFile): readonly ts.Identifier[] {
  const meaning = resolver.meaningOf(identifier);
  if (meaning.kind !== 'declared') return [];

  const uses: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === identifier.text && node !== nameOf(meaning.by)) {
      const found = resolver.meaningOf(node);
      if (found.kind === 'declared' && found.by === meaning.by) uses.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(walk.source);
  return uses;
}

function nameOf(declaration: ts.Node): ts.Node | undefined {
  // Every declaration with a `name` has a node there.
  return 'name' in declaration ? (declaration.name as ts.Node) : undefined;
}
