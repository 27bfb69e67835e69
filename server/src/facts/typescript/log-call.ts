import { ts } from 'ts-morph';

const LEVELS: ReadonlySet<string> = new Set([
  'error',
  'warn',
  'warning',
  'info',
  'debug',
  'log',
  'trace',
  'fatal',
  'verbose',
  'silly',
  'critical',
  'exception',
  'notice',
  'http',
]);

/** Level of a call that writes to a log: `error` for `this.logger.error(…)`, `log` for `logError(…)`; undefined for all others. */
export function logLevelOf(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee))
    return /^(log|debug|warn)([A-Z]\w*)?$|^logger$/.test(callee.text) ? levelInName(callee.text) : undefined;
  if (!ts.isPropertyAccessExpression(callee) || !LEVELS.has(callee.name.text)) return undefined;

  const receiver = lastName(callee.expression);
  return receiver !== undefined && isLoggerName(receiver) ? callee.name.text : undefined;
}

/** Whether a name is one that loggers have: `log`, `requestLogger`, `console`, `winston`. */
export function isLoggerName(name: string): boolean {
  return /^(console|winston|pino|bunyan|signale|consola|logging|reporter)$|log(ger)?$|^log[A-Z]/i.test(name);
}

/** Last name of a callee or receiver: `close` for `this.pool.close`, `log` for `createLog()`. */
export function lastName(expression: ts.Expression): string | undefined {
  if (ts.isIdentifier(expression) || ts.isPrivateIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  if (ts.isCallExpression(expression) || ts.isNonNullExpression(expression)) return lastName(expression.expression);
  if (ts.isParenthesizedExpression(expression) || ts.isAwaitExpression(expression))
    return lastName(expression.expression);
  return undefined;
}

function levelInName(name: string): string {
  if (name.startsWith('debug')) return 'debug';
  if (name.startsWith('warn')) return 'warn';
  return /error/i.test(name) ? 'error' : 'log';
}
