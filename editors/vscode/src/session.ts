import * as vscode from "vscode";
import { LanguageClient, RevealOutputChannelOn, State, TransportKind } from "vscode-languageclient/node";
import type { DocumentSelector } from "vscode-languageclient/node";
import { locate } from "./locator";
import { withoutHeadings } from "./markdown";

/** The scheme of the pages about the rules. They come from the server, which has them in itself. */
export const PAGES = "jianggao-rule";

/** Documents that are drafts, not the output or the past of something. */
const SCHEMES = ["file", "untitled", "vscode-vfs"];

/** How long the client may ask for the findings of a document that has been closed, in milliseconds. */
const LAST_QUESTION = 1000;

/** The languages that the server is given. */
export function languages(): string[] {
  const enable = vscode.workspace.getConfiguration("jianggao.enable");
  return ["jianggao", ...["plaintext", "markdown"].filter((language) => enable.get(language, true))];
}

/** The connection to the server. There is one way to start it and one to stop it. */
export class Session implements vscode.Disposable {
  private client: LanguageClient | undefined;
  /** Shows the report of a command of the server; false where the command gives none. */
  report: ((command: string, uri: string) => boolean) | undefined;
  private readonly log = vscode.window.createOutputChannel("讲稿", "log");
  private readonly changed = new vscode.EventEmitter<void>();
  /** Starts and stops come one after the other. */
  private last: Promise<void> = Promise.resolve();

  /** The server runs now, or has stopped. */
  readonly onDidChange = this.changed.event;

  /**
   * A change of language closes a document and opens it again. While the client asks for the findings of the closed one for the last time, it
   * takes no notice of the open one, and would never ask for them.
   */
  private readonly opened = vscode.workspace.onDidOpenTextDocument((document) => {
    if (languages().includes(document.languageId)) {
      setTimeout(() => this.askAgain(document), LAST_QUESTION);
    }
  });

  constructor(private readonly extension: vscode.ExtensionContext) {}

  get running(): boolean {
    return this.client?.state === State.Running;
  }

  /** Runs a command of the server on a draft; nothing while there is no server, and where it fails. */
  async run<T>(command: string, document: vscode.TextDocument, more?: unknown): Promise<T | undefined> {
    const uri = this.client?.code2ProtocolConverter.asUri(document.uri);
    return this.request<T>("workspace/executeCommand", { command, arguments: more === undefined ? [uri] : [uri, more] });
  }

  /** Sends a request; nothing while there is no server, and where it fails. */
  async request<T>(method: string, parameters: unknown): Promise<T | undefined> {
    const client = this.client;
    if (client?.state !== State.Running) {
      return undefined;
    }
    try {
      return (await client.sendRequest<T | null>(method, parameters)) ?? undefined;
    } catch (error) {
      this.log.appendLine(String(error));
      return undefined;
    }
  }

  showLog(): void {
    this.log.show();
  }

  restart(): Promise<void> {
    this.last = this.last.then(async () => {
      await this.stop();
      await this.start();
    });
    return this.last;
  }

  dispose(): Promise<void> {
    this.opened.dispose();
    return this.last.then(() => this.stop()).finally(() => this.log.dispose());
  }

  private askAgain(document: vscode.TextDocument): void {
    if (this.running && !document.isClosed) {
      this.client?.getFeature("textDocument/diagnostic")?.getProvider(document)?.onDidChangeDiagnosticsEmitter.fire();
    }
  }

  private async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // A server that has died, or never began, cannot be stopped.
    await client?.dispose().catch((error: unknown) => this.log.appendLine(String(error)));
    this.changed.fire();
  }

  /** The program; where there is none, that is told. */
  program(): string | undefined {
    const located = locate({
      environment: process.env.JIANGGAO_SERVER,
      setting: vscode.workspace.getConfiguration("jianggao.server").get("path", ""),
      extension: this.extension.extensionPath,
      path: process.env.PATH,
      platform: process.platform,
    });
    if ("missing" in located) {
      void this.tellMissing(located.missing);
      return undefined;
    }
    this.log.appendLine(`${located.program} (${located.from})`);
    return located.program;
  }

  private async start(): Promise<void> {
    const program = this.program();
    if (program === undefined) {
      return;
    }
    const documentSelector: DocumentSelector = [
      ...languages().flatMap((language) => SCHEMES.map((scheme) => ({ language, scheme }))),
      // Whatever language it is taken for.
      { scheme: "file", pattern: "**/jianggao.toml" },
    ];
    const client = new LanguageClient(
      "jianggao",
      "讲稿",
      { command: program, args: ["lsp"], transport: TransportKind.stdio },
      {
        documentSelector,
        outputChannel: this.log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        initializationOptions: { rulesUrl: `${PAGES}:`, fillCommand: "jianggao.fill", hoversOverFindings: true },
        middleware: {
          // A report that somebody asks for by a lens or an action is shown as one.
          executeCommand: (command, args, next) => {
            const [uri, more] = args as [string, { quiet?: boolean } | undefined];
            return this.report !== undefined && more?.quiet !== true && this.report(command, uri) ? undefined : next(command, args);
          },
          provideDocumentSymbols: async (document, token, next) => {
            const symbols = await next(document, token);
            return document.languageId === "markdown" && isTree(symbols) ? withoutHeadings(symbols, document) : symbols;
          },
        },
      },
    );
    client.onDidChangeState(() => this.changed.fire());
    this.client = client;
    // The client itself tells of a failure.
    await client.start().catch((error: unknown) => this.log.appendLine(String(error)));
    this.changed.fire();
  }

  private async tellMissing(named: string | undefined): Promise<void> {
    const settings = vscode.l10n.t("Open Settings");
    const retry = vscode.l10n.t("Try Again");
    const text =
      named === undefined
        ? vscode.l10n.t("讲稿: the program “jianggao” was not found. Install it with “cargo install --locked --path .”, or set jianggao.server.path.")
        : vscode.l10n.t("讲稿: there is no program {0}. Correct JIANGGAO_SERVER or jianggao.server.path.", named);
    const chosen = await vscode.window.showErrorMessage(text, settings, retry);
    if (chosen === settings) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "jianggao.server.path");
    } else if (chosen === retry) {
      await this.restart();
    }
  }
}

function isTree(symbols: vscode.SymbolInformation[] | vscode.DocumentSymbol[] | null | undefined): symbols is vscode.DocumentSymbol[] {
  return symbols?.[0] !== undefined && "children" in symbols[0];
}
