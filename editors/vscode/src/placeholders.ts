import * as vscode from "vscode";

/** A placeholder that is still open. */
export interface Placeholder {
  range: vscode.Range;
  message: string;
}

/** The open placeholders of a draft, in order: what the server has reported. */
export function placeholders(uri: vscode.Uri): Placeholder[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((diagnostic) => diagnostic.source === "jianggao" && codeOf(diagnostic) === "placeholder")
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

function codeOf(diagnostic: vscode.Diagnostic): unknown {
  const code = diagnostic.code;
  return typeof code === "object" ? code.value : code;
}

/** Selects the first placeholder after the cursor, after the last one the first. */
export function selectNext(editor: vscode.TextEditor): boolean {
  const open = placeholders(editor.document.uri);
  const next = open.find(({ range }) => range.start.isAfter(editor.selection.start)) ?? open[0];
  if (next !== undefined) {
    select(editor, next.range);
  }
  return next !== undefined;
}

export function select(editor: vscode.TextEditor, range: vscode.Range): void {
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Lists the placeholders; the one that is looked at is shown in the draft. */
export async function pick(editor: vscode.TextEditor): Promise<void> {
  const before = editor.selection;
  const items = placeholders(editor.document.uri).map(({ range, message }) => ({
    label: message,
    description: vscode.l10n.t("line {0}", range.start.line + 1),
    detail: editor.document.lineAt(range.start.line).text.trim(),
    range,
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No open placeholders."));
    return;
  }
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("{0} open placeholders", items.length),
    matchOnDetail: true,
    onDidSelectItem: (item) => select(editor, (item as (typeof items)[number]).range),
  });
  if (chosen === undefined) {
    select(editor, before);
  } else {
    select(editor, chosen.range);
  }
}

/** The view of the placeholders of the draft in front. What the server says the same of is together. */
export class PlaceholderView implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly draft: () => vscode.TextDocument | undefined) {}

  refresh(): void {
    this.changed.fire();
  }

  getChildren(node?: Node): Node[] {
    if (node !== undefined) {
      return "places" in node ? node.places : [];
    }
    const document = this.draft();
    const groups = new Map<string, Group>();
    for (const { range, message } of document === undefined ? [] : placeholders(document.uri)) {
      const group = groups.get(message) ?? { message, places: [] };
      group.places.push({ document: document!, range });
      groups.set(message, group);
    }
    return [...groups.values()];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if ("places" in node) {
      const group = new vscode.TreeItem(node.message, vscode.TreeItemCollapsibleState.Collapsed);
      group.description = String(node.places.length);
      return group;
    }
    const { document, range } = node;
    const item = new vscode.TreeItem(document.lineAt(range.start.line).text.trim());
    item.description = vscode.l10n.t("line {0}", range.start.line + 1);
    item.command = { command: "vscode.open", title: "", arguments: [document.uri, { selection: range }] };
    return item;
  }
}

type Node = Group | Place;

interface Group {
  message: string;
  places: Place[];
}

interface Place {
  document: vscode.TextDocument;
  range: vscode.Range;
}
