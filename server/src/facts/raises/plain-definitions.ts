/** Decorators, by their canonical names without a call, that run the function and nothing else of their own. */
export const SAFE_DECORATORS =
  /^(builtins\.(staticmethod|classmethod|property)|functools\.(wraps|lru_cache|cache|cached_property|singledispatch)|contextlib\.(contextmanager|asynccontextmanager)|typing\.\w+|typing_extensions\.\w+|pydantic\.(field_validator|model_validator|validator|root_validator))$|\.(setter|get|post|put|patch|delete|head|route|websocket|on_event|exception_handler)$/;

/** Decorators that leave the constructor of a class as it is, or make one that raises nothing. */
export const SAFE_CLASS_DECORATORS: ReadonlySet<string> = new Set([
  'dataclasses.dataclass',
  'functools.total_ordering',
  'typing.final',
  'typing.runtime_checkable',
  'enum.unique',
]);

/** Methods with one of these decorators run when their class is called; it reports a `ValueError` as one of its own. */
export const VALIDATORS: ReadonlySet<string> = new Set(
  ['field_validator', 'model_validator', 'validator', 'root_validator'].map(name => `pydantic.${name}`),
);

/** Classes of libraries whose constructors raise nothing of their own. */
export const PLAIN_BASES: ReadonlySet<string> = new Set([
  'builtins.object',
  'abc.ABC',
  'typing.Generic',
  'typing.Protocol',
  'typing.NamedTuple',
  'typing.TypedDict',
  'threading.Thread',
]);

/** A class with one of these bases says what others do. */
export const PROTOCOLS: ReadonlySet<string> = new Set(['typing.Protocol', 'typing_extensions.Protocol']);

/** Methods that run when a class is called; the last one where an enumeration has no such member. */
export const CONSTRUCTORS = ['__new__', '__init__', '__post_init__', '_missing_'] as const;

/** Calling a class with one of these bases looks a member up: its `__init__` has run before. */
export const ENUMERATIONS: ReadonlySet<string> = new Set(
  ['Enum', 'IntEnum', 'StrEnum', 'Flag', 'IntFlag'].map(name => `enum.${name}`),
);

/** Longer chains of base classes are not followed. */
export const MAX_BASES = 8;
