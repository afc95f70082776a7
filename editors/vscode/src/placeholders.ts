import * as vscode from "vscode";
import type { Session } from "./session";

/** An open placeholder, as `jianggao.placeholders` of the server lists it. */
interface Open {
  category: string;
  text: string;
  section: string;
  context: string;
  range: { start: Place; end: Place };
}

interface Place {
  line: number;
  character: number;
}

/** The open placeholders of a draft, in order. */
export async function placeholders(session: Session, document: vscode.TextDocument): Promise<Open[]> {
  const answer = await session.run<{ open: Open[] }>("jianggao.placeholders", document, { quiet: true });
  return answer?.open ?? [];
}

function rangeOf({ range: { start, end } }: Open): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Has the server show the next placeholder; says so where there is none. */
export async function goToNext(session: Session, editor: vscode.TextEditor): Promise<void> {
  const { line, character } = editor.selection.start;
  if (!(await session.run("jianggao.nextPlaceholder", editor.document, { line, character }))) {
    tellNone();
  }
}

function tellNone(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t("No open placeholders."));
}

function select(editor: vscode.TextEditor, range: vscode.Range): void {
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Lists the placeholders; the one that is looked at is shown in the draft. */
export async function pick(session: Session, editor: vscode.TextEditor): Promise<void> {
  const open = await placeholders(session, editor.document);
  if (open.length === 0) {
    tellNone();
    return;
  }
  const before = editor.selection;
  const items = open.map((one) => ({
    label: one.text,
    description: `${one.category} · ${where(one)}`,
    detail: one.context,
    range: rangeOf(one),
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("{0} open placeholders", items.length),
    matchOnDescription: true,
    matchOnDetail: true,
    onDidSelectItem: (item) => select(editor, (item as (typeof items)[number]).range),
  });
  select(editor, chosen?.range ?? before);
}

function where(one: Open): string {
  const line = vscode.l10n.t("line {0}", one.range.start.line + 1);
  return one.section === "" ? line : `${line} · ${one.section}`;
}

/** The view of the open placeholders of the draft in front, by what they stand for. */
export class PlaceholderView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<Node>;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly session: Session,
    private readonly draft: () => vscode.TextDocument | undefined,
  ) {
    this.view = vscode.window.createTreeView("jianggao.placeholders", { treeDataProvider: this });
  }

  refresh(): void {
    this.changed.fire();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node !== undefined) {
      return "open" in node ? node.open : [];
    }
    const document = this.draft();
    const groups = new Map<string, Category>();
    for (const one of document === undefined ? [] : await placeholders(this.session, document)) {
      const group = groups.get(one.category) ?? { name: one.category, open: [] };
      group.open.push({ ...one, document: document! });
      groups.set(one.category, group);
    }
    return [...groups.values()];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if ("open" in node) {
      const category = new vscode.TreeItem(node.name, vscode.TreeItemCollapsibleState.Expanded);
      category.id = node.name;
      category.description = String(node.open.length);
      return category;
    }
    const item = new vscode.TreeItem(node.text);
    item.description = node.context.trim();
    item.tooltip = where(node);
    item.command = { command: "vscode.open", title: "", arguments: [node.document.uri, { selection: rangeOf(node) }] };
    return item;
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }
}

type Node = Category | (Open & { document: vscode.TextDocument });

interface Category {
  name: string;
  open: (Open & { document: vscode.TextDocument })[];
}
