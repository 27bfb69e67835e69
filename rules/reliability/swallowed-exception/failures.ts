/**
 * Whether a canonical name is an error that says that something outside the program failed: a server, a database, a mail
 * host, a child process. Errors that say "there is none" (`NoResultFound`, `NoSuchKey`) are not.
 */
export function isFailure(type: string | undefined): boolean {
  return type !== undefined && FAILURES.some(pattern => pattern.test(type)) && !ANSWERS.test(type);
}

const FAILURES: readonly RegExp[] = [
  /^requests\.(exceptions\.)?\w+$/,
  /^httpx\.\w+$/,
  /^aiohttp\.(client_exceptions\.)?Client\w+$/,
  /^urllib\.error\.\w+$/,
  /^urllib3\.exceptions\.\w+$/,
  /^http\.client\.\w+$/,
  /^smtplib\.SMTP\w+$/,
  /^ftplib\.(Error|error_\w+)$/,
  /^imaplib\.IMAP4\.error$/,
  /^sqlalchemy\.(exc|orm\.exc)\.(SQLAlchemyError|DBAPIError|OperationalError|InterfaceError|DatabaseError|InternalError|DataError|ProgrammingError|TimeoutError|DisconnectionError)$/,
  /^django\.db(\.utils)?\.(Error|DatabaseError|OperationalError|InterfaceError|InternalError|DataError|ProgrammingError)$/,
  /^(psycopg|psycopg2|pymysql|MySQLdb|asyncpg|sqlite3|aiomysql)(\.\w+)*\.(Error|DatabaseError|OperationalError|InterfaceError|InternalError|DataError|ProgrammingError|PostgresError|MySQLError)$/,
  /^pymongo\.errors\.(PyMongoError|ConnectionFailure|OperationFailure|ServerSelectionTimeoutError|AutoReconnect|NetworkTimeout)$/,
  /^redis\.(asyncio\.)?(exceptions\.)?(RedisError|ConnectionError|TimeoutError|ResponseError)$/,
  /^botocore\.exceptions\.(BotoCoreError|ClientError|\w*ConnectionError|\w*TimeoutError)$/,
  /^subprocess\.(SubprocessError|CalledProcessError)$/,
  /^grpc\.(aio\.)?(RpcError|AioRpcError)$/,
  /^(kombu|amqp|pika|aio_pika)\.exceptions\.\w*(Error|Closed\w*)$/,
  /^kafka\.errors\.Kafka\w*Error$/,
  /^stripe\.(error\.)?StripeError$/,
  /^openai\.(OpenAIError|APIError|APIConnectionError|RateLimitError)$/,
];

/** Errors of these libraries that answer a question, or say that an object is closed already. */
const ANSWERS =
  /(NotFound|NoResult|NoSuch\w+|DoesNotExist|InvalidURL|MissingSchema|InvalidSchema|JSONDecodeError|StreamConsumed|CloseError|BadZipFile)$/;
