import {
  addLogger,
  logInExceptClause,
  type FactMap,
  type Finding,
  type Fix,
  type FixContext,
  type TextEdit,
} from '#rule-kit';
import { isFailure } from './failures.ts';
import { failureMessage } from './failure-message.ts';

type Handler = FactMap['exceptionHandler'];

/** How a Python handler loses its error. */
export type PythonSwallowing =
  /** Nothing happens at all, or a debug line that does not name the error. */
  | 'dropped'
  /** The caller, or a name, gets a constant instead. */
  | 'replaced'
  /** Data that can't be read is taken for something else. */
  | 'coerced';

/** Constants that stand for "no result"; others are taken for a chosen default. */
const NO_RESULT =
  /^(None|False|b?""|b?''|0|-1|\[\s*\]|\{\s*\}|\(\s*\)|(dict|list|set|frozenset|tuple|str|bytes)\(\)|\(?(None|False|b?""|b?''|\[\]|\{\})(, ?(None|False|b?""|b?''|\[\]|\{\}|0))*,?\)?)$/;
/** Log levels that nobody reads in production. */
const QUIET = /^a?(debug|trace|verbose)$/;

/** Whether, and how, an `except` or `suppress` swallows its error; undefined when it does not or may not. */
export function swallowingInPython(handler: Handler): PythonSwallowing | undefined {
  const swallowing = lossIn(handler);
  if (swallowing === undefined) return undefined;
  const { breadth, excuse } = handler;
  if (breadth === 'narrow') {
    return swallowing === 'coerced' ? lossOfData(handler) : lossOfFailure(handler, swallowing);
  }
  if (breadth === 'unknown' || excuse === 'cleanup' || excuse === 'probe') return undefined;
  // `broad-except` speaks about an `except` around a conversion: narrowing mends it, logging would only make noise.
  const isConversion = excuse === 'conversion' && handler.form === 'except';
  return isConversion && swallowing !== 'coerced' ? undefined : swallowing;
}

function lossIn({ conduct, coercesData }: Handler): PythonSwallowing | undefined {
  if (conduct.mayRaise || conduct.exits || conduct.handsErrorOn) return undefined;
  const isLogged = conduct.logs.some(
    ({ level, mentionsError, hasTraceback }) => mentionsError || hasTraceback || !QUIET.test(level),
  );
  if (isLogged) return undefined;
  if (coercesData === true) return 'coerced';
  if (conduct.assignsConstant !== undefined) return 'replaced';
  if (conduct.acts) return undefined;
  if (conduct.returnsConstant !== undefined) return NO_RESULT.test(conduct.returnsConstant) ? 'replaced' : undefined;
  return conduct.empty || conduct.logs.length > 0 ? 'dropped' : undefined;
}

/** Narrow types are caught on purpose; only those that mean a failure of something outside are worth a word. */
function lossOfFailure(
  { types, excuse, conduct }: Handler,
  swallowing: PythonSwallowing,
): PythonSwallowing | undefined {
  if (excuse !== undefined || conduct.logs.length > 0) return undefined;
  return types.length > 0 && types.every(isFailure) ? swallowing : undefined;
}

/** Data that can't be read, as opposed to data that lacks something. */
function lossOfData({ types, excuse }: Handler): PythonSwallowing | undefined {
  const isUnreadable = types.some(
    type => type === 'builtins.ValueError' || /\.(JSONDecodeError|YAMLError|UnpackException)$/.test(type ?? ''),
  );
  return isUnreadable && excuse !== 'explained' && excuse !== 'probe' ? 'coerced' : undefined;
}

/** What is wrong with a handler that swallows, in the words of a finding. */
export function messageForPython({ form, conduct }: Handler, swallowing: PythonSwallowing): string {
  if (form === 'suppress') {
    return '`suppress` drops every error of this block, so a failure in production leaves no trace. Name the one error that is expected.';
  }
  switch (swallowing) {
    case 'dropped':
      return 'This handler drops the error, so a failure in production leaves no trace. Log it with its traceback, or let it go on to the caller.';
    case 'replaced': {
      const value = conduct.returnsConstant ?? conduct.assignsConstant ?? 'None';
      return `This handler turns the error into \`${value}\`, so a failure looks like an answer. Log it with its traceback, or let it go on to the caller.`;
    }
    case 'coerced':
      return "This handler takes data that can't be read for something else, and nobody hears of it. Log the error, or let it go on to the caller.";
  }
}

/** Offers to log the error of a Python handler with its traceback, on the text as it is now. */
export function fixPythonSwallowing(finding: Finding, context: FixContext): readonly Fix[] {
  const { path, range } = finding;
  const source = context.python(path);
  const facts = context.facts(path);
  const handler = facts?.facts.exceptionHandler?.find(({ headRange }) => headRange.start === range.start);
  if (!handler || handler.form !== 'except') return [];

  const name = facts?.python?.functions[handler.function]?.qualifiedName;
  const logger = handler.logger === undefined ? addLogger(source, range.start) : { name: handler.logger, edits: [] };
  const edits =
    logger &&
    logEdits(handler, logger, () => logInExceptClause(source, range.start, logger.name, failureMessage(name)));
  if (!edits) return [];
  return [{ title: 'Log the error with its traceback', applicability: 'suggested', edits: [{ path, edits }] }];
}

/** A quiet log call becomes one with the traceback; without one, the log call is written. */
function logEdits(
  { conduct }: Handler,
  logger: { readonly edits: readonly TextEdit[] },
  write: () => readonly TextEdit[] | undefined,
): readonly TextEdit[] | undefined {
  const [quiet] = conduct.logs;
  if (quiet === undefined) {
    const written = write();
    return written && [...logger.edits, ...written];
  }
  if (quiet.library === 'other') return undefined;
  const { end } = quiet.calleeRange;
  return [
    {
      range: { start: end - quiet.level.length, end },
      newText: quiet.level.startsWith('a') ? 'aexception' : 'exception',
    },
  ];
}
