import { ts } from 'ts-morph';
import { classOfThis } from '../resolve.ts';
import type { OpenFile } from './open-file.ts';

/** Libraries whose loggers are known by how they are made, and the order of what they are told. */
const MAKERS: Readonly<Record<string, 'errorFirst' | 'messageFirst'>> = {
  'pino()': 'errorFirst',
  'pino.pino()': 'errorFirst',
  'winston.createLogger()': 'messageFirst',
  winston: 'messageFirst',
  'bunyan.createLogger()': 'errorFirst',
  'bunyan()': 'errorFirst',
  '@nestjs/common.Logger()': 'messageFirst',
};

/** Libraries in the order in which they are preferred. */
const PREFERRED = ['pino', 'winston', 'bunyan', '@nestjs'];

/** A logger that a place can call, and how it takes an error with a message. */
export interface Logger {
  /** `logger`, `this.logger`, `console`. */
  readonly expression: string;
  readonly order: 'errorFirst' | 'messageFirst';
}

/**
 * The logger for a place: one of a known library that the file makes, then one that the file already calls with an error,
 * then `console`; undefined where even that name means something else.
 */
export function loggerFor(place: ts.Node, file: OpenFile): Logger | undefined {
  const made = madeLoggers(place, file);
  const preferred = PREFERRED.flatMap(library => made.filter(({ from }) => from.startsWith(library)));
  const [first] = preferred.length > 0 ? preferred : precedents(place, file);
  if (first) return { expression: first.expression, order: first.order };
  const isConsole = file.resolver.lookUp('console', place).kind === 'global';
  return isConsole ? { expression: 'console', order: 'messageFirst' } : undefined;
}

interface Candidate extends Logger {
  readonly from: string;
}

/** Loggers of known libraries that the file itself makes and uses somewhere, in reach of the place. */
function madeLoggers(place: ts.Node, file: OpenFile): readonly Candidate[] {
  return errorCalls(file).flatMap(({ receiver }) => {
    const from = file.resolver.nameOf(receiver);
    const order = from === undefined ? undefined : MAKERS[from];
    return from !== undefined && order && isInReach(receiver, place, file)
      ? [{ expression: receiver.getText(file.source), order, from }]
      : [];
  });
}

/** Other loggers that the file tells of errors, with the order of arguments that it uses there. */
function precedents(place: ts.Node, file: OpenFile): readonly Candidate[] {
  return errorCalls(file).flatMap(({ receiver, call }): readonly Candidate[] => {
    const expression = receiver.getText(file.source);
    const last = ts.isPropertyAccessExpression(receiver) ? receiver.name.text : expression;
    const [first, second] = call.arguments;
    if (!/^(log|logger)$/i.test(last) || !first || !isInReach(receiver, place, file)) return [];
    if (isMessage(first)) return [{ expression, order: 'messageFirst', from: '' }];
    const isErrorFirst = ts.isObjectLiteralExpression(first) && second && isMessage(second);
    return isErrorFirst ? [{ expression, order: 'errorFirst', from: '' }] : [];
  });
}

function errorCalls({
  walk,
}: OpenFile): readonly { readonly receiver: ts.Expression; readonly call: ts.CallExpression }[] {
  return walk.calls.flatMap(call => {
    if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return [];
    const { expression: receiver, name } = call.expression;
    return /^(error|warn|info|log|debug)$/.test(name.text) ? [{ receiver, call }] : [];
  });
}

function isMessage(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

/** Whether an expression means at `place` what it means where it stands. */
function isInReach(receiver: ts.Expression, place: ts.Node, { resolver }: OpenFile): boolean {
  if (ts.isIdentifier(receiver)) {
    const there = resolver.meaningOf(receiver);
    const here = resolver.lookUp(receiver.text, place);
    return there.kind === 'declared' && here.kind === 'declared' && there.by === here.by;
  }
  const isField = ts.isPropertyAccessExpression(receiver) && receiver.expression.kind === ts.SyntaxKind.ThisKeyword;
  const owner = classOfThis(place);
  return isField && owner !== undefined && classOfThis(receiver) === owner && !isInStatic(place);
}

function isInStatic(place: ts.Node): boolean {
  const member = ts.findAncestor(place, ts.isClassElement);
  return member !== undefined && ts.canHaveModifiers(member) && (ts.getModifiers(member)?.some(isStatic) ?? false);
}

function isStatic({ kind }: ts.Modifier): boolean {
  return kind === ts.SyntaxKind.StaticKeyword;
}
