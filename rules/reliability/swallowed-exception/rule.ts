import { defineRule } from '#rule-kit';
import { fixPythonSwallowing, messageForPython, swallowingInPython } from './python.ts';
import { fixTypeScriptSwallowing, messageForTypeScript, swallowingInTypeScript } from './typescript.ts';

export default defineRule({
  meta: {
    id: 'swallowed-exception',
    title: 'Swallowed error',
    aspect: 'reliability',
    priority: 'high',
    confidence: 'high',
    languages: ['Python', 'TypeScript', 'JavaScript'],
    fix: 'suggested',
    since: '0.1.0',
    requiredFor: 'standard',
  },

  on: {
    exceptionHandler(handler, { report, path }) {
      const { headRange } = handler;
      if (handler.language === 'typescript') {
        const swallowing = swallowingInTypeScript(handler);
        if (swallowing === undefined) return;
        report({ range: headRange, message: messageForTypeScript(handler, swallowing), fix: 'suggested' });
        return;
      }

      const swallowing = swallowingInPython(handler);
      if (swallowing === undefined) return;
      const isNarrow = handler.breadth === 'narrow';
      report({
        range: headRange,
        message: messageForPython(handler, swallowing),
        ...(isNarrow && { priority: 'medium' as const }),
        ...((isNarrow || handler.excuse === 'explained') && { confidence: 'medium' as const }),
        ...(handler.form === 'except' && !isLoggingItself(path) && { fix: 'suggested' as const }),
      });
    },
  },

  fix(finding, context) {
    const isPython = context.source(finding.path).language === 'python';
    return isPython ? fixPythonSwallowing(finding, context) : fixTypeScriptSwallowing(finding, context);
  },
});

/** A file that an import of `logging` would find: there, no logger can be had. */
function isLoggingItself(path: string): boolean {
  return /^(?:(?:src|lib)\/)?logging(?:\/__init__)?\.pyw?$/i.test(path);
}
