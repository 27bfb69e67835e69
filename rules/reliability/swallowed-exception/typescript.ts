import type { FactMap, Finding, Fix, FixContext } from '#rule-kit';

/** How a TypeScript handler loses its error. */
export type Swallowing =
  /** Nothing happens at all. */
  | 'dropped'
  /** The caller gets a constant instead. */
  | 'replaced'
  /** It is written to a log, and code that needs the result goes on without it. */
  | 'loggedOnly';

/** Constants that stand for "no result"; others are taken for a chosen default. */
const NO_RESULT = /^(null|undefined|void 0|false|''|""|``|\[\s*\]|\{\s*\}|0|-1|NaN)$/;

/** Log levels that nobody reads in production. */
const QUIET_LEVELS: ReadonlySet<string> = new Set(['debug', 'trace', 'verbose', 'silly']);

/** Whether, and how, a `catch` clause or `.catch(…)` callback swallows its error; undefined when it does not or may not. */
export function swallowingInTypeScript(handler: FactMap['exceptionHandler']): Swallowing | undefined {
  const { conduct, breadth, excuse } = handler;
  const treats = conduct.mayRaise || conduct.exits || conduct.acts || conduct.handsErrorOn || breadth !== 'exception';
  if (treats || excuse !== undefined) return undefined;

  const isLogged = conduct.logs.some(({ level, mentionsError }) => mentionsError || !QUIET_LEVELS.has(level));
  if (isLogged) return handler.resultExpected === true && !handler.boundary ? 'loggedOnly' : undefined;
  if (conduct.returnsConstant !== undefined) return NO_RESULT.test(conduct.returnsConstant) ? 'replaced' : undefined;
  return conduct.empty || conduct.logs.length > 0 ? 'dropped' : undefined;
}

/** What is wrong with a handler that swallows, in the words of a finding. */
export function messageForTypeScript(handler: FactMap['exceptionHandler'], swallowing: Swallowing): string {
  const where = handler.form === 'catch' ? 'This `catch`' : 'This `.catch(…)`';
  switch (swallowing) {
    case 'dropped':
      return `${where} drops the error, so a failure in production leaves no trace. Log it, or let it go on to the caller.`;
    case 'replaced':
      return `${where} turns every error into \`${handler.conduct.returnsConstant ?? ''}\`, so a failure looks like an answer. Log it, or catch the one error that is expected.`;
    case 'loggedOnly':
      return `${where} logs the error and goes on without the result that is needed next. Throw the error again, or return what stands for a failure.`;
  }
}

/** Offers to log the error of a TypeScript handler, and to throw it again besides, on the text as it is now. */
export function fixTypeScriptSwallowing(finding: Finding, context: FixContext): readonly Fix[] {
  const { path } = finding;
  const handler = context
    .facts(path)
    ?.facts.exceptionHandler?.find(
      ({ headRange }) => headRange.start === finding.range.start && headRange.end === finding.range.end,
    );
  if (!handler) return [];

  const { text } = context.source(path);
  const fix = (title: string, rethrow: boolean): readonly Fix[] => {
    const edits = context.typescript.logInHandler(text, path, handler.range, { rethrow });
    return edits && edits.length > 0 ? [{ title, applicability: 'suggested', edits: [{ path, edits }] }] : [];
  };
  const rethrown = fix('Log the error and throw it again', true);
  // A log alone would leave the code after the handler without the result that it needs.
  return handler.resultExpected === true ? rethrown : [...fix('Log the error', false), ...rethrown];
}
