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

/** What a file of the first folder holds on disk. */
export async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(workspaceUri(path)));
}

/** Deletes a file, which need not be there. */
export async function removeFile(uri: vscode.Uri): Promise<void> {
  const isThere = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (isThere) await vscode.workspace.fs.delete(uri);
}

/** A path of the first folder. */
export function workspaceUri(path: string): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder().uri, path);
}
