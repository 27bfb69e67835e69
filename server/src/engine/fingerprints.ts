import type { SymbolSpan } from '../core/file-facts.ts';
import type { Finding } from '../core/finding.ts';
import { fingerprint } from '../core/hash.ts';
import { containsRange, type TextRange } from '../core/text.ts';

/**
 * Names a finding by path, rule and the code of the innermost symbol around it, so that the name survives line shifts,
 * layout and comments. Findings of one rule in one symbol share it: a baseline counts them.
 *
 * @param symbols the file's, sorted by start; where none is around the finding, its message takes the place of the code
 */
export function fingerprintOf(
  finding: Pick<Finding, 'path' | 'ruleId' | 'range' | 'message'>,
  symbols: readonly SymbolSpan[],
): string {
  const symbol = innermostAround(finding.range, symbols);
  const code = symbol === undefined ? `message ${finding.message}` : `code ${symbol.codeHash}`;
  return fingerprint(finding.path, finding.ruleId, code);
}

function innermostAround(range: TextRange, symbols: readonly SymbolSpan[]): SymbolSpan | undefined {
  let innermost: SymbolSpan | undefined;
  for (const symbol of symbols) {
    if (symbol.range.start > range.start) break;
    // Symbols nest, so one that starts later and still holds the finding is the inner one.
    if (containsRange(symbol.range, range)) innermost = symbol;
  }
  return innermost;
}
