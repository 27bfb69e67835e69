import {
  moveOutOfTry,
  narrowExcept,
  type FactMap,
  type Fix,
  type FixContext,
  type Report,
  type TextRange,
} from '#rule-kit';

/** What a finding says of the fix that narrows its handler: where only other files can tell, none is promised. */
export function promiseOf({ narrowing }: FactMap['exceptionHandler']): Pick<Report, 'fix' | 'mayHaveFix'> {
  if (narrowing === undefined) return {};
  return narrowing === 'elsewhere' ? { mayHaveFix: true } : { fix: 'suggested' };
}

/** A fix that narrows a handler, and how far what it guards is understood. */
export interface NarrowingFix {
  readonly fix: Fix;
  readonly understood: 'certain' | 'likely' | 'partly';
}

/**
 * The fix that makes an `except` clause catch what its `try` body can raise; undefined where nothing is understood. It is
 * `suggested`, and on request only where calls stay unguarded.
 * @param clause range of the clause in the text as it is now
 */
export function narrowHandler(path: string, clause: TextRange, context: FixContext): NarrowingFix | undefined {
  const narrowing = context.narrowing(path, clause);
  const head = narrowing && narrowExcept(context.python(path), clause, narrowing.types);
  if (!head) return undefined;
  const isPartly = narrowing.unknown.length > 0;
  const rest = isPartly ? `, leaving errors of ${listed(narrowing.unknown)} unguarded` : '';
  return {
    understood: isPartly ? 'partly' : narrowing.guessed ? 'likely' : 'certain',
    fix: {
      title: `Narrow to \`${head.written}\`${rest}`,
      applicability: 'suggested',
      edits: [{ path, edits: head.edits }],
      ...(isPartly && { onRequest: true }),
    },
  };
}

/**
 * The action that moves what can't fail out of the `try` of a clause, so that the handler stands for what can; on request.
 * Empty where there is nothing to move.
 */
export function moveHarmless(path: string, clause: TextRange, context: FixContext): readonly Fix[] {
  const edits = moveOutOfTry(context.python(path), clause);
  const title = 'Move what can’t fail out of the `try`';
  return edits ? [{ title, applicability: 'suggested', edits: [{ path, edits }], onRequest: true }] : [];
}

/** `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`. */
function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, 3).map(text => `\`${text}\``);
  const more = texts.length - shown.length;
  const parts = more > 0 ? [...shown, `${more} more`] : shown;
  const last = parts.at(-1) ?? '';
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${last}` : last;
}

/** Range of the `except` clause that a finding on its head stands for, as the facts of the current text have it. */
export function clauseAt(path: string, head: TextRange, context: FixContext): TextRange | undefined {
  return context
    .facts(path)
    ?.facts.exceptionHandler?.find(({ headRange }) => headRange.start === head.start && headRange.end === head.end)
    ?.range;
}
