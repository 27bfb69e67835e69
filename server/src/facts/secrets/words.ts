/** Runs of letters and digits of a text, cut where camel case begins a new word: `myToken2` has `my`, `Token` and `2`. */
export function runsOf(text: string): readonly string[] {
  return text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
}

/** Whether letters look like a word of a language: vowels among the consonants, and no long row of either. */
export function isWordLike(run: string): boolean {
  if (run.length < 4 || !/^[a-z]+$/i.test(run)) return false;
  const vowels = run.match(/[aeiouy]/gi)?.length ?? 0;
  const share = vowels / run.length;
  // Words that run into each other have consonants of both where they meet.
  if (run.length >= 9) return share >= 0.2 && !/[^aeiouy]{6}/i.test(run);
  return share >= 0.25 && share <= 0.7 && !/[^aeiouy]{4}|[aeiou]{4}|[jqvxz][^aeiou]|q[^u]/i.test(run);
}

/** Share of the letters and digits of a text that belong to words, 0 to 1. */
export function shareOfWords(text: string): number {
  const runs = runsOf(text);
  const total = lengthOf(runs);
  return total === 0 ? 0 : lengthOf(runs.filter(isWordLike)) / total;
}

function lengthOf(runs: readonly string[]): number {
  return runs.reduce((sum, run) => sum + run.length, 0);
}

/** Characters per run; generated text changes between cases and digits at nearly every step. */
export function meanRunLength(text: string): number {
  const runs = runsOf(text);
  return runs.length === 0 ? 0 : lengthOf(runs) / runs.length;
}
