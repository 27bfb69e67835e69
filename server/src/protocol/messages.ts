import type { AcceptedRow, Activity, FindingRow, RootModel } from './model.ts';
import type { FindingName, NotificationName, RequestName } from './names.ts';

export type { FindingName, NotificationName, RequestName };

/** Everything the panel and the status bar need, one entry for each root. */
export const MODEL_REQUEST: RequestName<Record<string, never>, readonly RootModel[]> = { method: 'readiness/model' };

export interface FindingsParams {
  /** URI of the root, as in {@link RootModel}. */
  readonly root: string;
  readonly ruleId: string;
}

/** Findings of one rule in one root, sorted by path and place. */
export const FINDINGS_REQUEST: RequestName<FindingsParams, readonly FindingRow[]> = { method: 'readiness/findings' };

/** All active findings of one root, sorted by path and place; for views that group them their own way. */
export const ALL_FINDINGS_REQUEST: RequestName<{ readonly root: string }, readonly FindingRow[]> = {
  method: 'readiness/allFindings',
};

/** Findings of one root that comments or the baseline accept, sorted by path and place. */
export const ACCEPTED_REQUEST: RequestName<{ readonly root: string }, readonly AcceptedRow[]> = {
  method: 'readiness/accepted',
};

/** Analyses all files of a root again, or of every root. The answer comes when the scan has ended. */
export const SCAN_REQUEST: RequestName<{ readonly root?: string }, null> = { method: 'readiness/scan' };

/** Stops running scans; what was found so far stays. */
export const CANCEL_SCAN_REQUEST: RequestName<Record<string, never>, null> = { method: 'readiness/cancelScan' };

/** Facts for a bug report, as Markdown; no code and no file content. */
export const DEBUG_INFO_REQUEST: RequestName<Record<string, never>, string> = { method: 'readiness/debugInfo' };

/** What the rule's page says. */
export interface RuleExplanation {
  readonly ruleId: string;
  readonly title: string;
  /** The page on this machine. */
  readonly uri: string;
}

/** Where the page of a rule is; null for an unknown rule. */
export const EXPLAIN_REQUEST: RequestName<{ readonly ruleId: string }, RuleExplanation | null> = {
  method: 'readiness/explain',
};

/** Names a finding and says how it is to be accepted. */
export interface SuppressParams extends FindingName {
  readonly scope: 'line' | 'file';
  readonly reason: string;
}

/** Applies the suppressing edit through the client; false when the finding is gone or the client refused. */
export const SUPPRESS_REQUEST: RequestName<SuppressParams, boolean> = { method: 'readiness/suppress' };

/** What has changed since the last notification. */
export interface ChangedParams {
  readonly roots: readonly { readonly uri: string; readonly activity: Activity }[];
  /** Whether {@link MODEL_REQUEST} would answer something new; false for mere progress. */
  readonly model: boolean;
}

/** Pushed, at most a few times a second, when the panel is out of date. */
export const CHANGED_NOTIFICATION: NotificationName<ChangedParams> = { method: 'readiness/changed' };

/** Sent as `initializationOptions` by a client that knows us. */
export interface InitializationOptions {
  /** Commands that the client implements; the server then puts them into code actions and links. */
  readonly commands?: readonly string[];
}

/** Asks the user for a reason, then sends {@link SUPPRESS_REQUEST}; its argument is {@link SuppressParams} without a reason. */
export const SUPPRESS_COMMAND = 'readiness.suppress';

/** Shows a rule's page; its argument is the rule's id. */
export const OPEN_RULE_COMMAND = 'readiness.openRule';
