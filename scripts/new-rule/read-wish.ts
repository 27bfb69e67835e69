import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { PRIORITIES, type Priority } from '../../server/src/core/finding.ts';
import { nearestName } from '../../server/src/core/nearest-name.ts';
import { ASPECTS, type Aspect } from '../../server/src/core/rule.ts';

/** The rule that somebody wants. */
export interface RuleWish {
  readonly aspect: Aspect;
  readonly id: string;
  readonly title: string;
  readonly priority: Priority;
}

const USAGE = `Usage: npm run new-rule -- <aspect> <id> [--title TEXT] [--priority LEVEL]

  aspect    ${ASPECTS.join(', ')}
  id        kebab-case; names the problem, as in \`http-timeout\`
  title     what lists show; by default the id in words
  priority  ${PRIORITIES.join(', ')}; medium by default

For example: npm run new-rule -- reliability unpaid-order --title "Order that leaves the shop unpaid"`;

/**
 * Reads the words of the command line, and asks at `terminal` for the aspect and the id when they are missing.
 * @throws Error with a message for the user: usage, unknown words, an id that is none.
 */
export async function readWish(words: readonly string[], terminal?: NodeJS.ReadableStream): Promise<RuleWish> {
  const { positionals, values } = parseWords(words);
  if (positionals.length > 2) throw new Error(`Unexpected argument: ${positionals[2] ?? ''}\n\n${USAGE}`);
  const [aspect, id] = positionals.length === 2 ? positionals : await askFor(positionals, terminal);
  const wish = {
    aspect: oneOf(ASPECTS, aspect ?? '', 'aspect'),
    id: validId(id ?? ''),
    priority: oneOf(PRIORITIES, values.priority ?? 'medium', 'priority'),
  };
  return { ...wish, title: values.title ?? titleOf(wish.id) };
}

function parseWords(words: readonly string[]): {
  readonly positionals: readonly string[];
  readonly values: { readonly title?: string | undefined; readonly priority?: string | undefined };
} {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { title: { type: 'string' }, priority: { type: 'string' } },
    });
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : String(cause)}\n\n${USAGE}`, { cause });
  }
}

async function askFor(
  [aspect]: readonly string[],
  terminal: NodeJS.ReadableStream | undefined,
): Promise<readonly string[]> {
  if (!terminal) throw new Error(USAGE);
  const lines = createInterface({ input: terminal });
  // Lines wait here until they are asked for, so that one may type ahead.
  const answers: AsyncIterator<string, undefined> = lines[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    process.stdout.write(question);
    const answer = await answers.next();
    if (answer.done === true) throw new Error(USAGE);
    return answer.value.trim();
  };
  try {
    return [aspect ?? (await ask(`Aspect (${ASPECTS.join(', ')}): `)), await ask('Id: ')];
  } finally {
    lines.close();
  }
}

function oneOf<Choice extends string>(choices: readonly Choice[], word: string, what: string): Choice {
  const choice = choices.find(candidate => candidate === word);
  if (choice !== undefined) return choice;
  const nearest = nearestName(word, choices);
  const advice = nearest === undefined ? `There are ${choices.join(', ')}.` : `Did you mean ${nearest}?`;
  throw new Error(`There is no ${what} "${word}". ${advice}`);
}

function validId(id: string): string {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) return id;
  throw new Error(`"${id}" is no id of a rule: two words or more, in lower case, joined by hyphens.`);
}

function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
