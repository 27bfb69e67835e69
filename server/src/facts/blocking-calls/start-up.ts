import type { CallFact, FunctionFact, PythonFacts, Symbol } from '../../core/python-facts.ts';

/** Decorators that register a function for the start or the end of a web application. */
const HOOKS =
  /\.(?:on_event|on_startup|on_shutdown|before_serving|after_serving|(?:before|after)_server_(?:start|stop)|listener)(?:\(\))?$/;
/** `main`, and what frameworks call while they load a part of the program: `async def setup(bot)`. */
const NAMES = /^(?:\w+\.)?(?:(?:on_)?(?:setup|startup|start_up)|setup_hook)$|^main$/;
const HOOK_ARGUMENTS: ReadonlySet<string> = new Set(['lifespan', 'on_startup', 'on_shutdown']);

const COMMANDS = /^(?:typer\.Typer\(\)|(?:async)?click(?:\.\w+\(\))?)\.(?:command|callback|group)(?:\(\))?$/;

/** Whether a decorator makes a function a command of a terminal program; by its absolute symbol, called or not. */
export function makesCommand(symbol: Symbol): boolean {
  return COMMANDS.test(symbol);
}

/** A command of a group that the same file defines. */
const COMMAND_OF_FILE = /^:(\w+)\.(?:command|group)(?:\(\))?$/;

/**
 * Indices of functions that run while nobody is served: lifespans, start-up and shut-down hooks, `main`, and commands of
 * a terminal program.
 */
export function startUpFunctions(python: PythonFacts): ReadonlySet<number> {
  const registered = registeredFunctions(python.calls);
  const isCommand = ({ decorators }: FunctionFact): boolean =>
    decorators.some(decorator => {
      // What other files say of a name, they say of the call.
      const made = python.calls[decorator?.origin ?? -1]?.callee;
      return decorator !== undefined && [decorator.symbol, made?.symbol ?? ''].some(makesCommand);
    });
  const groups = new Set(python.functions.filter(isCommand).map(one => one.qualifiedName));
  const found = python.functions.filter(
    one =>
      NAMES.test(one.qualifiedName) ||
      registered.has(`:${one.qualifiedName}`) ||
      one.decorators.some(decorator => decorator !== undefined && HOOKS.test(decorator.symbol)) ||
      isLifespan(one) ||
      isCommand(one) ||
      one.decorators.some(decorator => groups.has(COMMAND_OF_FILE.exec(decorator?.symbol ?? '')?.[1] ?? '')),
  );
  return new Set(found.map(({ index }) => index));
}

function isLifespan({ qualifiedName, decorators }: FunctionFact): boolean {
  const isContextManager = decorators.some(decorator => decorator?.symbol === 'contextlib.asynccontextmanager');
  return isContextManager && /(?:^|\.)_?(?:app_)?lifespan$/.test(qualifiedName);
}

/** Functions that are handed over as hooks, and those that `asyncio.run(…)` is given. */
function registeredFunctions(calls: readonly CallFact[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const call of calls) {
    const isRun = call.callee?.symbol === 'asyncio.run';
    for (const { name, value } of call.arguments) {
      if (value === undefined) continue;
      if (name !== undefined && HOOK_ARGUMENTS.has(name)) found.add(value.symbol);
      if (isRun) found.add(value.symbol.replace(/\(\)$/, ''));
    }
  }
  return found;
}
