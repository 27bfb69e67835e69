#!/usr/bin/env node
// A stand-in for the desktop `code` program; it has to be a file that can be executed. See stand-in.ts.
import { register } from 'tsx/esm/api';

register();
await import('./stand-in.ts');
