import { opensSomething } from './url-credentials.ts';

/** Settings with `=`, parted by semicolons or blanks, as ODBC, ADO and libpq write them. */
const SETTING = /(?:^|[;\s])([A-Za-z]+(?: [A-Za-z]+)?)\s*=\s*('[^']*'|\{[^}]*\}|[^;\s]*)/g;
const PASSWORD = /^(?:password|pwd|passwd)$/i;
const USER = /^(?:user|uid|user ?id|user ?name)$/i;
const HOST = /^(?:host|hostaddr|server|data source|addr|address|network address)$/i;

/** Whether a text is a connection string with a password in it that opens something: `host=… user=… password=…`. */
export function hasConnectionPassword(text: string): boolean {
  if (!/(?:password|pwd|passwd)\s*=/i.test(text)) return false;
  const settings = [...text.matchAll(SETTING)].map(([, name = '', value = '']) => ({ name, value: unquoted(value) }));
  const valueOf = (names: RegExp): string => settings.find(({ name }) => names.test(name))?.value ?? '';
  // A sentence, a query of an address and a command line may have a `password=` too.
  if (valueOf(USER) === '' || valueOf(HOST) === '') return false;
  // `tcp:shop.database.windows.net,1433`
  const host = valueOf(HOST)
    .replace(/^tcp:/i, '')
    .replace(/[,:\\].*$/, '');
  return opensSomething({ user: valueOf(USER), password: valueOf(PASSWORD), host });
}

function unquoted(value: string): string {
  return value.replace(/^'(.*)'$/, '$1');
}
