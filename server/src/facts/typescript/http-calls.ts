import { ts } from 'ts-morph';
import type { HttpCallFact } from '../../core/facts/http-call.ts';
import { rangeOf } from '../../syntax/typescript/parse.ts';
import { isBrowserCode } from './browser-code.ts';
import { clientUses } from './http-client-uses.ts';
import { type HttpEntry, HTTP_MODULES, httpEntryOf } from './http-knowledge.ts';
import { isNothing, type OptionsVerdict, readOptions } from './http-options.ts';
import { isLimitedFromOutside } from './http-surroundings.ts';
import { isLocalTarget, isRequestObject } from './http-target.ts';
import type { TypeScriptFile } from './typescript-file.ts';

/** Finds outbound HTTP calls and clients of one file; none in code that may run in a browser. */
export function extractHttpCalls(file: TypeScriptFile): readonly HttpCallFact[] {
  const hits = file.walk.calls.flatMap(call => {
    if (!mayBeHttp(call, file)) return [];
    const callee = file.resolver.nameOf(call.expression);
    const entry = callee === undefined ? undefined : httpEntryOf(callee);
    return callee !== undefined && entry ? [{ call, callee, entry }] : [];
  });
  if (hits.length === 0) return [];

  const inBrowser = isBrowserCode(file);
  return hits.flatMap(({ call, callee, entry }) => {
    if (inBrowser && !entry.serverOnly) return [];
    const fact = factOf(call, callee, entry, file);
    return fact ? [fact] : [];
  });
}

/** Cheap test that spares most calls of a file their resolution: does the callee begin with a name that may be ours? */
function mayBeHttp(call: ts.CallExpression | ts.NewExpression, { resolver }: TypeScriptFile): boolean {
  let root: ts.Expression = call.expression;
  while (ts.isPropertyAccessExpression(root)) root = root.expression;
  if (!ts.isIdentifier(root)) return ts.isCallExpression(root);
  if (root.text === 'fetch' || root.text === 'globalThis' || root.text === 'global') return true;
  const name = resolver.nameOf(root);
  return name !== undefined && HTTP_MODULES.has(name.split('.')[0] ?? name);
}

function factOf(
  call: ts.CallExpression | ts.NewExpression,
  callee: string,
  entry: HttpEntry,
  file: TypeScriptFile,
): HttpCallFact | undefined {
  const place = findOptions(call, entry, file);
  if (!place) return undefined;
  if (place.url && (isLocalTarget(place.url, file) || isRequestObject(place.url, file))) return undefined;

  const verdict = call.arguments?.some(ts.isSpreadElement)
    ? ({ timeout: 'unknown' } satisfies OptionsVerdict)
    : readOptions(place.options, entry, file);
  if (verdict.notOurs) return undefined;

  const isOpen = verdict.timeout === 'absent' || verdict.timeout === 'disabled';
  const { source } = file.walk;
  const fact = {
    language: 'typescript',
    range: rangeOf(call, source),
    calleeRange: rangeOf(call.expression, source),
    callee: displayName(callee),
    form: entry.form,
    timeout: isOpen && isLimitedFromOutside(call, entry, file) ? 'unknown' : withDefault(verdict.timeout, entry),
    timeoutArgument: entry.limits[0] ?? entry.chain ?? 'timeout',
    libraryDefault: entry.default,
    ...(entry.defaultSeconds === undefined ? {} : { defaultSeconds: entry.defaultSeconds }),
    uses: [],
    argumentRange: verdict.disabledBy && rangeOf(verdict.disabledBy, source),
    ...(isOpen && isWritable(place, verdict, file) ? { option: { argument: place.index, form: entry.writes } } : {}),
  } satisfies HttpCallFact;
  return entry.form === 'client' && isOpen ? { ...fact, ...clientUses(call, entry, file, fact.timeout) } : fact;
}

/** A library that gives up soon enough needs no timeout. */
function withDefault(timeout: HttpCallFact['timeout'], { sufficient }: HttpEntry): HttpCallFact['timeout'] {
  return timeout === 'absent' && sufficient === true ? 'present' : timeout;
}

interface OptionsPlace {
  readonly url: ts.Expression | undefined;
  readonly options: ts.Expression | undefined;
  readonly index: number;
}

/** Where the options stand, or would stand; undefined when the arguments can't be told apart. */
function findOptions(
  call: ts.CallExpression | ts.NewExpression,
  entry: HttpEntry,
  file: TypeScriptFile,
): OptionsPlace | undefined {
  const { arguments: written = [] } = call;
  const url = entry.url === undefined ? undefined : written[entry.url];
  if (entry.url !== undefined && !url) return undefined;
  if (entry.arguments === 'fixed') {
    const options = written[entry.options];
    const base = entry.url === undefined && options ? baseUrlOf(file.resolver.valueOf(options)) : undefined;
    return { url: url ?? base, options, index: entry.options };
  }
  if (!url) return undefined;

  const first = file.resolver.valueOf(url);
  if (ts.isObjectLiteralExpression(first)) return { url: baseUrlOf(first), options: url, index: 0 };
  const isUrl = isText(first) || (ts.isNewExpression(first) && file.resolver.nameOf(first.expression) === 'global:URL');
  if (isUrl || (written[1] && !isNothing(written[1], file) && isObject(written[1], file))) {
    return { url, options: written[1], index: 1 };
  }
  return isTypedUrl(first, file) ? { url, options: written[1], index: 1 } : undefined;
}

function isText(node: ts.Expression): boolean {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return isText(node.left) || isText(node.right);
  }
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function isObject(argument: ts.Expression, file: TypeScriptFile): boolean {
  return ts.isObjectLiteralExpression(file.resolver.valueOf(argument));
}

/** Whether a name is a parameter that is declared as `string` or `URL`. */
function isTypedUrl(node: ts.Expression, { resolver, walk }: TypeScriptFile): boolean {
  if (!ts.isIdentifier(node)) return false;
  const meaning = resolver.meaningOf(node);
  if (meaning.kind !== 'declared' || !ts.isParameter(meaning.by)) return false;
  const type = meaning.by.type?.getText(walk.source);
  return type === 'string' || type === 'URL' || type === 'string | URL';
}

/** What decides where a request goes, among options. */
const URL_PROPERTIES = ['baseURL', 'prefixUrl', 'url', 'uri'];

function baseUrlOf(options: ts.Expression): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(options)) return undefined;

  const values = new Map<string, ts.Expression>();
  for (const property of options.properties) {
    if (ts.isPropertyAssignment(property) && ts.isIdentifier(property.name))
      values.set(property.name.text, property.initializer);
  }
  return URL_PROPERTIES.map(name => values.get(name)).find(value => value !== undefined);
}

/** Whether a timeout may be written into the options; an object with a name is spread, since it may be used elsewhere too. */
function isWritable({ options }: OptionsPlace, verdict: OptionsVerdict, file: TypeScriptFile): boolean {
  if (verdict.literal !== undefined || !options || !ts.isIdentifier(options)) return true;
  return isNothing(options, file) || ts.isObjectLiteralExpression(file.resolver.valueOf(options));
}

/** Name as a reader knows it: globals have no prefix. */
function displayName(callee: string): string {
  return callee.startsWith('global:') ? callee.slice('global:'.length) : callee;
}
