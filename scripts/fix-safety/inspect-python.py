"""Compiles the texts that it is sent, one JSON object a line, and answers each with what is wrong with it.

{"text": "..."} is answered by {"error": "..." or null, "unknown": ["name", ...]}; `unknown` are the names that nothing
in the file binds. The code is never run.
"""

import builtins
import json
import symtable
import sys
import warnings

KNOWN = set(dir(builtins)) | {"__file__", "__path__", "__builtins__", "__annotations__", "__class__"}


def inspect(text):
    try:
        # As bytes, so that a coding line is accepted and a byte order mark means nothing.
        compile(text.encode("utf-8", "surrogatepass"), "fixed.py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError) as error:
        return {"error": f"{type(error).__name__}: {error}", "unknown": []}
    try:
        return {"error": None, "unknown": sorted(unknown_names(symtable.symtable(text, "fixed.py", "exec")))}
    except (SyntaxError, ValueError, RecursionError):
        # A coding line or a star import in an odd place; the compiler has agreed already.
        return {"error": None, "unknown": []}


def unknown_names(module):
    bound = {symbol.get_name() for symbol in module.get_symbols() if is_bound(symbol)}
    used = set()
    tables = [module]
    while tables:
        table = tables.pop()
        tables.extend(table.get_children())
        for symbol in table.get_symbols():
            if table is not module and symbol.is_declared_global() and symbol.is_assigned():
                bound.add(symbol.get_name())
            if symbol.is_referenced() and (table is module or symbol.is_global()):
                used.add(symbol.get_name())
    return used - bound - KNOWN


def is_bound(symbol):
    return symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(10_000)
    for line in sys.stdin:
        answer = inspect(json.loads(line)["text"])
        print(json.dumps(answer), flush=True)


main()
