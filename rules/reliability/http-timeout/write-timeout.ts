import {
  appendArgument,
  ensureImport,
  setArgument,
  type EnsuredImport,
  type FactMap,
  type PythonSource,
  type TextEdit,
} from '#rule-kit';

/** A number of seconds, or the name of a constant that holds it. */
export interface Seconds {
  readonly text: string;
  readonly name?: string;
}

/** Edits that give a call its timeout in the form that its library takes; undefined where that is not clear. */
export function writeTimeout(
  source: PythonSource,
  call: FactMap['httpCall'],
  seconds: Seconds,
): readonly TextEdit[] | undefined {
  const { takes } = call;
  if (takes === undefined) return undefined;
  switch (takes) {
    case 'seconds':
      return write(source, call, seconds.text);
    case 'wholeSeconds':
      return write(source, call, seconds.name ?? String(Math.max(1, Math.round(Number(seconds.text)))));
    case 'milliseconds':
      return write(
        source,
        call,
        seconds.name === undefined ? String(Math.round(Number(seconds.text) * 1000)) : `${seconds.name} * 1000`,
      );
    case 'clientTimeout':
      return writeClientTimeout(source, call, seconds);
    case 'botocoreConfig':
      return writeConfig(source, call, seconds);
  }
}

/** Replaces what switches the timeout off, else adds the argument. */
function write(source: PythonSource, call: FactMap['httpCall'], value: string): readonly TextEdit[] | undefined {
  if (call.argumentRange) return [{ range: call.argumentRange, newText: value }];
  return appendArgument(source, call.range, call.timeoutArgument, value);
}

function writeClientTimeout(
  source: PythonSource,
  call: FactMap['httpCall'],
  seconds: Seconds,
): readonly TextEdit[] | undefined {
  const timeoutClass = nameOfClientTimeout(source, call);
  const edits = timeoutClass && write(source, call, `${timeoutClass.localName}(total=${seconds.text})`);
  return edits && [...timeoutClass.edits, ...edits];
}

/** As the argument writes the class that is to be replaced; else it stands beside the one that is called, or is imported. */
function nameOfClientTimeout(source: PythonSource, call: FactMap['httpCall']): EnsuredImport | undefined {
  const replaced = call.argumentRange && source.text.slice(call.argumentRange.start, call.argumentRange.end);
  const written = /^((?:\w+\.)*ClientTimeout)\(/.exec(replaced ?? '')?.[1];
  if (written !== undefined) return { localName: written, edits: [] };
  const callee = source.text.slice(call.calleeRange.start, call.calleeRange.end);
  const module = /^([\w.]+)\.(ClientSession|request)$/.exec(callee)?.[1];
  const isBeside = module !== undefined && call.callee !== 'aiohttp.ClientSession.request';
  if (isBeside) return { localName: `${module}.ClientTimeout`, edits: [] };
  return ensureImport(source, { module: 'aiohttp', name: 'ClientTimeout' }, call.range.start);
}

function writeConfig(
  source: PythonSource,
  call: FactMap['httpCall'],
  { text }: Seconds,
): readonly TextEdit[] | undefined {
  // One edit for both arguments: two at one place would need a comma that depends on the other.
  if (call.configRange)
    return appendArgument(source, call.configRange, 'connect_timeout', `${text}, read_timeout=${text}`);
  const config = importConfig(source, call.range.start);
  const value = config && `${config.localName}(connect_timeout=${text}, read_timeout=${text})`;
  const edits = value === undefined ? undefined : setArgument(source, call.range, 'config', value);
  return config && edits && [...config.edits, ...edits];
}

/** `Config` may be another class in the file: then the module is imported. */
function importConfig(source: PythonSource, offset: number): EnsuredImport | undefined {
  const config = ensureImport(source, { module: 'botocore.config', name: 'Config' }, offset);
  if (config) return config;
  const module = ensureImport(source, { module: 'botocore.config' }, offset);
  return module && { ...module, localName: `${module.localName}.Config` };
}
