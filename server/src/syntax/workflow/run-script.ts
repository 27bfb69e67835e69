import type { WorkflowPathFact } from '../../core/facts/workflow.ts';
import type { TextRange } from '../../core/text.ts';
import { findEffects } from './command-effects.ts';
import { findCommandPaths } from './command-paths.ts';
import { withCreated, withParents, withUnknown, type JobFiles } from './job-files.ts';
import { parseShell } from './parse-shell.ts';
import { toPathFact } from './path-facts.ts';
import { resolvePath } from './repository-path.ts';
import type { ScalarText } from './scalar-text.ts';
import type { ShellCommand, ShellMark, ShellWord } from './shell-script.ts';
import { unwrapCommand } from './unwrap-command.ts';

/** Where a script starts. Folders are relative to the repository root, undefined when unknown. */
export interface ScriptStart {
  readonly folder: string | undefined;
  /** Folder of the composite action that the script belongs to. */
  readonly actionFolder: string | undefined;
  readonly files: JobFiles;
}

/** What a script names, and the files of the job after it. */
export interface ScriptReading {
  readonly paths: readonly WorkflowPathFact[];
  readonly comments: readonly TextRange[];
  readonly files: JobFiles;
}

/** Follows a shell script command by command: where it goes, what it makes, which paths it needs. */
export function readScript(script: ScalarText, start: ScriptStart): ScriptReading {
  const { items, comments } = parseShell(script.value);
  const paths: WorkflowPathFact[] = [];
  const folders = new FolderTracker(start.folder);
  let files = start.files;

  const baseOf = (word: ShellWord): string | undefined =>
    word.root === 'workspace' ? '' : word.root === 'action' ? start.actionFolder : folders.current;
  const resolveWord = (word: ShellWord): string | undefined => {
    const base = baseOf(word);
    return base === undefined || word.text === undefined ? undefined : resolvePath(base, word.text);
  };

  for (const [index, item] of items.entries()) {
    if (item.kind !== 'command') {
      folders.mark(item, isForgiven(items, index));
      continue;
    }
    const words = unwrapCommand(item.words);
    const name = words[0]?.text;
    const isForgivenHere = folders.isForgiven || item.negated || isForgiven(items, index);
    const target = name === 'cd' || name === 'pushd' ? words.slice(1).find(word => word.text !== '--') : undefined;
    const needed =
      target === undefined
        ? findCommandPaths(words)
        : [{ word: target, use: 'changeDirectory' as const, expected: 'folder' as const }];
    if (!isForgivenHere) {
      for (const { word, use, expected } of needed) {
        // `cd -` goes back to where the script was.
        if (word.text === undefined || (use === 'changeDirectory' && word.text === '-')) continue;
        const range = script.rangeOf(word.range.start, word.range.end);
        const fact = toPathFact({ written: word.text, base: baseOf(word), range, use, expected }, files);
        if (fact !== undefined) paths.push(fact);
      }
    }
    files = filesAfter(files, item, words, resolveWord);
    folders.command(name, target, target && resolveWord(target), item);
  }
  return { paths, comments: comments.map(range => script.rangeOf(range.start, range.end)), files };
}

function filesAfter(
  files: JobFiles,
  command: ShellCommand,
  words: readonly ShellWord[],
  resolveWord: (word: ShellWord) => string | undefined,
): JobFiles {
  const effects = findEffects(command, words);
  const made = effects.created.map(resolveWord);
  const madeWithParents = effects.createdWithParents.map(resolveWord);
  const known = [...made, ...madeWithParents.flatMap(path => (path === undefined ? [] : withParents(path)))];
  const named = known.flatMap(path => (path === undefined || path === '' ? [] : [path]));
  const after = withCreated(files, named);
  // Something put into the root itself may have any name.
  const isUnclear = effects.rest === 'unknown' || made.includes('');
  if (effects.rest === 'otherTree') return { ...after, checkout: 'unknown' };
  return isUnclear ? withUnknown(after) : after;
}

/** Whether a failure of the command, or of the group that opens here, is caught by an `||` that does not end the script. */
function isForgiven(items: readonly (ShellCommand | ShellMark)[], index: number): boolean {
  let at = endOfGroup(items, index);
  for (let item = items[at]; item?.kind === 'command' && item.after === '&&'; item = items[at]) {
    at = endOfGroup(items, at + 1);
  }
  const last = items[at];
  const following = items[at + 1];
  const isAlternative = last?.kind === 'command' && last.after === '||';
  const groupHasAlternative = last?.kind === 'close' && following?.kind === 'command' && following.before === '||';
  return (isAlternative || groupHasAlternative) && !endsScript(items, at + 1);
}

/** Index of the item itself, or of the mark that closes the group that it opens. */
function endOfGroup(items: readonly (ShellCommand | ShellMark)[], index: number): number {
  if (items[index]?.kind !== 'open') return index;
  let depth = 0;
  for (let at = index; at < items.length; at++) {
    if (items[at]?.kind === 'open') depth += 1;
    else if (items[at]?.kind === 'close' && --depth === 0) return at;
  }
  return items.length;
}

function endsScript(items: readonly (ShellCommand | ShellMark)[], index: number): boolean {
  return items
    .slice(index, endOfGroup(items, index) + 1)
    .some(item => item.kind === 'command' && /^(exit|return|false)$/.test(item.words[0]?.text ?? ''));
}

/** Keeps account of the current folder through groups and branches. Lives for one script. */
class FolderTracker {
  current: string | undefined;
  #previous: string | undefined;
  readonly #pushed: (string | undefined)[] = [];
  readonly #groups: { folder: string | undefined; previous: string | undefined; forgiven: boolean }[] = [];

  constructor(folder: string | undefined) {
    this.current = folder;
    this.#previous = folder;
  }

  /** Whether a group around is forgiven when it fails. */
  get isForgiven(): boolean {
    return this.#groups.some(group => group.forgiven);
  }

  mark(mark: ShellMark, forgiven: boolean): void {
    if (mark.kind === 'open') {
      const isOptional = mark.group === 'condition' || mark.group === 'function';
      this.#groups.push({ folder: this.current, previous: this.#previous, forgiven: forgiven || isOptional });
      return;
    }
    const group = this.#groups.pop();
    if (mark.group === 'subshell' || mark.group === 'function') {
      this.current = group?.folder;
      this.#previous = group?.previous;
    } else if (mark.group !== 'braces' && this.current !== group?.folder) {
      this.current = undefined;
    }
  }

  command(
    name: string | undefined,
    target: ShellWord | undefined,
    resolved: string | undefined,
    command: ShellCommand,
  ): void {
    if (name === 'popd') {
      this.#move(this.#pushed.pop());
    } else if (name === 'cd' || name === 'pushd') {
      if (name === 'pushd') this.#pushed.push(this.current);
      const isCertain =
        command.after !== '||' && command.before !== '||' && command.before !== '|' && command.after !== '|';
      const destination = target?.text === '-' ? this.#previous : resolved;
      this.#move(target === undefined || !isCertain ? undefined : destination);
    }
  }

  #move(folder: string | undefined): void {
    this.#previous = this.current;
    this.current = folder;
  }
}
