import { ts } from 'ts-morph';
import type { CallOption } from '../../../core/fix-context.ts';
import type { TextEdit, TextRange } from '../../../core/text.ts';
import { withoutCasts } from '../resolve.ts';
import { indentOfNode, layoutAt } from './layout.ts';
import { callAt, openFile, type OpenFile } from './open-file.ts';

/** See `TypeScriptEdits.addCallOption`. */
export function addCallOption(
  text: string,
  path: string,
  range: TextRange,
  option: CallOption,
): readonly TextEdit[] | undefined {
  const file = openFile(path, text);
  const call = file && callAt(file, range);
  if (!file || !call?.arguments || call.arguments.some(ts.isSpreadElement)) return undefined;
  if (option.argument === 'chained') {
    return isChained(call, option.name) ? undefined : [insert(call.end, `.${option.name}(${option.value})`)];
  }

  const argument = call.arguments[option.argument];
  if (!argument) return addObject(call, call.arguments, option.argument, option, file);

  const value = withoutCasts(argument);
  if (ts.isObjectLiteralExpression(value)) return writeProperty(call, value, option, file);
  if (isNothing(value)) return [replace(argument, objectOf(option), file)];
  // Options with a name may be used elsewhere too: they stay as they are.
  const isObject = ts.isIdentifier(value) && ts.isObjectLiteralExpression(file.resolver.valueOf(value));
  if (isObject) return [replace(value, `{ ...${value.text}, ${propertyOf(option)} }`, file)];
  // A callback stands where the options go: they come before it.
  const isCallback = ts.isArrowFunction(value) || ts.isFunctionExpression(value);
  return isCallback ? [insert(argument.getStart(file.source), `${objectOf(option)}, `)] : undefined;
}

function isChained(call: ts.Expression, method: string): boolean {
  let node: ts.Node = call;
  for (;;) {
    const access = node.parent;
    if (!ts.isPropertyAccessExpression(access) || access.expression !== node) return false;
    if (access.name.text === method) return true;
    node = ts.isCallExpression(access.parent) ? access.parent : access;
  }
}

/** Adds the object as a further argument, after `undefined` for those between; on a line of its own like the others. */
function addObject(
  call: ts.CallExpression | ts.NewExpression,
  written: ts.NodeArray<ts.Expression>,
  index: number,
  option: CallOption,
  file: OpenFile,
): readonly TextEdit[] {
  const { text } = file.source;
  const gap = Array<string>(index - written.length).fill('undefined');
  const last = written.at(-1);
  if (!last) return [insert(written.pos, [...gap, objectOf(option)].join(', '))];

  const separator = startsLine(last, file) && !endsLine(call, last, text) ? lineBefore(last, file) : ' ';
  const objects = [...gap, separator === ' ' ? wrappedObject(call, last.end, gap, option, file) : objectOf(option)];
  const added = objects.map(object => `${separator}${object}`).join(',');
  const comment = written.hasTrailingComma ? undefined : ts.getTrailingCommentRanges(text, last.end)?.at(-1);
  if (!comment) return [insert(last.end, `,${added}`)];
  // A comment behind the last argument belongs to it; one to the end of its line leaves no room behind.
  if (comment.kind !== ts.SyntaxKind.SingleLineCommentTrivia) return [insert(comment.end, `,${added}`)];
  const behind = separator === ' ' ? `${lineBefore(last, file)}${added.trimStart()}` : added;
  return [insert(last.end, ','), insert(comment.end, behind)];
}

function startsLine(node: ts.Node, { source }: OpenFile): boolean {
  const start = node.getStart(source);
  return /[\r\n][ \t]*$/.test(source.text.slice(Math.max(0, start - 200), start));
}

/** Whether the bracket that closes a call stands on the line on which its last argument ends. */
function endsLine(call: ts.Node, last: ts.Node, text: string): boolean {
  return !/[\r\n]/.test(text.slice(last.end, call.end));
}

function lineBefore(node: ts.Node, file: OpenFile): string {
  return `${layoutAt(file, node.end).newline}${indentOfNode(node, file)}`;
}

function writeProperty(
  call: ts.CallExpression | ts.NewExpression,
  object: ts.ObjectLiteralExpression,
  option: CallOption,
  file: OpenFile,
): readonly TextEdit[] | undefined {
  const existing = object.properties.find(
    property => property.name !== undefined && nameOf(property.name) === option.name,
  );
  if (!existing) return brokenObject(call, object, option, file) ?? addProperty(object, option, file);

  if (ts.isShorthandPropertyAssignment(existing)) {
    return option.name === 'signal'
      ? [replace(existing, `signal: ${joined('signal', option.value)}`, file)]
      : undefined;
  }
  if (!ts.isPropertyAssignment(existing)) return undefined;
  const { initializer } = existing;
  const before = initializer.getText(file.source);
  if (before === option.value || before.includes(option.value)) return undefined;
  const keeps = option.name === 'signal' && !isNothing(withoutCasts(initializer));
  return [replace(initializer, keeps ? joined(before, option.value) : option.value, file)];
}

function addProperty(object: ts.ObjectLiteralExpression, option: CallOption, file: OpenFile): readonly TextEdit[] {
  const { source } = file;
  const property = propertyOf(option);
  const last = object.properties.at(-1);
  if (!last) {
    // Comments inside of the empty braces stay where they are.
    const start = object.getStart(source) + 1;
    const rest = source.text.slice(start, object.end - 1);
    return [
      insert(start, /[\r\n]/.test(rest) ? ` ${property},` : rest.trim() === '' ? ` ${property} ` : ` ${property},`),
    ];
  }

  const hasComma = object.properties.hasTrailingComma;
  const afterComma = hasComma ? object.properties.end : last.end;
  // A comment behind the last property belongs to it: the new one goes after both.
  const comment = ts.getTrailingCommentRanges(source.text, afterComma)?.at(-1);
  const hasLineComment = comment?.kind === ts.SyntaxKind.SingleLineCommentTrivia;
  const isMultiline = /[\r\n]/.test(source.text.slice(object.getStart(source), last.getStart(source)));
  const { newline } = layoutAt(file, last.end);
  const separator = isMultiline || hasLineComment ? `${newline}${indentOfNode(last, file)}` : ' ';

  const added = `${separator}${property}${hasComma ? ',' : ''}`;
  const comma = hasComma ? '' : ',';
  if (!comment) return [insert(afterComma, `${comma}${added}`)];
  return [...(hasComma ? [] : [insert(last.end, comma)]), insert(comment.end, added)];
}

/** Lines that get longer than this by an option are broken at the braces, as formatters do. */
const LINE_WIDTH = 120;

/** The object with one property on each line, where the line would get too long and holds nothing but the call's end behind. */
function brokenObject(
  call: ts.CallExpression | ts.NewExpression,
  object: ts.ObjectLiteralExpression,
  option: CallOption,
  file: OpenFile,
): readonly TextEdit[] | undefined {
  const { source } = file;
  const { text } = source;
  const start = object.getStart(source);
  const inside = text.slice(start + 1, object.end - 1);
  const isLast = call.arguments?.at(-1) === object && !/[^\s),;]/.test(restOfLine(text, object.end));
  const added = propertyOf(option);
  const isPlain = object.properties.length > 0 && !/[\r\n]|\/[*/]/.test(inside);
  if (!isLast || !isPlain || widthAt(text, start) + added.length + 2 <= LINE_WIDTH) return undefined;
  const { newline, indent, step } = layoutAt(file, start);
  const properties = [...object.properties.map(property => property.getText(source)), added];
  const lines = properties.map(property => `${newline}${indent}${step}${property},`).join('');
  return [replace(object, `{${lines}${newline}${indent}}`, file)];
}

/** A new object behind the last argument; over several lines where one would get too long. */
function wrappedObject(
  call: ts.CallExpression | ts.NewExpression,
  at: number,
  gap: readonly string[],
  option: CallOption,
  file: OpenFile,
): string {
  const { text } = file.source;
  const plain = objectOf(option);
  const isEnd = !/[^\s),;]/.test(restOfLine(text, at)) && !/[\r\n]/.test(text.slice(at, call.end));
  const width = widthAt(text, at) + gap.join(', ').length + plain.length + 2;
  if (!isEnd || width <= LINE_WIDTH) return plain;
  const { newline, indent, step } = layoutAt(file, at);
  return `{${newline}${indent}${step}${propertyOf(option)},${newline}${indent}}`;
}

function restOfLine(text: string, offset: number): string {
  return /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? '';
}

/** Length of the line around an offset. */
function widthAt(text: string, offset: number): number {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return offset - start + restOfLine(text, offset).length;
}

function nameOf(name: ts.PropertyName): string | undefined {
  return ts.isComputedPropertyName(name) ? undefined : name.text;
}

function joined(first: string, second: string): string {
  return `AbortSignal.any([${first}, ${second}])`;
}

function propertyOf({ name, value }: CallOption): string {
  return `${name}: ${value}`;
}

function objectOf(option: CallOption): string {
  return `{ ${propertyOf(option)} }`;
}

function isNothing(node: ts.Expression): boolean {
  return (
    node.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined') ||
    ts.isVoidExpression(node)
  );
}

function insert(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}

function replace(node: ts.Node, newText: string, { source }: OpenFile): TextEdit {
  return { range: { start: node.getStart(source), end: node.end }, newText };
}
