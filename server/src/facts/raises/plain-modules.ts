/** Modules of the standard library that every Python has on every system. */
const EVERYWHERE: ReadonlySet<string> = new Set(
  (
    'abc argparse ast asyncio base64 collections contextlib copy csv datetime decimal email enum functools glob hashlib' +
    ' hmac html http inspect io itertools json logging math operator os pathlib pickle queue random re secrets shutil' +
    ' signal socket statistics string struct subprocess sys tempfile textwrap threading time traceback types typing' +
    ' urllib uuid warnings weakref'
  ).split(' '),
);

/** Whether `import …`, as written, can't fail; what `from … import` asks for may be of a later Python. */
export function bringsPlainModules(written: string): boolean {
  const list = /^import\s+([\s\w.,]+)$/.exec(written)?.[1];
  return list?.split(',').every(module => EVERYWHERE.has(module.trim().split('.', 1)[0] ?? '')) ?? false;
}
