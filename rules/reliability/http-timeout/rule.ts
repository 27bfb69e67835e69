import { defineRule, type FactMap } from '#rule-kit';
import { fixPythonTimeout } from './python.ts';
import { fixTypeScriptTimeout } from './typescript.ts';

/** A library that gives up after this many seconds holds a caller up, but does not exhaust a service by itself. */
const SHORT_WAIT = 30;

export default defineRule({
  meta: {
    id: 'http-timeout',
    title: 'Outbound call without a timeout',
    aspect: 'reliability',
    priority: 'high',
    confidence: 'high',
    languages: ['Python', 'TypeScript', 'JavaScript'],
    fix: 'suggested',
    since: '0.1.0',
    requiredFor: 'standard',
  },

  on: {
    httpCall(call, { report }) {
      if (call.timeout !== 'absent' && call.timeout !== 'disabled') return;

      const isBounded = call.timeout === 'absent' && (call.defaultSeconds ?? Infinity) <= SHORT_WAIT;
      const isWritable = call.option !== undefined || call.takes !== undefined;
      report({
        range: call.calleeRange,
        message: messageFor(call),
        related: call.uses,
        data: { language: call.language },
        ...(isBounded ? { priority: 'medium' } : {}),
        ...(call.openAddress === true ? { confidence: 'medium' } : {}),
        ...(isWritable ? { fix: 'suggested' } : {}),
      });
    },
  },

  fix(finding, context) {
    return isTypeScript(finding.data) ? fixTypeScriptTimeout(finding, context) : fixPythonTimeout(finding, context);
  },
});

function isTypeScript(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'language' in data && data.language === 'typescript';
}

function messageFor({ callee, form, timeout, timeoutArgument, libraryDefault, takes }: FactMap['httpCall']): string {
  const argument = takes === 'botocoreConfig' ? 'config` with `connect_timeout` and `read_timeout' : timeoutArgument;
  if (timeout === 'disabled') {
    return `The timeout of \`${callee}\` is switched off, so a server that never answers holds its caller forever. Give \`${argument}\` a value.`;
  }
  if (libraryDefault !== undefined) {
    return `\`${callee}\` leaves the timeout to the library, which gives up after ${libraryDefault}. Pass \`${argument}\` with the time that this service can wait.`;
  }
  return form === 'client'
    ? `\`${callee}\` is made without a timeout, so a server that never answers holds every caller forever. Pass \`${argument}\`.`
    : `\`${callee}\` has no timeout, so a server that never answers holds its caller forever. Pass \`${argument}\`.`;
}
