// Word documents made by docx.js: node more.mjs FOLDER_OF_NODE_MODULES TO
import { createRequire } from 'node:module';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [modules, to] = process.argv.slice(2);
const docx = createRequire(join(modules, 'x.js'))('docx');
const { Document, Packer, Paragraph, TextRun, Table, TableRow, TableCell, FootnoteReferenceRun, InsertedTextRun, DeletedTextRun, Header, HeadingLevel, LevelFormat } = docx;

const level = (n, format, text) => ({ level: n, format, text, alignment: 'left', suffix: 'nothing' });
const numbering = {
  config: [{
    reference: '公文',
    levels: [level(0, LevelFormat.CHINESE_COUNTING_THOUSAND, '%1、'), level(1, LevelFormat.CHINESE_COUNTING_THOUSAND, '（%2）'), level(2, LevelFormat.DECIMAL, '%3.')],
  }],
};
const by = { id: 1, author: '张三', date: '2026-01-01T00:00:00Z' };
const p = (...children) => new Paragraph({ children: children.map((child) => (typeof child === 'string' ? new TextRun(child) : child)) });
const n = (level, text) => new Paragraph({ text, numbering: { reference: '公文', level } });
const head = [p('在全县重点项目推进会上的讲话'), p('同志们：'), p('刚才，XX同志通报了情况。下面，我讲四点意见。')];
const faults = [p('各级各部门要分表必争，增速居全市第X位。'), p('一要抓谋划，提前谋划。一要抓招商，主攻产业。三要抓服务，当好小二。')];

const made = {
  'js-编号': { children: [...head, n(0, '提高认识'), n(1, '认清形势'), n(1, '统一思想'), n(2, '学'), n(0, '突出重点'), ...faults] },
  'js-分段': { children: [...head, p('请', new TextRun({ text: 'XX', bold: true }), new TextRun({ text: '区', italics: true }), '带头抓好落实落实。'), ...faults] },
  'js-表格': { children: [...head, new Table({ rows: [new TableRow({ children: [new TableCell({ children: [p('增速')] }), new TableCell({ children: [p('XX%')] })] })] }), ...faults] },
  'js-脚注': { children: [...head, p('数据如下', new FootnoteReferenceRun(1), '。'), ...faults], footnotes: { 1: { children: [p('数据由XX局提供。')] } } },
  'js-修订': { children: [...head, p('投资', new DeletedTextRun({ text: 'XX', ...by }), new InsertedTextRun({ text: '120', ...by, id: 2 }), '亿元，请XX区带头。'), ...faults] },
  'js-页眉': { children: [...head, ...faults], headers: { default: new Header({ children: [p('XX县委办公室')] }) } },
  'js-标题': { children: [...head, new Paragraph({ text: '总体要求', heading: HeadingLevel.HEADING_1 }), ...faults] },
  'js-换行': { children: [...head, p('第一行', new TextRun({ text: '请XX区带头', break: 1 })), ...faults] },
};

mkdirSync(to, { recursive: true });
for (const [name, { children, headers, footnotes }] of Object.entries(made)) {
  const document = new Document({ numbering, footnotes, sections: [{ headers, children }] });
  writeFileSync(join(to, `${name}.docx`), await Packer.toBuffer(document));
}
