import type { FactKind, FactListeners, FactMap, Facts } from '../core/fact.ts';
import type { FileFacts } from '../core/file-facts.ts';
import type { Finding, Report } from '../core/finding.ts';
import type { CommentFact, Symbol } from '../core/python-facts.ts';
import type { FileRule, Rule, RuleContext, RuleMeta } from '../core/rule.ts';
import { settingsOfRule, type Settings } from '../core/settings.ts';
import { containsRange } from '../core/text.ts';
import { recognise } from '../facts/recognise.ts';
import { fingerprintOf } from './fingerprints.ts';
import type { RuleFailure } from './model.ts';
import { mentionsSuppression } from './suppressions/parse-suppressions.ts';

/** What the file rules say of one file, and all that later steps need of it; plain data for threads and the cache. */
export interface FileJudgement {
  readonly path: string;
  /** Before suppression, sorted by place. */
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
  /** Places shown, by rule id. */
  readonly examined: Readonly<Record<string, number>>;
  /** The file's comments when one of them may be a suppression; else empty. */
  readonly comments: readonly CommentFact[];
  /** Rules that have judged the file to the end. */
  readonly judgedBy: readonly string[];
  /** See {@link FileFacts.asked}; absent: all of them. */
  readonly asked?: readonly Symbol[];
}

/** Told how long each rule took with a file, in milliseconds. */
export type RuleTimes = (ruleId: string, milliseconds: number) => void;

/** Shows the facts of a file to every rule that is switched on. A rule that throws loses its own findings only. */
export function judgeFile(
  file: FileFacts,
  rules: readonly Rule[],
  settings: Settings,
  times?: RuleTimes,
): FileJudgement {
  const applicable = rules.filter(
    (rule): rule is FileRule => rule.scope === 'file' && looksAt(rule.meta, file, settings),
  );
  const kinds = new Set(applicable.flatMap(rule => Object.keys(rule.on)));
  const facts = recognise(file, kinds);
  const findings: Finding[] = [];
  const failures: RuleFailure[] = [];
  const examined: Record<string, number> = {};
  const judgedBy: string[] = [];

  for (const rule of applicable) {
    const { id } = rule.meta;
    const started = times ? performance.now() : 0;
    const reports: Report[] = [];
    const context: RuleContext = {
      path: file.path,
      fileKind: file.kind,
      settings,
      report: report => reports.push(report),
    };
    try {
      examined[id] = showFacts(rule.on, facts, context);
      findings.push(...reports.map(report => completeFinding(rule.meta, settings, file.path, report, file.symbols)));
      if (file.syntaxErrors.length === 0) judgedBy.push(id);
    } catch (error) {
      failures.push({ ruleId: id, path: file.path, message: messageOf(error) });
    }
    times?.(id, performance.now() - started);
  }
  return {
    path: file.path,
    findings: findings.filter(finding => !isInBrokenCode(finding, file)).sort(byPlace),
    failures,
    examined,
    comments: mentionsSuppression(file.comments) ? file.comments : [],
    judgedBy,
  };
}

/** A report with everything that the rule, the configuration and the file's symbols add to it. */
export function completeFinding(
  meta: RuleMeta,
  settings: Settings,
  path: string,
  report: Report,
  symbols: FileFacts['symbols'],
): Finding {
  const { range, message } = report;
  return {
    ruleId: meta.id,
    path,
    range,
    message,
    priority: settingsOfRule(settings, meta).priority ?? report.priority ?? meta.priority,
    confidence: report.confidence ?? meta.confidence,
    related: report.related ?? [],
    fix: report.fix,
    ...(report.mayHaveFix === true && { mayHaveFix: true as const }),
    data: report.data,
    fingerprint: fingerprintOf({ path, ruleId: meta.id, range, message }, symbols),
  };
}

/** Message of a failure with the line of our code that it came from. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Order of findings in a file: by start, then end, then rule. */
export function byPlace(left: Finding, right: Finding): number {
  return (
    left.range.start - right.range.start ||
    left.range.end - right.range.end ||
    (left.ruleId < right.ruleId ? -1 : left.ruleId > right.ruleId ? 1 : 0)
  );
}

function looksAt(meta: RuleMeta, file: FileFacts, settings: Settings): boolean {
  const kinds = meta.fileKinds ?? ['source'];
  return kinds.includes(file.kind) && settingsOfRule(settings, meta).enabled;
}

function showFacts(on: FactListeners, facts: Facts, context: RuleContext): number {
  let shown = 0;
  // The keys of listeners are fact kinds by type.
  for (const kind of Object.keys(on) as FactKind[]) shown += showKind(on[kind], facts[kind], context);
  return shown;
}

function showKind(listener: FactListeners[FactKind], facts: Facts[FactKind], context: RuleContext): number {
  if (!listener || !facts) return 0;
  // A listener and the facts under the same key are of one kind, which a union over all keys does not tell.
  const show = listener as (fact: FactMap[FactKind], context: RuleContext) => void;
  for (const fact of facts) show(fact, context);
  return facts.length;
}

/** Inside a stretch that could not be parsed, names and shapes mean nothing. */
function isInBrokenCode(finding: Finding, file: FileFacts): boolean {
  return file.syntaxErrors.some(error => error.end > error.start && containsRange(error, finding.range));
}
