import type { HandlerLogCall } from '../../core/facts/exception-handler.ts';
import { loggingKnowledge } from '../../knowledge/logging.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childrenOf,
  endOfSubtree,
  kindOf,
  rangeOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { createLoggerNames } from './logger-names.ts';

type Account = Pick<HandlerLogCall, 'level' | 'library' | 'hasTraceback' | 'declinesTraceback'>;

/** Recognises calls that write something out, in one file. */
export interface LogReader {
  /** What a call logs; undefined when it is no log call. `errorName`: name of the error that is being handled. */
  readLogCall(call: NodeIndex, errorName: string | undefined): HandlerLogCall | undefined;
  /** Whether a call gives the traceback of the error that is being handled, as a value. */
  isTraceback(call: NodeIndex): boolean;
}

export function createLogReader(file: PythonFile): LogReader {
  const { source, resolver } = file;
  const { tree, text } = source;
  const { functions, recorders, levels, tracebacks } = loggingKnowledge;
  const names = createLoggerNames(file);

  function readLogCall(call: NodeIndex, errorName: string | undefined): HandlerLogCall | undefined {
    const callee = childByField(tree, call, Field.function);
    const account = accountOfMethod(call, callee) ?? accountOfFunction(call, callee);
    if (!account) return undefined;
    return {
      ...account,
      range: rangeOf(tree, call),
      calleeRange: rangeOf(tree, callee),
      mentionsError: errorName !== undefined && mentions(childByField(tree, call, Field.arguments), errorName),
    };
  }

  function accountOfFunction(call: NodeIndex, callee: NodeIndex): Account | undefined {
    const name = canonicalOf(callee);
    const known = name === undefined ? undefined : (functions[name] ?? functionOfModule(name));
    if (known) {
      const hasTraceback = known.traceback === true || carriesTraceback(call) === 'yes';
      return { level: known.level, library: 'other', hasTraceback };
    }
    const isRecorder = recorders.has(lastName(callee));
    return isRecorder ? { level: 'error', library: 'other', hasTraceback: true } : undefined;
  }

  /** `error` of `from logging import error`; `logging.error` itself is a method of a logger to its readers. */
  function functionOfModule(name: string): { readonly level: string; readonly traceback: boolean } | undefined {
    const level = /^logging\.([a-z]+)$/.exec(name)?.[1];
    return level !== undefined && levels.has(level) ? { level, traceback: level === 'exception' } : undefined;
  }

  function accountOfMethod(call: NodeIndex, callee: NodeIndex): Account | undefined {
    if (kindOf(tree, callee) !== Kind.attribute) return undefined;
    const level = methodName(callee);
    const receiver = childByField(tree, callee, Field.object);
    if (!levels.has(level)) return isOutput(receiver, level) ? written() : undefined;
    const library = names.libraryOf(receiver);
    if (library === undefined) return undefined;
    const carried = carriesTraceback(call);
    const hasTraceback = /^a?exception$/.test(level) || carried === 'yes' || hasTracebackOption(receiver);
    return { level, library, hasTraceback, ...(carried === 'declined' && { declinesTraceback: true }) };
  }

  /** `self.stderr.write(…)` of a management command, `console.print(…)`. */
  function isOutput(receiver: NodeIndex, method: string): boolean {
    const last = lastName(receiver);
    return (method === 'write' && /^(stderr|stdout)$/.test(last)) || (method === 'print' && /console$/i.test(last));
  }

  function written(): Account {
    return { level: 'print', library: 'other', hasTraceback: false };
  }

  /** Whether the arguments of a log call hold a traceback; a splat may. */
  function carriesTraceback(call: NodeIndex): 'yes' | 'declined' | 'no' {
    const list = childByField(tree, call, Field.arguments);
    for (const argument of list < 0 ? [] : childrenOf(tree, list)) {
      if (kindOf(tree, argument) === Kind.dictionary_splat) return 'yes';
      if (kindOf(tree, argument) !== Kind.keyword_argument) continue;
      if (textOf(tree, text, childByField(tree, argument, Field.name)) !== 'exc_info') continue;
      const value = textOf(tree, text, childByField(tree, argument, Field.value));
      return /^(False|None|0)$/.test(value) ? 'declined' : 'yes';
    }
    for (let node = list; node >= 0 && node < endOfSubtree(tree, list); node++) {
      if (kindOf(tree, node) === Kind.call && isTraceback(node)) return 'yes';
      if (kindOf(tree, node) === Kind.attribute && methodName(node) === '__traceback__') return 'yes';
    }
    return 'no';
  }

  /** loguru's `logger.opt(exception=True)`. */
  function hasTracebackOption(receiver: NodeIndex): boolean {
    for (let node = receiver; node < endOfSubtree(tree, receiver); node++) {
      if (kindOf(tree, node) !== Kind.keyword_argument) continue;
      if (!/^(exception|exc_info)$/.test(textOf(tree, text, childByField(tree, node, Field.name)))) continue;
      if (!/^(False|None)$/.test(textOf(tree, text, childByField(tree, node, Field.value)))) return true;
    }
    return false;
  }

  function isTraceback(call: NodeIndex): boolean {
    const name = canonicalOf(childByField(tree, call, Field.function));
    return name !== undefined && tracebacks.has(name);
  }

  function canonicalOf(node: NodeIndex): string | undefined {
    const symbol = resolver.valueOf(node)?.symbol;
    return symbol === undefined ? undefined : canonicalName(symbol);
  }

  function methodName(callee: NodeIndex): string {
    return kindOf(tree, callee) === Kind.attribute
      ? textOf(tree, text, childByField(tree, callee, Field.attribute))
      : '';
  }

  function lastName(node: NodeIndex): string {
    return kindOf(tree, node) === Kind.attribute ? methodName(node) : textOf(tree, text, node);
  }

  function mentions(list: NodeIndex, errorName: string): boolean {
    for (let node = list; node >= 0 && node < endOfSubtree(tree, list); node++) {
      const isName = kindOf(tree, node) === Kind.identifier && tree.fields[node] !== Field.attribute;
      if (isName && tree.fields[node] !== Field.name && textOf(tree, text, node) === errorName) return true;
    }
    return false;
  }

  return { readLogCall, isTraceback };
}
