/**
 * What a log line says when a function fails, in plain words: `refresh_cart` gives "Could not refresh the cart".
 * @param qualifiedName as in the facts: `Cart.refresh`, `outer.<locals>.inner`; undefined at module level
 */
export function failureMessage(qualifiedName: string | undefined): string {
  const name = (qualifiedName ?? '').split('.').at(-1) ?? '';
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .split('_')
    .filter(word => word !== '')
    .map((word, index) => (index > 0 && /^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()));
  const [verb, noun, ...others] = words;
  if (verb === undefined || !/^[a-z0-9_]+$/i.test(name) || name.startsWith('__')) return 'Unexpected error';
  if (!VERBS.has(verb)) return `Unexpected error in ${name}`;
  if (noun === undefined) return `Could not ${verb}`;
  const needsArticle = others.length === 0 && /^[a-z]+[^s\d]$/.test(noun) && !NO_ARTICLE.has(noun);
  return `Could not ${verb} ${needsArticle ? 'the ' : ''}${[noun, ...others].join(' ')}`;
}

/** Second words that take no article: adverbs, prepositions, uncountables, names of formats. */
const NO_ARTICLE: ReadonlySet<string> = new Set(
  `all by for from in into on to with at of and or if as async sync now up down out off once json xml html csv yaml toml
  sql http data metadata text it one many every each available enough information info`.split(/\s+/),
);

/** Verbs that names of functions start with. */
const VERBS: ReadonlySet<string> = new Set(
  `accept acquire activate add adjust allocate announce append apply approve archive assign attach authenticate
  authorize backup bind book build bulk cache calculate call cancel capture change charge check claim clean clear clone
  close collect compare compile complete compute configure confirm connect consume convert copy count create deactivate
  decode decrypt delete deliver deploy describe detach detect determine disable disconnect dispatch display download
  drop dump emit enable encode encrypt enqueue enrich evaluate execute expand expire export extract fetch fill
  filter find finish flush format forward gather generate get grant handle import increment index init initialize
  insert inspect install invalidate invoke issue join launch list listen load lock log login lookup make map mark match
  measure merge migrate monitor move normalize notify obtain open order parse patch pause pay perform persist ping place
  poll populate post prepare print process produce publish pull purge push put query queue read rebuild receive
  reconcile record recover redirect reduce refresh refund register reject release reload remove rename render renew
  reorder repair replace reply report request reserve reset resize resolve restart restore resume retrieve retry return
  revoke rollback rotate run save scan schedule search seed select send serialize serve set setup ship show shutdown
  sign start stop store stream submit subscribe summarize sync synchronize tag terminate test toggle track transfer
  transform translate trigger try unlock unregister unsubscribe update upgrade upload upsert use validate verify visit
  wait warm watch withdraw wrap write`.split(/\s+/),
);
