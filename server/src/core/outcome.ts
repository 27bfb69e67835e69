/** How a rule ended for a workspace. Counts are places, not files. */
export type RuleOutcome =
  | { readonly ruleId: string; readonly kind: 'passed'; readonly examined: number }
  | {
      readonly ruleId: string;
      readonly kind: 'failed';
      readonly examined: number;
      readonly failed: number;
      readonly accepted: number;
    }
  | { readonly ruleId: string; readonly kind: 'accepted'; readonly examined: number; readonly accepted: number }
  | { readonly ruleId: string; readonly kind: 'notApplicable'; readonly reason: string }
  | { readonly ruleId: string; readonly kind: 'notMeasured'; readonly reason: string };
