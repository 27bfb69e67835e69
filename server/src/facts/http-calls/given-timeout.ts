import type { HttpCallFact } from '../../core/facts/http-call.ts';
import type { ArgumentFact, CallFact, PythonFacts } from '../../core/python-facts.ts';
import type { TextRange } from '../../core/text.ts';
import type { PythonHttpEntry } from '../../knowledge/http-python.ts';
import { canonicalName } from '../python/canonical-name.ts';

/** What the arguments of a call say about its timeout. */
export interface GivenTimeout {
  readonly state: HttpCallFact['timeout'];
  /** Value that switches the timeout off; undefined when it is made elsewhere. */
  readonly disabledBy?: TextRange;
  /** Call that makes the `botocore` configuration without timeouts. */
  readonly config?: TextRange;
  readonly openAddress?: boolean;
}

/** Reads the timeout of a call; arguments that a `functools.partial` holds come before its own. */
export function givenTimeout(call: CallFact, entry: PythonHttpEntry, facts: PythonFacts): GivenTimeout {
  const given = argumentsOf(call, facts);
  const keywords = [entry.argument, ...(entry.limits ?? [])];
  const explicit = given.filter(({ name }) => name !== undefined && keywords.includes(name));
  const positional = given.filter(({ name, kind }) => name === undefined && kind !== 'doubleStar');
  const placed = entry.position === undefined ? undefined : positional[entry.position];
  if (positional.some(({ kind }) => kind === 'star') && mayHoldTimeout(entry)) return { state: 'unknown' };

  const verdicts = [...explicit, ...(placed ? [placed] : [])].map(argument => judge(argument, entry, facts));
  const decided = verdicts.find(({ state }) => state !== 'disabled') ?? verdicts[0];
  if (decided) return decided;
  if (given.some(({ kind }) => kind === 'doubleStar')) return { state: 'unknown' };
  if (entry.positionals !== undefined && positional.length > entry.positionals) return { state: 'unknown' };
  if (given.some(argument => isCarrier(argument, entry))) return { state: 'unknown' };
  return fromAddress(given, positional, entry);
}

function argumentsOf(call: CallFact, facts: PythonFacts): readonly ArgumentFact[] {
  const partial = call.callee?.partial === undefined ? undefined : facts.calls[call.callee.partial];
  return [...(partial?.arguments.slice(1) ?? []), ...call.arguments];
}

function mayHoldTimeout({ position, positionals, address }: PythonHttpEntry): boolean {
  return position !== undefined || positionals !== undefined || address !== undefined;
}

function judge(argument: ArgumentFact, entry: PythonHttpEntry, facts: PythonFacts): GivenTimeout {
  if (isNothing(argument, entry)) return { state: 'disabled', disabledBy: argument.valueRange };
  const { value } = argument;
  const maker = value?.origin === undefined ? undefined : facts.calls[value.origin];
  if (entry.takes === 'botocoreConfig') return judgeConfig(maker);
  const isTimeout = maker?.callee !== undefined && TIMEOUT_CLASSES.has(canonicalName(maker.callee.symbol) ?? '');
  const isEmpty = isTimeout && maker.arguments.length > 0 && maker.arguments.every(inner => isNothing(inner, entry));
  if (!isEmpty) return { state: 'present' };
  return argument.kind === 'call' ? { state: 'disabled', disabledBy: argument.valueRange } : { state: 'disabled' };
}

function isNothing({ kind, literal }: ArgumentFact, { zeroDisables }: PythonHttpEntry): boolean {
  return kind === 'none' || (zeroDisables === true && literal !== undefined && /^0(\.0*)?$/.test(literal));
}

/** Classes that hold a timeout and may hold none. */
const TIMEOUT_CLASSES: ReadonlySet<string> = new Set([
  'httpx.Timeout',
  'aiohttp.ClientTimeout',
  'urllib3.Timeout',
  'urllib3.util.Timeout',
  'urllib3.util.timeout.Timeout',
]);

const CONFIG_CLASSES: ReadonlySet<string> = new Set([
  'botocore.config.Config',
  'botocore.client.Config',
  'boto3.session.Config',
]);

function judgeConfig(maker: CallFact | undefined): GivenTimeout {
  const isConfig = maker?.callee !== undefined && CONFIG_CLASSES.has(canonicalName(maker.callee.symbol) ?? '');
  if (!isConfig || maker.arguments.some(({ kind }) => kind === 'star' || kind === 'doubleStar')) {
    return { state: 'unknown' };
  }
  const limits = maker.arguments.filter(({ name }) => name === 'connect_timeout' || name === 'read_timeout');
  if (limits.some(({ kind }) => kind !== 'none')) return { state: 'present' };
  return limits.length > 0 ? { state: 'disabled' } : { state: 'absent', config: maker.range };
}

/** Transports that talk to the network and have no timeout of their own. */
const PLAIN_TRANSPORTS: ReadonlySet<string> = new Set(['httpx.HTTPTransport()', 'httpx.AsyncHTTPTransport()']);

function isCarrier({ name, kind, value }: ArgumentFact, { carriers = [] }: PythonHttpEntry): boolean {
  if (name === undefined || kind === 'none' || !carriers.includes(name)) return false;
  return value === undefined || !PLAIN_TRANSPORTS.has(value.symbol);
}

/** An address may say `?connect_timeout=10`; one from elsewhere leaves that open. */
function fromAddress(
  given: readonly ArgumentFact[],
  positional: readonly ArgumentFact[],
  { address }: PythonHttpEntry,
): GivenTimeout {
  if (!address) return { state: 'absent' };
  const written = given.find(({ name }) => name !== undefined && address.includes(name)) ?? positional[0];
  if (!written) return { state: 'absent' };
  if (written.literal === undefined) return { state: 'absent', openAddress: true };
  return { state: /timeout/i.test(written.literal) ? 'present' : 'absent' };
}
