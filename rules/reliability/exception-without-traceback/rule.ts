import { appendArgument, defineRule, realignArguments, type FactMap, type FixContext, type TextEdit } from '#rule-kit';

type Handler = FactMap['exceptionHandler'];
type LogCall = Handler['conduct']['logs'][number];

export default defineRule({
  meta: {
    id: 'exception-without-traceback',
    title: 'Error logged without its traceback',
    aspect: 'reliability',
    priority: 'medium',
    confidence: 'high',
    languages: ['Python'],
    fix: 'safe',
    since: '0.1.0',
    requiredFor: 'critical',
  },

  on: {
    exceptionHandler(handler, { report }) {
      if (handler.language !== 'python') return;
      const log = findIncompleteLog(handler);
      if (log === undefined) return;

      report({
        range: log.calleeRange,
        message: `\`${log.level}\` records the error without its traceback, so the log does not tell where it came from. ${remedyFor(log)}`,
        ...(!isBroad(handler) && { confidence: 'medium' }),
        fix: 'safe',
      });
    },
  },

  fix({ path, range }, context) {
    const log = context
      .facts(path)
      ?.facts.exceptionHandler?.flatMap(({ conduct }) => conduct.logs)
      .find(({ calleeRange }) => calleeRange.start === range.start && calleeRange.end === range.end);
    const edits = log && editsFor(log, path, context);
    return edits ? [{ title: titleFor(log), applicability: 'safe', edits: [{ path, edits }] }] : [];
  },
});

/**
 * The first log call of a handler that drops where the error came from, an error before a warning: that is the one which
 * counts whatever the handler catches. Undefined where another place keeps it.
 */
function findIncompleteLog(handler: Handler): LogCall | undefined {
  const { conduct, types, excuse } = handler;
  const broad = isBroad(handler);
  const isKept = conduct.mayRaise || conduct.handsErrorOnWhole === true || conduct.logs.some(log => log.hasTraceback);
  // A program that ends over an expected error tells its user, who has no use for a traceback.
  if (isKept || (conduct.exits && !broad)) return undefined;
  // Data that does not fit says by its text what is wrong with it.
  if (!broad && excuse === 'conversion') return undefined;
  if (types.some(type => type !== undefined && EXPECTED.test(type))) return undefined;
  const countsWarnings = broad && excuse !== 'cleanup';
  return (
    conduct.logs.find(log => isIncomplete(log, false)) ?? conduct.logs.find(log => isIncomplete(log, countsWarnings))
  );
}

function isIncomplete({ level, library, declinesTraceback }: LogCall, countsWarnings: boolean): boolean {
  if (library === 'other' || declinesTraceback === true) return false;
  if (/^a?error$/.test(level)) return true;
  if (library === 'imported') return false;
  return /^a?(critical|fatal)$/.test(level) || (countsWarnings && /^a?warn(ing)?$/.test(level));
}

function isBroad({ breadth }: Handler): boolean {
  return breadth === 'bare' || breadth === 'baseException' || breadth === 'exception';
}

/** Errors by which a program is told to stop, or that say that something optional is missing. */
const EXPECTED =
  /^builtins\.(KeyboardInterrupt|SystemExit|GeneratorExit|ImportError|ModuleNotFoundError|StopIteration|StopAsyncIteration)$|^(asyncio|concurrent\.futures)\.(exceptions\.)?CancelledError$/;

function remedyFor(log: LogCall): string {
  return isError(log)
    ? `Use \`${exceptionOf(log)}\`.`
    : `Pass \`${isLoguru(log) ? 'opt(exception=True)' : 'exc_info=True'}\`.`;
}

function titleFor(log: LogCall): string {
  return isError(log) ? `Log with \`${exceptionOf(log)}\`` : 'Log the traceback too';
}

function editsFor(log: LogCall, path: string, context: FixContext): readonly TextEdit[] | undefined {
  const { end } = log.calleeRange;
  const method = { start: end - log.level.length, end };
  if (isError(log)) {
    const newText = exceptionOf(log);
    const aligned = realignArguments(context.python(path), log.range, newText.length - log.level.length);
    return [{ range: method, newText }, ...aligned];
  }
  if (isLoguru(log)) {
    return [{ range: { start: method.start, end: method.start }, newText: 'opt(exception=True).' }];
  }
  return appendArgument(context.python(path), log.range, 'exc_info', 'True');
}

function isError({ level }: LogCall): boolean {
  return level === 'error' || level === 'aerror';
}

function isLoguru({ library }: LogCall): boolean {
  return library === 'loguru';
}

function exceptionOf({ level }: LogCall): string {
  return level === 'aerror' ? 'aexception' : 'exception';
}
