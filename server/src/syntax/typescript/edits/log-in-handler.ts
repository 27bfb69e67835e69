import { ts } from 'ts-morph';
import type { TextEdit, TextRange } from '../../../core/text.ts';
import { functionAround, parentOf } from '../scopes.ts';
import { type Layout, layoutAt } from './layout.ts';
import { loggerFor } from './logger.ts';
import { openFile, type OpenFile } from './open-file.ts';

const NAMES = ['error', 'err', 'cause', 'caughtError', 'handlerError'];

/** See `TypeScriptEdits.logInHandler`. */
export function logInHandler(
  text: string,
  path: string,
  range: TextRange,
  { rethrow }: { readonly rethrow: boolean } = { rethrow: false },
): readonly TextEdit[] | undefined {
  const file = openFile(path, text);
  if (!file) return undefined;

  const clause = file.walk.tries.map(({ catchClause }) => catchClause).find(found => isAt(found, range, file));
  if (clause) return extendClause(clause, rethrow, file);
  const call = file.walk.calls.find(found => found.end === range.end && isCatchAt(found, range, file));
  return call && ts.isCallExpression(call) ? extendCallback(call, rethrow, file) : undefined;
}

function isAt(
  clause: ts.CatchClause | undefined,
  { start, end }: TextRange,
  { source }: OpenFile,
): clause is ts.CatchClause {
  return clause?.end === end && clause.getStart(source) === start;
}

function isCatchAt(call: ts.CallExpression | ts.NewExpression, { start }: TextRange, { source }: OpenFile): boolean {
  const { expression } = call;
  return ts.isPropertyAccessExpression(expression) && expression.name.getStart(source) === start;
}

function extendClause(clause: ts.CatchClause, rethrow: boolean, file: OpenFile): readonly TextEdit[] | undefined {
  const binding = clause.variableDeclaration?.name;
  if (binding && !ts.isIdentifier(binding)) return undefined;

  const bound = bindError(binding, clause.block, file);
  const body = bound && writeBody(clause.block, clause, bound.name, rethrow, file);
  if (!body) return undefined;
  const { name, edits } = bound;
  return [...(binding ? edits : [insert(clause.getStart(file.source) + 'catch'.length, ` (${name})`)]), ...body];
}

/** The name of the error in a handler; one that says that it is not used gives way. Undefined when all names are taken. */
function bindError(
  binding: ts.Identifier | undefined,
  body: ts.Node,
  file: OpenFile,
): { readonly name: string; readonly edits: readonly TextEdit[] } | undefined {
  const isIdle = binding === undefined || (binding.text.startsWith('_') && !namesIn(body).has(binding.text));
  const free = isIdle ? freeName(body) : undefined;
  if (!binding) return free === undefined ? undefined : { name: free, edits: [] };
  return free === undefined ? { name: binding.text, edits: [] } : { name: free, edits: [replace(binding, free, file)] };
}

function extendCallback(call: ts.CallExpression, rethrow: boolean, file: OpenFile): readonly TextEdit[] | undefined {
  const [callback] = call.arguments;
  if (!callback || call.arguments.length !== 1) return undefined;
  const { source } = file;
  if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback)) {
    // A named callback such as `noop` is replaced by one that logs.
    const isName = ts.isIdentifier(callback) || ts.isPropertyAccessExpression(callback);
    const statements = isName ? statementsFor(callback, 'error', rethrow, file) : undefined;
    const layout = layoutAt(file, callback.getStart(source));
    const head = leavesParenthesesOut(file) ? 'error' : '(error)';
    return statements && [replace(callback, `${head} => ${block(statements, layout)}`, file)];
  }

  const [parameter] = callback.parameters;
  if (callback.parameters.length > 1 || (parameter && !ts.isIdentifier(parameter.name))) return undefined;
  const binding = parameter && ts.isIdentifier(parameter.name) ? parameter.name : undefined;
  const bound = bindError(binding, callback.body, file);
  if (!bound) return undefined;

  const { name } = bound;
  const bind = binding ? bound.edits : [addParameter(callback, name, file)];
  const body = ts.isBlock(callback.body)
    ? writeBody(callback.body, callback, name, rethrow, file)
    : writeExpressionBody(callback.body, callback, name, rethrow, file);
  return body && [...bind, ...body];
}

/** `()` becomes `(error)`, or `error` where the file writes it like that. */
function addParameter(callback: ts.ArrowFunction | ts.FunctionExpression, name: string, file: OpenFile): TextEdit {
  const { pos, end } = callback.parameters;
  const isPlain = ts.isArrowFunction(callback) && !callback.type && file.source.text.slice(pos - 1, end + 1) === '()';
  if (!isPlain || !leavesParenthesesOut(file)) return insert(pos, name);
  return { range: { start: pos - 1, end: end + 1 }, newText: name };
}

/** Whether an arrow function of the file has its one parameter without parentheses. */
function leavesParenthesesOut({ source }: OpenFile): boolean {
  const isBare = (node: ts.Node): boolean => {
    const [parameter] = ts.isArrowFunction(node) ? node.parameters : [];
    return parameter?.getStart(source) === node.getStart(source) || (ts.forEachChild(node, isBare) ?? false);
  };
  return isBare(source);
}

/** `() => null` becomes a block that logs and then returns the same. */
function writeExpressionBody(
  body: ts.Expression,
  place: ts.Node,
  name: string,
  rethrow: boolean,
  file: OpenFile,
): readonly TextEdit[] | undefined {
  const statements = statementsFor(place, name, rethrow, file);
  if (!statements) return undefined;
  const layout = layoutAt(file, place.getStart(file.source));
  const value = body.getText(file.source);
  const isNothing = value === 'undefined' || ts.isVoidExpression(body);
  const all =
    rethrow || isNothing ? statements : [...statements, `return ${unwrapped(value)}${usesSemicolons(file) ? ';' : ''}`];
  return [replace(body, block(all, layout), file)];
}

/** `({})` needs its parentheses as the body of an arrow function only. */
function unwrapped(value: string): string {
  return /^\(\s*(\{\s*\}|\[\s*\])\s*\)$/.test(value) ? value.slice(1, -1).trim() : value;
}

/** Writes the log call at the start of a block; a rethrow takes the place of what the block did instead. */
function writeBody(
  body: ts.Block,
  place: ts.Node,
  name: string,
  rethrow: boolean,
  file: OpenFile,
): readonly TextEdit[] | undefined {
  const statements = statementsFor(place, name, rethrow, file, body.statements[0]);
  if (!statements) return undefined;
  if (isToldOf(body, name)) return rethrow ? addThrow(body, place, name, file) : undefined;
  const { source } = file;
  const start = body.getStart(source) + 1;
  const layout = layoutAt(file, place.getStart(source));
  const inner = `${layout.newline}${layout.indent}${layout.step}`;
  const added = statements.map(statement => `${inner}${statement}`).join('');
  const inside = source.text.slice(start, body.end - 1);

  if (inside.trim() === '')
    return [{ range: { start, end: body.end - 1 }, newText: `${added}${layout.newline}${layout.indent}` }];
  const [first, second] = body.statements;
  if (first && !second && isMention(first, name)) return [replace(first, statements.join(inner), file)];
  if (rethrow && first) {
    // Comments between statements would go with them.
    return second ? undefined : [replace(first, statements.join(inner), file)];
  }
  if (/[\r\n]/.test(inside)) return [insert(start, added)];
  // What stands on the line of the braces moves to lines of its own.
  return [
    { range: { start, end: start + leadingBlanks(inside) }, newText: `${added}${inner}` },
    {
      range: { start: start + inside.trimEnd().length, end: body.end - 1 },
      newText: `${layout.newline}${layout.indent}`,
    },
  ];
}

/** `void error;` and `error;` stand for nothing. */
function isMention(statement: ts.Statement, name: string): boolean {
  if (!ts.isExpressionStatement(statement)) return false;
  const value = ts.isVoidExpression(statement.expression) ? statement.expression.expression : statement.expression;
  return ts.isIdentifier(value) && value.text === name;
}

function leadingBlanks(text: string): number {
  return text.length - text.trimStart().length;
}

/** Whether some call of a block is given the error: it is logged already, or handed on. */
function isToldOf(body: ts.Block, name: string): boolean {
  const isError = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && node.text === name) || (ts.forEachChild(node, isError) ?? false);
  const visit = (node: ts.Node): boolean =>
    (ts.isCallExpression(node) && node.arguments.some(isError)) || (ts.forEachChild(node, visit) ?? false);
  return visit(body);
}

/** Throws the error at the end of a block that has logged it; undefined where the block ends otherwise. */
function addThrow(body: ts.Block, place: ts.Node, name: string, file: OpenFile): readonly TextEdit[] | undefined {
  const last = body.statements.at(-1);
  if (!last || !ts.isExpressionStatement(last)) return undefined;
  const { text } = file.source;
  const end = usesSemicolons(file) ? ';' : '';
  if (!/[\r\n]/.test(text.slice(last.end, body.end)))
    return [insert(last.end, `${text[last.end - 1] === ';' ? '' : ';'} throw ${name}${end}`)];

  const { newline, indent, step } = layoutAt(file, place.getStart(file.source));
  const after = ts.getTrailingCommentRanges(text, last.end)?.at(-1)?.end ?? last.end;
  return [insert(after, `${newline}${indent}${step}throw ${name}${end}`)];
}

/**
 * Statements to add, without line ends.
 * @param next what will stand behind them
 */
function statementsFor(
  place: ts.Node,
  name: string,
  rethrow: boolean,
  file: OpenFile,
  next?: ts.Statement,
): readonly string[] | undefined {
  const logger = loggerFor(place, file);
  if (!logger) return undefined;
  const quote = quoteOf(file);
  const around = functionNameAround(place, file);
  const message = `${quote}${around === undefined ? 'Unexpected error' : `${around} failed`}${quote}`;
  const given = logger.order === 'errorFirst' ? `{ err: ${name} }, ${message}` : `${message}, ${name}`;
  const end = usesSemicolons(file) || maySwallow(next, file) ? ';' : '';
  const log = `${logger.expression}.error(${given})${end}`;
  return rethrow ? [log, `throw ${name}${end}`] : [log];
}

/** Whether statements end in semicolons here: at least one of them does. */
function usesSemicolons({ source }: OpenFile): boolean {
  const isEnded = (node: ts.Node): boolean => {
    const isSimple = ts.isExpressionStatement(node) || ts.isVariableStatement(node) || ts.isReturnStatement(node);
    const ends = isSimple || ts.isImportDeclaration(node) ? source.text[node.end - 1] === ';' : false;
    return ends || (ts.forEachChild(node, isEnded) ?? false);
  };
  return isEnded(source);
}

/** Whether a statement would go on with what stands before it, unless that ends in a semicolon. */
function maySwallow(statement: ts.Statement | undefined, { source }: OpenFile): boolean {
  return statement !== undefined && /^[([`/+-]/.test(statement.getText(source));
}

function functionNameAround(place: ts.Node, { source }: OpenFile): string | undefined {
  for (let around = functionAround(place); around; around = functionAround(around)) {
    const parent = parentOf(around);
    const target =
      parent &&
      (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent));
    const name = around.name ?? (target ? parent.name : undefined);
    if (name && ts.isIdentifier(name)) return name.getText(source);
    if (ts.isConstructorDeclaration(around)) return undefined;
  }
  return undefined;
}

/** The quote that the file uses first. */
function quoteOf({ source, walk }: OpenFile): string {
  const literal = walk.opaque.find(ts.isStringLiteral);
  return literal && source.text[literal.getStart(source)] === '"' ? '"' : "'";
}

/** A name for the error that nothing in the handler uses; undefined when all are taken. */
function freeName(body: ts.Node): string | undefined {
  const used = namesIn(body);
  return NAMES.find(name => !used.has(name));
}

function namesIn(body: ts.Node): ReadonlySet<string> {
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) used.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(body);
  return used;
}

function block(statements: readonly string[], { newline, indent, step }: Layout): string {
  return `{${statements.map(statement => `${newline}${indent}${step}${statement}`).join('')}${newline}${indent}}`;
}

function insert(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}

function replace(node: ts.Node, newText: string, { source }: OpenFile): TextEdit {
  return { range: { start: node.getStart(source), end: node.end }, newText };
}
