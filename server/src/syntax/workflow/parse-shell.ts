import type { TextRange } from '../../core/text.ts';
import type { ShellCommand, ShellMark, ShellRedirect, ShellScript, ShellWord } from './shell-script.ts';
import { tokenizeShell, type ShellToken } from './shell-words.ts';

const REDIRECTS = new Set(['<', '>', '>>', '<<', '<<-', '<<<', '>&', '<&', '&>', '&>>', '>|']);

/** Reads a shell script as far as the paths in it need it. Never throws; what is broken ends up as odd commands. */
export function parseShell(script: string): ShellScript {
  const tokens = tokenizeShell(script);
  const builder = new ScriptBuilder();
  const comments: TextRange[] = [];

  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'comment') comments.push(token.range);
    else if (token.kind === 'operator') builder.addOperator(token.operator);
    else builder.addWord(token.word, token.raw, isFunctionName(tokens, index));
  }
  builder.addOperator('\n');
  return { items: builder.finish(), comments };
}

/** `name ( )`, as in `build() { … }`. */
function isFunctionName(tokens: readonly ShellToken[], index: number): boolean {
  const [open, close] = [tokens[index + 1], tokens[index + 2]];
  return open?.kind === 'operator' && open.operator === '(' && close?.kind === 'operator' && close.operator === ')';
}

type Group = ShellMark['group'];

/** Collects tokens into commands and keeps account of the groups that are open. */
class ScriptBuilder {
  readonly #items: (ShellCommand | ShellMark)[] = [];
  readonly #groups: Group[] = [];
  #words: ShellWord[] = [];
  #redirects: ShellRedirect[] = [];
  #before = '';
  #negated = false;
  #redirect: string | undefined;
  #inTest = false;
  #functionAhead = 0;
  #caseHead: 'word' | 'pattern' | undefined;

  addWord(word: ShellWord, raw: string, namesFunction: boolean): void {
    if (this.#redirect !== undefined) {
      this.#redirects.push({ operator: this.#redirect, target: word });
      this.#redirect = undefined;
      return;
    }
    if (this.#caseHead !== undefined && raw !== 'esac') {
      // `case $a in`, then the patterns of a branch up to `)`.
      if (raw === 'in') this.#caseHead = 'pattern';
      return;
    }
    const startsCommand = this.#words.length === 0;
    if (startsCommand && namesFunction) {
      // Its two parentheses follow, then the body in braces.
      this.#functionAhead = 2;
      return;
    }
    if (startsCommand && (this.#addKeyword(raw) || /^[A-Za-z_]\w*\+?=/.test(raw))) return;
    if (startsCommand && raw === '[[') this.#inTest = true;
    // `2` of `2>&1` is a number of a stream; it is told from a word by the operator that follows at once.
    this.#words.push(word);
    if (raw === ']]') this.#inTest = false;
  }

  addOperator(operator: string): void {
    if (this.#caseHead !== undefined) {
      if (operator === ')') this.#caseHead = undefined;
    } else if (REDIRECTS.has(operator)) {
      const last = this.#words.at(-1)?.text;
      if (last !== undefined && /^\d$/.test(last)) this.#words.pop();
      this.#redirect = operator;
    } else if (operator === '(' || operator === ')') {
      this.#addParenthesis(operator);
    } else if (!this.#inTest || operator === '\n') {
      this.#inTest = false;
      this.#endCommand(operator === '\n' || operator === ';' || operator === '&' ? ';' : operator);
    }
  }

  finish(): readonly (ShellCommand | ShellMark)[] {
    while (this.#groups.length > 0) this.#close(this.#groups.at(-1));
    return this.#items;
  }

  /** Whether the word is a word of the shell's grammar at the start of a command. */
  #addKeyword(raw: string): boolean {
    switch (raw) {
      case '!':
        this.#negated = true;
        return true;
      case 'if':
      case 'while':
      case 'until':
        this.#open('condition');
        return true;
      case 'elif':
        this.#close('branch');
        this.#open('condition');
        return true;
      case 'then':
      case 'do':
        this.#close('condition');
        this.#open('branch');
        return true;
      case 'else':
        this.#close('branch');
        this.#open('branch');
        return true;
      case 'fi':
      case 'done':
        this.#close('branch');
        return true;
      case 'esac':
        this.#caseHead = undefined;
        this.#close('branch');
        return true;
      case '{':
        this.#open(this.#functionAhead > 0 ? 'function' : 'braces');
        this.#functionAhead = 0;
        return true;
      case '}':
        this.#close(this.#groups.findLast(group => group === 'function' || group === 'braces'));
        return true;
      case 'case':
        this.#open('branch');
        this.#caseHead = 'word';
        return true;
      default:
        return false;
    }
  }

  #addParenthesis(operator: '(' | ')'): void {
    if (this.#functionAhead > 0) {
      if (operator === ')') this.#functionAhead = 1;
      return;
    }
    if (operator === '(') {
      this.#endCommand('');
      this.#open('subshell');
    } else {
      this.#endCommand('');
      this.#close('subshell');
    }
  }

  #endCommand(operator: string): void {
    // A branch of a `case` is over, the patterns of the next one follow.
    if (/^;;?&?$/.test(operator) && operator.length > 1) this.#caseHead = 'pattern';
    if (this.#words.length > 0 || this.#redirects.length > 0) {
      this.#items.push({
        ...{ kind: 'command', words: this.#words, redirects: this.#redirects },
        ...{ before: this.#before, after: operator, negated: this.#negated },
      });
    }
    const isEmptyLine = this.#words.length === 0 && operator === ';';
    // `a &&` at the end of a line goes on in the next one.
    if (!isEmptyLine) this.#before = operator;
    this.#words = [];
    this.#redirects = [];
    this.#redirect = undefined;
    this.#negated = false;
  }

  #open(group: Group): void {
    this.#items.push({ kind: 'open', group });
    this.#groups.push(group);
    this.#before = '';
  }

  /** Closes a group and whatever was left open inside it; nothing when no such group is open. */
  #close(group: Group | undefined): void {
    if (group === undefined || !this.#groups.includes(group)) return;
    for (let last = this.#groups.pop(); last !== undefined; last = this.#groups.pop()) {
      this.#items.push({ kind: 'close', group: last });
      if (last === group) return;
    }
  }
}
