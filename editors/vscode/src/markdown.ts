import type { DocumentSymbol, TextDocument } from "vscode";

/**
 * The symbols that VS Code's own Markdown does not show: headings are left to it, and what stands
 * below a heading moves up.
 */
export function withoutHeadings(symbols: DocumentSymbol[], document: TextDocument): DocumentSymbol[] {
  return symbols.flatMap((symbol) => {
    symbol.children = withoutHeadings(symbol.children, document);
    return isHeading(symbol.selectionRange.start.line, document) ? symbol.children : [symbol];
  });
}

function isHeading(line: number, document: TextDocument): boolean {
  if (/^ {0,3}#{1,6}(\s|$)/.test(document.lineAt(line).text)) {
    return true;
  }
  // A line of text that is underlined.
  return line + 1 < document.lineCount && /^ {0,3}(=+|-{2,})\s*$/.test(document.lineAt(line + 1).text);
}
