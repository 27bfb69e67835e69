import type { HandlerLogCall } from '../../core/facts/exception-handler.ts';
import { loggingKnowledge } from '../../knowledge/logging.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, firstChild, kindOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';

/** Tells loggers from other receivers of one file. */
export interface LoggerNames {
  /**
   * Library behind a receiver of `.error(…)`: certain for resolved loggers; `imported` for one that another module of
   * the program makes, by its name and by what is called on it; `other` where the name alone speaks for it.
   */
  libraryOf(receiver: NodeIndex): HandlerLogCall['library'] | undefined;
}

/** Names that people give loggers. */
const LOGGER_NAME = /^_*(?!(get|create|make|setup|set|configure|init)_)(\w+_)?(log|logger|logging)$/i;
/** Everything that is called on a logger of the standard library, structlog or loguru. */
const LOGGER_METHODS =
  /^(trace|debug|info|success|warning|warn|error|exception|critical|fatal|log|bind|unbind|new|opt|contextualize|catch|getChild|setLevel|isEnabledFor|getEffectiveLevel|addHandler|removeHandler|addFilter|handlers|level|name|propagate|disabled|hasHandlers|root|parent|manager|handle)$/;

/** For one extraction only: remembers what is called on each imported name. */
export function createLoggerNames(file: PythonFile): LoggerNames {
  const { source, resolver } = file;
  const { tree, text } = source;
  const fitting = new Map<string, boolean>();

  function libraryOf(receiver: NodeIndex): HandlerLogCall['library'] | undefined {
    const symbol = resolver.valueOf(receiver)?.symbol;
    const canonical = symbol === undefined ? undefined : canonicalName(symbol);
    const known = canonical === undefined ? undefined : loggingKnowledge.loggers[canonical];
    if (known !== undefined) return known;
    if (symbol !== undefined && isFromProgram(symbol) && fits(receiver)) return 'imported';
    return LOGGER_NAME.test(spokenName(receiver)) ? 'other' : undefined;
  }

  /** The last name of a receiver, looking through `bind(…)` and the like: `logger` for `self.logger.bind(x=1)`. */
  function spokenName(node: NodeIndex): string {
    switch (kindOf(tree, node)) {
      case Kind.call: {
        const callee = childByField(tree, node, Field.function);
        const name = spokenName(callee);
        if (/^(get_?)?(\w*_)?logger$/i.test(name)) return 'logger';
        return /^(bind|opt|new|getChild)$/.test(name) && kindOf(tree, callee) === Kind.attribute
          ? spokenName(childByField(tree, callee, Field.object))
          : '';
      }
      case Kind.attribute:
        return textOf(tree, text, childByField(tree, node, Field.attribute));
      case Kind.identifier:
        return textOf(tree, text, node);
      default:
        return '';
    }
  }

  function fits(receiver: NodeIndex): boolean {
    if (kindOf(tree, receiver) !== Kind.identifier) return false;
    const name = textOf(tree, text, receiver);
    const known = fitting.get(name);
    if (known !== undefined) return known;
    const result = LOGGER_NAME.test(name) && everyUseFits(file, name);
    fitting.set(name, result);
    return result;
  }

  return { libraryOf };
}

/** Whether an imported symbol is a logger by its name and by all that the file calls on it. */
export function isImportedLogger(file: PythonFile, symbol: string, name: string): boolean {
  return isFromProgram(symbol) && LOGGER_NAME.test(name) && everyUseFits(file, name);
}

/** `shop.core.logger`, `shop.core.get_logger()`, `..logger.getChild()`. */
function isFromProgram(symbol: string): boolean {
  const name = symbol.replace(/\.(bind|getChild)\(\)/g, '');
  const isNamed =
    /\.(_*(?!(get|create|make|setup|set|configure|init)_)(\w+_)?(log|logger)|(get|create|make|setup|configure)_?(\w+_)?logger\(\))$/i.test(
      name,
    );
  return isNamed && !symbol.startsWith(':');
}

function everyUseFits({ source: { tree, text }, table }: PythonFile, name: string): boolean {
  for (let node = 0; node < tree.size; node++) {
    if (kindOf(tree, node) !== Kind.attribute) continue;
    const object = firstChild(tree, node);
    if (kindOf(tree, object) !== Kind.identifier || textOf(tree, text, object) !== name) continue;
    if (!LOGGER_METHODS.test(textOf(tree, text, childByField(tree, node, Field.attribute)))) return false;
  }
  // A loop variable of that name may be anything.
  return table.scopes.every(scope => (scope.bindings.get(name) ?? []).every(({ kind }) => kind !== 'opaque'));
}
