/** The language server: `node server.js --stdio`. */
import { serveStdio } from './serve-stdio.ts';

serveStdio();
