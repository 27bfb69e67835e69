import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateExtension, closeEverything, findingOf, until } from './support.ts';
import { newFile, readText } from './workspace-files.ts';

const RATE = [
  'import requests',
  '',
  '',
  'def rate(url: str) -> str:',
  '    try:',
  '        return requests.get(url).text',
  '    except:',
  '        print("The rates are not there.")',
  '        return "?"',
  '',
].join('\n');

describe('Saving a file', () => {
  before(activateExtension);
  afterEach(closeEverything);

  it('applies the safe fixes when the user asked for that, on the text as it was typed last', async () => {
    await onSave({ 'source.fixAll.readiness': 'explicit' }, async () => {
      let attempts = 0;
      // A fix that is not ready within its time is left out, so on a busy machine another save may be needed; of another
      // file, since the editor does not save what was written beside it.
      const text = await until('the fix', async () => {
        attempts += 1;
        const onDisk = await saved(`saved_rate_${attempts}.py`);
        return !onDisk.includes('except:') && onDisk;
      });

      assert.match(text, /^# Rates\n/);
      assert.equal(text.replace(/except [\w.]+:/, 'except:'), `# Rates\n${RATE}`);
    });
  });

  it('leaves the file as it is without that', async () => {
    await onSave({}, async () => {
      assert.equal(await saved('kept_rate.py'), `# Rates\n${RATE}`);
    });
  });
});

/** Types into a file with findings, and saves it before they can be known again; returns what is on disk. */
async function saved(name: string): Promise<string> {
  const editor = await newFile(name, RATE);
  await findingOf('bare-except', editor.document.uri);
  await editor.edit(edit => {
    edit.insert(new vscode.Position(0, 0), '# Rates\n');
  });

  await vscode.commands.executeCommand('workbench.action.files.save');

  assert.ok(!editor.document.isDirty);
  return readText(name);
}

async function onSave(actions: object, run: () => Promise<void>): Promise<void> {
  const settings = vscode.workspace.getConfiguration('editor');
  await settings.update('codeActionsOnSave', actions, vscode.ConfigurationTarget.Global);
  try {
    await run();
  } finally {
    await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Global);
  }
}
