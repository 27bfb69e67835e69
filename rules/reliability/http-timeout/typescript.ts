import type { FactMap, Finding, Fix, FixContext } from '#rule-kit';

/** Offers to give a TypeScript call its timeout, on the text as it is now; nothing where the fact says that it is not clear how. */
export function fixTypeScriptTimeout(finding: Finding, context: FixContext): readonly Fix[] {
  const { path } = finding;
  const call = context
    .facts(path)
    ?.facts.httpCall?.find(
      ({ calleeRange }) => calleeRange.start === finding.range.start && calleeRange.end === finding.range.end,
    );
  if (!call?.option) return [];

  const seconds = context.settings.httpTimeoutSeconds;
  const { argument, form } = call.option;
  const choice = grouped(seconds * 1_000);
  const { name, value } = writtenTimeout(call, form, choice);
  const option = { argument: form === 'chain' ? ('chained' as const) : argument, name, value };
  const edits = context.typescript.addCallOption(context.source(path).text, path, call.range, option);
  if (!edits) return [];
  const title = `Add a timeout of ${seconds} seconds`;
  return [{ title, applicability: 'suggested', edits: [{ path, edits }], choice }];
}

function writtenTimeout(
  call: FactMap['httpCall'],
  form: NonNullable<FactMap['httpCall']['option']>['form'],
  milliseconds: string,
): { readonly name: string; readonly value: string } {
  switch (form) {
    case 'signal':
      return { name: 'signal', value: `AbortSignal.timeout(${milliseconds})` };
    case 'request':
      return { name: 'timeout', value: `{ request: ${milliseconds} }` };
    case 'milliseconds':
    case 'chain':
      return { name: call.timeoutArgument, value: milliseconds };
  }
}

/** A number as the language lets it be read: `30_000`. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '_');
}
