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
    label: editor.document.getText(range),
    description: vscode.l10n.t("line {0}", range.start.line + 1),
    detail: message,
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

/** The view of the placeholders of the draft in front: equal ones together. */
export class PlaceholderView implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly draft: () => vscode.TextDocument | undefined) {}

  refresh(): void {
    this.changed.fire();
  }

  getChildren(node?: Node): Node[] {
    if (node !== undefined) {
      return node.places.length > 1 ? node.places.map((place) => ({ ...node, places: [place] })) : [];
    }
    const document = this.draft();
    if (document === undefined) {
      return [];
    }
    const groups = new Map<string, Node>();
    for (const place of placeholders(document.uri)) {
      const text = document.getText(place.range);
      const group = groups.get(text);
      if (group === undefined) {
        groups.set(text, { text, document, places: [place], top: true });
      } else {
        group.places.push(place);
      }
    }
    return [...groups.values()].map((group) => (group.places.length > 1 ? group : { ...group, top: false }));
  }

  getTreeItem({ text, document, places, top }: Node): vscode.TreeItem {
    const place = places[0];
    if (top && places.length > 1) {
      const group = new vscode.TreeItem(text, vscode.TreeItemCollapsibleState.Collapsed);
      group.description = String(places.length);
      return group;
    }
    const line = document.lineAt(place.range.start.line).text.trim();
    const item = new vscode.TreeItem(text);
    item.description = `${place.range.start.line + 1}  ${line}`;
    item.tooltip = place.message;
    item.command = { command: "vscode.open", title: "", arguments: [document.uri, { selection: place.range }] };
    return item;
  }
}

interface Node {
  text: string;
  document: vscode.TextDocument;
  places: Placeholder[];
  top: boolean;
}
