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
  if (!argument) return addObject(call.arguments, option.argument, option);

  const value = withoutCasts(argument);
  if (ts.isObjectLiteralExpression(value)) return writeProperty(value, option, file);
  if (isNothing(value)) return [replace(argument, objectOf(option), file)];
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

/** Adds the object as a further argument, after `undefined` for those between. */
function addObject(written: ts.NodeArray<ts.Expression>, index: number, option: CallOption): readonly TextEdit[] {
  const gap = Array<string>(index - written.length).fill('undefined');
  const added = [...gap, objectOf(option)].join(', ');
  const last = written.at(-1);
  return [last ? insert(last.end, `, ${added}`) : insert(written.pos, added)];
}

function writeProperty(
  object: ts.ObjectLiteralExpression,
  option: CallOption,
  file: OpenFile,
): readonly TextEdit[] | undefined {
  const existing = object.properties.find(
    property => property.name !== undefined && nameOf(property.name) === option.name,
  );
  if (!existing) return addProperty(object, option, file);

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
  const property = `${option.name}: ${option.value}`;
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

function nameOf(name: ts.PropertyName): string | undefined {
  return ts.isComputedPropertyName(name) ? undefined : name.text;
}

function joined(first: string, second: string): string {
  return `AbortSignal.any([${first}, ${second}])`;
}

function objectOf({ name, value }: CallOption): string {
  return `{ ${name}: ${value} }`;
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
