import * as vscode from 'vscode';
import { workspaceFolder } from './support.ts';

/** Writes a file into a folder of the window, and opens it. */
export async function newFile(path: string, content: string, folder = workspaceFolder()): Promise<vscode.TextEditor> {
  const uri = vscode.Uri.joinPath(folder.uri, path);
  await writeFile(uri, content);
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}

/** Writes a file as another program would: no editor knows of it. */
export async function writeFile(uri: vscode.Uri, content: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
}
