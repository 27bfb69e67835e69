import type { ShellWord } from './shell-script.ts';

/** The words behind a command's name. */
export interface CommandArguments {
  readonly words: readonly ShellWord[];
}

/** Options of a program: those that stand alone and those that take the next word. */
export interface OptionTable {
  readonly flags: readonly string[];
  readonly valued: readonly string[];
}

/** Values of options, in every spelling: `-r a`, `-ra`, `--file a`, `--file=a`. Values that are not known are left out. */
export function findOptions(args: CommandArguments, names: readonly string[]): ShellWord[] {
  return args.words.flatMap((word, index) => {
    const text = word.text;
    if (text === undefined || word.root !== 'current') return [];
    for (const name of names) {
      const value = text === name ? args.words[index + 1] : attachedValue(word, text, name);
      if (value?.text !== undefined && value.text !== '') return [value];
    }
    return [];
  });
}

function attachedValue(word: ShellWord, text: string, name: string): ShellWord | undefined {
  const prefix = name.startsWith('--') ? `${name}=` : name;
  return text.startsWith(prefix) ? wordPart(word, prefix.length, text.length) : undefined;
}

/** Words that are no options and no values of options. Empty as soon as an option is not in the table: its value may be next. */
export function positionals(args: CommandArguments, options: OptionTable): ShellWord[] {
  const found: ShellWord[] = [];
  for (let index = 0; index < args.words.length; index++) {
    const word = args.words[index];
    if (word === undefined) break;
    const text = word.text;
    if (text === undefined || !text.startsWith('-') || text === '-') {
      if (text !== undefined) found.push(word);
    } else if (options.valued.includes(text)) {
      index += 1;
    } else if (!options.flags.includes(text) && !text.includes('=') && !isAttached(text, options)) {
      return [];
    }
  }
  return found;
}

function isAttached(text: string, options: OptionTable): boolean {
  return options.valued.some(name => /^-\w$/.test(name) && text.startsWith(name));
}

/** A part of a word; undefined when its place in the script can't be told because of quotes or escapes. */
export function wordPart(word: ShellWord, start: number, end: number): ShellWord | undefined {
  if (word.text === undefined) return undefined;
  if (start === 0 && end === word.text.length) return word;
  if (word.range.end - word.range.start !== word.text.length) return undefined;
  const range = { start: word.range.start + start, end: word.range.start + end };
  return { text: word.text.slice(start, end), root: word.root, range };
}
