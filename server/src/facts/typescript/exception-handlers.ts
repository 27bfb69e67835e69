import { ts } from 'ts-morph';
import type { ExceptionHandlerFact } from '../../core/facts/exception-handler.ts';
import { rangeOf } from '../../syntax/typescript/parse.ts';
import { functionAround } from '../../syntax/typescript/scopes.ts';
import { isBrowserCode } from './browser-code.ts';
import { callbackExcuse, clauseExcuse, nameOfFunction } from './handler-excuse.ts';
import { type HandlerAccount, readHandler } from './handler-conduct.ts';
import { DELIBERATE } from './handler-words.ts';
import { lastName, logLevelOf } from './log-call.ts';
import { isPromise } from './promise.ts';
import { isResultExpected } from './result-expected.ts';
import type { TypeScriptFile } from './typescript-file.ts';

/** Finds every `catch` clause and every `.catch(…)` of a promise in one file, in source order. */
export function extractExceptionHandlers(file: TypeScriptFile): readonly ExceptionHandlerFact[] {
  const clauses = file.walk.tries.flatMap(statement => {
    const { catchClause } = statement;
    return catchClause ? [{ fact: factOfClause(statement, catchClause, file), clause: catchClause }] : [];
  });
  const callbacks = file.walk.calls.flatMap(call => {
    const fact = ts.isCallExpression(call) ? factOfCallback(call, file) : undefined;
    return fact ? [{ fact, clause: undefined }] : [];
  });

  const handlers = [...clauses, ...callbacks];
  const isBrowser = handlers.some(({ fact }) => isDropped(fact)) && isBrowserCode(file);
  return handlers
    .map(({ fact, clause }) => (isBrowser ? excuseBrowser(fact, clause) : fact))
    .sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
}

function isDropped({ excuse, conduct }: ExceptionHandlerFact): boolean {
  return excuse === undefined && (conduct.empty || conduct.returnsConstant !== undefined);
}

/** Frameworks of the browser keep the errors of their own calls; a `catch` with nothing in it hides them there too. */
function excuseBrowser(fact: ExceptionHandlerFact, clause: ts.CatchClause | undefined): ExceptionHandlerFact {
  const isBare = clause?.block.statements.length === 0;
  return isBare || !isDropped(fact) ? fact : { ...fact, excuse: 'browser' };
}

function factOfClause(statement: ts.TryStatement, clause: ts.CatchClause, file: TypeScriptFile): ExceptionHandlerFact {
  const { source } = file.walk;
  const binding = clause.variableDeclaration?.name;
  const errorName = binding && ts.isIdentifier(binding) ? binding.text : undefined;
  const account = readHandler(clause.block, errorName, source);
  // `catch ({ message })` takes the error apart, to do something with its parts.
  const handsErrorOn = account.conduct.handsErrorOn || (binding !== undefined && errorName === undefined);
  const excuse = clauseExcuse(statement, clause, errorName, file);
  const start = clause.getStart(source);
  return {
    ...commonPart({ ...account, conduct: { ...account.conduct, handsErrorOn } }, errorName),
    form: 'catch',
    range: { start, end: clause.end },
    headRange: { start, end: binding ? afterParenthesis(clause, source) : start + 'catch'.length },
    bodyRange: rangeOf(statement.tryBlock, source),
    boundary: isBoundary(statement, file),
    resultExpected: isResultExpected(statement, file),
    ...(excuse && { excuse }),
  };
}

/** Offset after the `)` of `catch (error)`. */
function afterParenthesis({ variableDeclaration, block }: ts.CatchClause, source: ts.SourceFile): number {
  const from = variableDeclaration?.end ?? block.pos;
  const parenthesis = source.text.indexOf(')', from);
  return parenthesis < 0 || parenthesis > block.getStart(source) ? from : parenthesis + 1;
}

function factOfCallback(call: ts.CallExpression, file: TypeScriptFile): ExceptionHandlerFact | undefined {
  const { expression, arguments: written } = call;
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'catch' || written.length !== 1)
    return undefined;
  const [callback] = written;
  if (!callback || !isPromise(expression.expression, callback, file)) return undefined;

  const { source } = file.walk;
  const handler = readCallback(callback, file);
  const isNamedForIt = ts.isIdentifier(callback) && DELIBERATE.test(callback.text);
  const excuse = isNamedForIt ? 'explained' : callbackExcuse(call, expression.expression, handler.errorName, file);
  return {
    ...commonPart(handler, handler.errorName),
    form: 'catchCallback',
    range: { start: expression.name.getStart(source), end: call.end },
    headRange: rangeOf(expression.name, source),
    bodyRange: rangeOf(expression.expression, source),
    boundary: isBoundary(call, file),
    resultExpected: false,
    ...(excuse && { excuse }),
  };
}

function commonPart({ conduct, breadth, types }: HandlerAccount, errorName: string | undefined) {
  return { language: 'typescript', conduct, breadth, types, errorName, function: -1 } as const;
}

function readCallback(
  callback: ts.Expression,
  file: TypeScriptFile,
): HandlerAccount & { readonly errorName: string | undefined } {
  const { source } = file.walk;
  const level = logLevelOf(callback);
  if (level !== undefined) {
    const range = rangeOf(callback, source);
    const log = {
      range,
      calleeRange: range,
      level,
      library: 'other',
      hasTraceback: true,
      mentionsError: true,
    } as const;
    return {
      ...opaqueAccount({ acts: false }),
      conduct: { ...opaqueAccount({ acts: false }).conduct, logs: [log] },
      errorName: undefined,
    };
  }

  const target = functionBehind(callback, file);
  if (target?.body) {
    const [parameter] = target.parameters;
    const errorName = parameter && ts.isIdentifier(parameter.name) ? parameter.name.text : undefined;
    const account = readHandler(target.body, errorName, source);
    const handsErrorOn = account.conduct.handsErrorOn || (parameter !== undefined && errorName === undefined);
    return { ...account, conduct: { ...account.conduct, handsErrorOn }, errorName };
  }
  const isNoop = lastName(callback) === 'noop' && !ts.isCallExpression(callback);
  return { ...opaqueAccount({ acts: !isNoop }), errorName: undefined };
}

/** Function that a callback is: written in place, or declared in the file. */
function functionBehind(callback: ts.Expression, { resolver }: TypeScriptFile): ts.FunctionLikeDeclaration | undefined {
  const value = resolver.valueOf(callback);
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return value;
  if (!ts.isIdentifier(value)) return undefined;
  const meaning = resolver.meaningOf(value);
  return meaning.kind === 'declared' && ts.isFunctionDeclaration(meaning.by) ? meaning.by : undefined;
}

/** Account of a callback whose code is not in sight: `next`, `reject`, `noop`. */
function opaqueAccount({ acts }: { readonly acts: boolean }): HandlerAccount {
  return {
    conduct: {
      reraises: false,
      mayRaise: false,
      logs: [],
      handsErrorOn: acts,
      empty: !acts,
      returnsConstant: undefined,
      exits: false,
      acts,
    },
    breadth: acts ? 'unknown' : 'exception',
    types: [],
  };
}

/** Whether errors are meant to stop here: the outermost code of a program, a function that is an error handler itself. */
function isBoundary(place: ts.Node, { walk }: TypeScriptFile): boolean {
  const around = functionAround(place);
  if (!around) return true;
  const name = nameOfFunction(around, walk.source);
  return /^(main|bootstrap|run|start|handle(Error|Exception)|on(Error|Exception)|errorHandler)$/.test(name ?? '');
}
