import { ts } from 'ts-morph';
import { withoutCasts } from '../../syntax/typescript/resolve.ts';
import type { TypeScriptFile } from './typescript-file.ts';

/** Schemes that never leave the machine, or the browser. */
const LOCAL_SCHEMES = ['data:', 'blob:', 'file:', 'chrome:', 'app:'];

/** Whether a URL is relative, or names something local: then no server is waited for, or the code is a browser's. */
export function isLocalTarget(url: ts.Expression, file: TypeScriptFile): boolean {
  const node = file.resolver.valueOf(url);
  const start = literalStart(node, file);
  if (start !== undefined) return isRelative(start) || LOCAL_SCHEMES.some(scheme => start.startsWith(scheme));

  // `new URL('./shop.wasm', import.meta.url)`
  if (!ts.isNewExpression(node) || file.resolver.nameOf(node.expression) !== 'global:URL') return false;
  const [path, base] = node.arguments ?? [];
  if (base) return ts.isPropertyAccessExpression(base) && ts.isMetaProperty(base.expression);
  return path !== undefined && isLocalTarget(path, file);
}

/** Whether the first argument is, or may be, a request object that brings a signal of its own. */
export function isRequestObject(url: ts.Expression, { resolver, walk }: TypeScriptFile): boolean {
  const node = resolver.valueOf(url);
  if (ts.isNewExpression(node)) return resolver.nameOf(node.expression) !== 'global:URL';
  if (!ts.isIdentifier(node)) return false;

  const meaning = resolver.meaningOf(node);
  const type = meaning.kind === 'declared' && 'type' in meaning.by ? meaning.by.type : undefined;
  if (type) return /Request|any|unknown|Parameters/.test(type.getText(walk.source));
  return /^(req|request|input|info|resource)$|Request$/.test(node.text);
}

/** Text that a string surely starts with; undefined when it starts with something computed. */
function literalStart(expression: ts.Expression, file: TypeScriptFile): string | undefined {
  const node = withoutCasts(expression);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    if (node.head.text !== '') return node.head.text;
    const [first] = node.templateSpans;
    const inner = first && file.resolver.valueOf(first.expression);
    // `${API}/orders` with `const API = '/api'`
    return inner && ts.isStringLiteralLike(inner) && inner.text !== '' ? inner.text : undefined;
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return literalStart(file.resolver.valueOf(node.left), file);
  }
  return undefined;
}

function isRelative(start: string): boolean {
  // `//cdn.example` asks for the page's own scheme, which only a page has.
  return (
    start.startsWith('/') || start.startsWith('.') || start.startsWith('?') || start.startsWith('#') || start === ''
  );
}
