/** Words in names of Python code that tell what a place is for; each pattern meets one whole name unless it says so. */

/** Functions that nobody above them waits for an answer from, or that answer a request by themselves. */
export const BOUNDARY_FUNCTIONS =
  /^(_*(main|amain|async_main|run|run_forever|serve|start|worker|consume|listen|poll|loop|lifespan|dispatch|emit|excepthook|lambda_handler|handler|handle|callback|wrapper|wrapped|inner|decorator|decorated|middleware|error_handler|exception_handler|health|healthz|healthcheck|health_check|readiness|liveness|readyz|livez)|__exit__|__aexit__|__del__|__call__|_*(on|handle|worker|consume|listen|poll|background|cron|signal)_\w+|\w+_(worker|loop|task|job|consumer|listener|daemon|thread|handler|callback|middleware|hook|main|lifespan|poller|scheduler|health|healthcheck|command))$/;

/** Last part of a decorator: routes, error handlers, tasks, commands, events. Meets the decorator's source text. */
export const BOUNDARY_DECORATORS =
  /(^|\.)(exception_handler|errorhandler|app_errorhandler|error_handler|middleware|route|get|post|put|patch|delete|head|options|websocket|api_route|websocket_route|api_view|action|view_config|task|periodic_task|shared_task|actor|job|scheduled_job|cron|timer|command|group|callback|on_event|on|event|listen|listens_for|listener|receiver|subscriber|subscribe|consumer|handler|agent|tool|background|repeat_every|before_request|after_request|teardown_request|teardown_appcontext|page|startup|shutdown|function_name|flow|asset|op|register)$/;

/** Methods that a base class of the standard library or a framework calls; the pattern meets the list of bases. */
export const BOUNDARY_BASES: Readonly<Record<string, RegExp>> = {
  run: /Thread|Process|Task|Worker|Command|Job/,
  dispatch: /Middleware|View|Actor/,
  emit: /Handler/,
  handle: /Command|Handler|Middleware/,
  get: /View|Resource|Handler|Endpoint/,
  post: /View|Resource|Handler|Endpoint/,
  put: /View|Resource|Handler|Endpoint/,
  patch: /View|Resource|Handler|Endpoint/,
  delete: /View|Resource|Handler|Endpoint/,
  process_request: /Middleware|Server/,
};

/** Callees that run a function elsewhere. Meets the callee's source text. */
export const RUNNERS =
  /(^|\.)(create_task|ensure_future|Thread|Process|Timer|submit|map|imap|imap_unordered|run_in_executor|to_thread|add_done_callback|add_signal_handler|signal|register|add_job|add_task|start_soon|spawn|spawn_later|apply_async|run_coroutine_threadsafe|call_later|call_soon|call_soon_threadsafe|start_new_thread|add_event_handler|add_exception_handler|register_error_handler|add_middleware|add_listener|connect|subscribe|schedule|do)$/;

/** Conditions of loops that go on until somebody ends them. */
export const RUNNING =
  /running|stop|shut|alive|active|exit|done|quit|terminat|closed|closing|cancel|connected|enabled|is_set/i;

/** What a loop over incoming messages iterates over. */
export const CONSUMED = /consum|subscri|listen|stream|poll|queue|message|event|pubsub|iter\(/i;

/** Callees that end or remove something. Meets the last part of the callee. */
export const CLEAN_UPS =
  /^_*(close|aclose|closed?_\w+|unlink|unlink_\w+|remove|remove_\w+|rmtree|rmdir|removedirs|delete|kill|terminate|killpg|shutdown|shutdown_\w+|disconnect|disconnect_\w+|dispose|cleanup|clean_up|cleanup_\w+|clear|clear_\w+|cancel|cancel_\w+|stop|stop_\w+|quit|release|release_\w+|unlock|rollback|unsubscribe|unregister|deregister|detach|destroy|join|wait|wait_closed|flush|abort|reset|send_signal|umount|unmount|logout|logoff|expunge|invalidate|discard|__exit__|__aexit__|end|free|purge|truncate)$/;

/** Callees that wait for what a clean-up has begun; by themselves they wait for the work. Meets the last part of the callee. */
export const AWAITS_END = /^(wait_for|sleep|gather)$/;

/** Functions that end something, named after it. */
export const TEARDOWN =
  /^_*(close|aclose|shutdown|dispose|destroy|teardown|tear_down|cleanup|clean_up|stop|disconnect|terminate|kill|rollback|release|atexit|on_shutdown|on_exit|on_close|finalize|finalizer|reset|quit|logout)(_\w+)?$|_(cleanup|shutdown|teardown|close|stop)$|^(__exit__|__aexit__|__del__|tearDown|tearDownClass)$/;

/** Calls that turn data into other data: failing means that the data does not fit. Meets the last part of the callee. */
export const CONVERSIONS =
  /^(int|float|complex|bool|bytes|str|Decimal|Fraction|UUID|date|datetime|time|timedelta|strptime|strftime|fromisoformat|fromtimestamp|utcfromtimestamp|from_timestamp|isoformat|parse|parse_\w+|\w+_parse|parsedate_to_datetime|loads|decode|encode|b64decode|b64encode|urlsafe_b64decode|unhexlify|fromhex|from_bytes|unpack|literal_eval|ip_address|ip_network|ip_interface|urlparse|urlsplit|quote|unquote|idna|compile|Version|Enum|model_validate|model_validate_json|parse_obj|parse_raw|validate_python|validate_json|strip|lstrip|rstrip|split|rsplit|splitlines|partition|rpartition|lower|upper|title|match|search|fullmatch|sub|startswith|endswith|isdigit|round|abs|ord|chr|hex|repr|removeprefix|removesuffix|timezone|ZoneInfo|astimezone|total_seconds|safe_load|fromstring|asdict|dumps|hexdigest|normalize)$/;

/** Calls that read JSON or the like: a fallback for their errors hides broken data. Meets the last part of the callee. */
export const DECODERS = /^(loads|load|safe_load|json|unpackb|model_validate_json|parse_raw|fromstring)$/;

/** Calls that try whether something is there. Meets the last part of the callee. */
export const PROBES =
  /^(import_module|__import__|find_spec|version|distribution|metadata|get_distribution|exists|isfile|isdir|is_file|is_dir|stat|lstat|access|which|getcwd|getlogin|getuser|gethostname|getfqdn|gethostbyname|getpass|get_terminal_size|get_running_loop|get_event_loop|current_task|isatty|fileno|getsignature|signature|getsource|getsourcefile|getsourcelines|get_type_hints|getdoc|getfile|getmodule|currentframe|setlocale|getlocale|getpwuid|getgrgid|getpgid|chmod|chown|utime|setproctitle|set_start_method|nice|getrlimit|setrlimit|add_signal_handler|signal|reconfigure|set_event_loop_policy|get_ipython|enable|install|inspect|tzset|cpu_count|sched_getaffinity|ping|is_alive|is_connected)$/;

/** Functions that answer a question with yes or no. */
export const PREDICATES =
  /^_*(is|has|can|should|supports|exists|matches|contains|are|was|does|needs|check|test|ping|validate|verify)(_|$)|_(exists|available|reachable|alive|valid|healthy|online|ready)$/;

/** Functions whose name says that they answer without an error. */
export const TRYING =
  /^_*(try|safe|safely|maybe|attempt|silent|silently|ignore|swallow|best_effort)(_|$)|_(or_none|or_default|or_else|if_exists|if_possible|if_available|safe|safely|silently|best_effort|no_throw|quietly)$/;
