/** Words in names of calls and functions that tell why an error may be dropped; each pattern meets one whole name. */

/** Calls that turn data into other data: failing means that the data does not fit. */
export const CONVERSIONS =
  /^(parse|tryParse|safeParse|decode|encode|deseriali[sz]e|stringify|format|normali[sz]e|compile|validate|verify|decrypt|convert|unmarshal|fromJSON|semver|ensureValid|assertValid)|([a-z](Uri|Url|URL|Uuid|Version|Address|Path|Range|Date|Decimal)\d?|Parse|Decode|Parser|Verify|FromString|ToString)$|^(URL|RegExp|BigInt|Date|TextDecoder|DateTimeFormat|NumberFormat|Function|json|text|atob|btoa|toISOString)$/;

/** Constructors, and calls that work on what they are given; names of work that leaves the program begin otherwise. */
export const COMPUTATIONS =
  /^([A-Z]\w*|(to|from|is|has|as|compare|calculate|compute|darken|lighten|hash|match|split|join)([A-Z]\w*)?|toString|trim|includes|at)$/;

/** Calls that try whether something is there, or ask a browser for something it may refuse. */
export const PROBES =
  /^(access|stat|lstat|exists|realpath|readlink|readFile|readdir|readJson|resolve|which|whereis|getItem|setItem|removeItem|play|pause|share|vibrate|requestFullscreen|exitFullscreen|requestPermission|matchMedia|supports|execCommand|prefetch|preload|ping|isAvailable|mkdir)(Sync)?$/;

/** Calls whose failure shows elsewhere by itself: a broken pipeline destroys its streams. */
export const SELF_REPORTING = /^(pipeline|pipe|pipeTo)$/;

/** Calls that end or remove something. */
export const CLEAN_UPS =
  /^(unlink|kill|disconnect|destroy|end|unsubscribe|unlock|abort|cancel|terminate|shutdown|quit|detach|teardown|tearDown|rollback|removeListener|removeAllListeners|clear|clearTimeout|clearInterval|unref|revoke|unwatch|unmount|free|rimraf|deleteFile)$|^(close|stop|rm|rmdir|remove|delete|release|dispose|destroy|unlink|kill|cleanup|cleanUp|rollback)([A-Z]\w*)?$/;

/** Methods of strings, numbers and lists that nobody guards for their own sake. */
export const HARMLESS =
  /^(toString|trim|split|slice|substring|replace|replaceAll|includes|startsWith|endsWith|indexOf|match|test|toLowerCase|toUpperCase|join|map|filter|some|every|find|push|String|Number|Boolean|isFinite|isInteger|parseInt|parseFloat|keys|values|entries|concat|at)$/;

/** Functions that answer a question with yes or no. */
export const PREDICATES =
  /^_*(is|has|can|should|supports|exists|matches|verify|validate|check|test|contains|are|was|does|needs)([A-Z_]|$)|(Health|HealthCheck|Alive|Reachable|Available|Exists|Valid|Online|Ping)$/;

/** Functions whose name says that they answer without an error. */
export const TRYING =
  /^_*(try|safe|safely|maybe|attempt|parse|decode|silent|silently|ignore|swallow|noThrow|bestEffort)([A-Z_]|$)|(OrNull|OrUndefined|OrDefault|OrElse|IfExists|IfPossible|IfAvailable|Safe|Safely|Silently|NoThrow|BestEffort)$/;

/** Functions that end something. */
export const TEARDOWN =
  /^(close|shutdown|dispose|destroy|teardown|tearDown|cleanup|cleanUp|stop|disconnect|onModuleDestroy|onApplicationShutdown|gracefulShutdown)([A-Z]|$)|(Cleanup|Shutdown|Teardown)$/;

/** Functions that stand in for a handler, and names of errors, that say what they are for. */
export const DELIBERATE = /ignore|swallow|fallback|default|expected|unused|suppress/i;
