import type { ShellWord } from './shell-script.ts';

/** Programs that run the command behind them in the same folder; a pattern says which next word belongs to them. */
const WRAPPERS: ReadonlyMap<string, RegExp | undefined> = new Map([
  ['sudo', undefined],
  ['time', undefined],
  ['exec', undefined],
  ['nohup', undefined],
  ['env', undefined],
  ['uv', /^run$/],
  ['poetry', /^run$/],
  ['pdm', /^run$/],
  ['pipenv', /^run$/],
  ['rye', /^run$/],
]);

/** The command without `sudo`, `poetry run`, assignments in front and the like. Wrappers with options of their own are left. */
export function unwrapCommand(words: readonly ShellWord[]): readonly ShellWord[] {
  let rest = words;
  for (;;) {
    const [first, second, third] = rest;
    const text = first?.text;
    if (first === undefined) return rest;
    if (isAssignment(first)) {
      rest = rest.slice(1);
      continue;
    }
    // `coverage run` takes what `python` takes.
    if (text === 'coverage' && second?.text === 'run') return [{ ...second, text: 'python' }, ...rest.slice(2)];
    if (text === undefined || !WRAPPERS.has(text)) return rest;

    const subcommand = WRAPPERS.get(text);
    if (subcommand !== undefined && !subcommand.test(second?.text ?? '')) return rest;
    const wrapped = subcommand === undefined ? second : third;
    if (wrapped === undefined || wrapped.text?.startsWith('-') === true) return rest;
    // `uv run shop.py` runs a script as `python shop.py` does.
    const inner = rest.slice(subcommand === undefined ? 1 : 2);
    rest =
      subcommand !== undefined && wrapped.text?.endsWith('.py') === true
        ? [{ ...wrapped, text: 'python' }, ...inner]
        : inner;
  }
}

function isAssignment(word: ShellWord): boolean {
  return word.text !== undefined && /^[A-Za-z_]\w*\+?=/.test(word.text);
}
