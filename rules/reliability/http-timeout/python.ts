import {
  addConstant,
  constantsSeenFrom,
  type FactMap,
  type Finding,
  type Fix,
  type FixContext,
  type PythonSource,
  type TextEdit,
} from '#rule-kit';
import { writeTimeout, type Seconds } from './write-timeout.ts';

const CONSTANT = 'DEFAULT_TIMEOUT_SECONDS';

/** Offers to give a Python call its timeout, with the constant that the module has, or with a new one for all its calls. */
export function fixPythonTimeout(finding: Finding, context: FixContext): readonly Fix[] {
  const { path } = finding;
  const source = context.python(path);
  const call = callOf(finding, context);
  if (call?.takes === undefined) return [];

  const seconds = secondsFor(call, source, context.settings.httpTimeoutSeconds);
  const edits = writeTimeout(source, call, seconds);
  if (!edits) return [];
  const title =
    seconds.name === undefined ? `Add a timeout of ${seconds.text} seconds` : `Use \`${seconds.name}\` as timeout`;
  const number = call.takes === 'milliseconds' ? String(Number(seconds.text) * 1000) : seconds.text;
  const first: Fix = {
    title,
    applicability: 'suggested',
    edits: [{ path, edits }],
    ...(seconds.name === undefined && { choice: number }),
  };
  const second = seconds.name === undefined ? introduceConstant(finding, source, context) : undefined;
  return second ? [first, second] : [first];
}

function callOf({ path, range }: Finding, context: FixContext): FactMap['httpCall'] | undefined {
  return context
    .facts(path)
    ?.facts.httpCall?.find(({ calleeRange }) => calleeRange.start === range.start && calleeRange.end === range.end);
}

/** Names that stand for the timeout of any outbound call, in seconds. */
const TIMEOUT_NAME =
  /^_?((DEFAULT|HTTPX?|REQUESTS?|API|CLIENT|CALL|NETWORK|OUTBOUND|UPSTREAM|REMOTE|SOCKET|AIOHTTP)_)*TIMEOUT(_S|_SECS?|_SECONDS)?$/;

/** The timeout constant of the module, when there is just one, else the configured number. */
function secondsFor(call: FactMap['httpCall'], source: PythonSource, configured: number): Seconds {
  const constants = constantsSeenFrom(source, call.range.start, name => TIMEOUT_NAME.test(name));
  const fitting = constants.filter(({ number }) =>
    // An imported name may hold more than a number, which only plain timeouts take.
    number === undefined ? call.takes === 'seconds' : call.takes === 'seconds' || /^[1-9]\d*$/.test(number),
  );
  const [only, ...others] = fitting;
  return only && others.length === 0 ? { text: only.name, name: only.name } : { text: String(configured) };
}

/** Makes a constant of the module and uses it for every finding in the file. */
function introduceConstant(finding: Finding, source: PythonSource, context: FixContext): Fix | undefined {
  const calls = [finding, ...context.siblings()]
    .map(other => callOf(other, context))
    .filter(call => call?.takes !== undefined && call.language === 'python')
    .filter(call => call !== undefined);
  const distinct = [...new Map(calls.map(call => [call.range.start, call])).values()];
  const seconds = { text: CONSTANT, name: CONSTANT };
  const written = distinct.flatMap(call => {
    const edits = writeTimeout(source, call, seconds);
    return edits ? [{ call, edits }] : [];
  });
  const offsets = written.map(({ call }) => call.range.start);
  const constant = addConstant(source, CONSTANT, String(context.settings.httpTimeoutSeconds), offsets);
  if (!constant || written.length === 0) return undefined;
  // Import edits may stand where the constant goes: it comes after them.
  const edits = distinctEdits([...written.flatMap(one => one.edits), ...constant]);
  const count = written.length === 1 ? 'it' : `it for ${written.length} calls`;
  return {
    title: `Introduce \`${CONSTANT}\` and use ${count}`,
    applicability: 'suggested',
    edits: [{ path: finding.path, edits }],
  };
}

/** Two calls may ask for the same import, or share one configuration. */
function distinctEdits(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...new Map(edits.map(edit => [`${edit.range.start}:${edit.range.end}:${edit.newText}`, edit])).values()];
}
