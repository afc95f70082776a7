// What the page says by itself; what it says about a draft comes from the engine.

export type Language = 'zh-Hans' | 'zh-Hant' | 'en'

const texts = {
  title: ['讲稿', '講稿', 'Jianggao'],
  editor: ['稿件', '稿件', 'Draft'],
  placeholder: ['在这里写，或者粘贴；也可以把 .txt、.md、.docx 拖进来', '在這裡寫，或者貼上；也可以把 .txt、.md、.docx 拖進來', 'Write or paste here, or drop a .txt, .md or .docx'],
  open: ['打开', '開啟', 'Open'],
  save: ['存为文本', '存為文字檔', 'Save text'],
  stale: ['稿子刚变了，没有改；请再点一次', '稿子剛變了，沒有改；請再點一次', 'The text has just changed, so nothing was done; please try again'],
  looking: ['正在看…', '正在看…', 'Looking…'],
  keptElsewhere: ['另一个窗口里也留了一份，这里的没有留；要留这里的，再选一次', '另一個視窗裡也留了一份，這裡的沒有留；要留這裡的，再選一次', 'Another window has kept its draft, so this one was not; tick again to keep this one'],
  oneFile: ['一次打开一个：打开了 {name}', '一次開啟一個：開啟了 {name}', 'One at a time: {name} was opened'],
  fillHere: ['填写“{name}”（{} 处）…', '填寫「{name}」（{} 處）…', 'Fill in ‘{name}’ ({} places)…'],
  writeBack: ['存回原文件', '存回原檔案', 'Save to the file'],
  written: ['存回了 {name}', '存回了 {name}', 'Saved to {name}'],
  changedElsewhere: ['这个文件在别处改过了，要用这里的盖掉吗？', '這個檔案在別處改過了，要用這裡的蓋掉嗎？', 'The file was changed elsewhere. Write over it?'],
  asUtf8: ['原来是 {encoding}，浏览器只会写 UTF-8，存成了 UTF-8', '原來是 {encoding}，瀏覽器只會寫 UTF-8，存成了 UTF-8', 'It was {encoding}; a browser writes UTF-8 alone, and so it was saved'],
  example: ['看个例子', '看個例子', 'Example'],
  fixAll: ['改正有把握的', '改正有把握的', 'Fix what is certain'],
  renumber: ['重新编号', '重新編號', 'Renumber'],
  format: ['整理格式', '整理格式', 'Tidy up'],
  next: ['下一个待填', '下一個待填', 'Next blank'],
  final: ['定稿检查', '定稿檢查', 'Final check'],
  toWord: ['存为 Word', '存為 Word', 'Save as Word'],
  toReading: ['大字稿', '大字稿', 'Large print'],
  annotated: ['带批注的 Word', '帶註解的 Word', 'Word with comments'],
  revised: ['带修订的 Word', '帶修訂的 Word', 'Word with changes'],
  problems: ['问题', '問題', 'Problems'],
  blanks: ['待填', '待填', 'Blanks'],
  outline: ['提纲', '提綱', 'Outline'],
  length: ['篇幅', '篇幅', 'Length'],
  phrases: ['提法', '提法', 'Phrases'],
  settings: ['设置', '設定', 'Settings'],
  tools: ['工具', '工具', 'Tools'],
  panes: ['旁边的栏', '旁邊的欄', 'Panes'],
  new: ['套模板…', '套範本…', 'New from…'],
  here: ['此处可做', '此處可做', 'Actions here'],
  nothingHere: ['这里没有可做的', '這裡沒有可做的', 'Nothing to do here'],
  rename: ['改名：“{name}”（{} 处）…', '改名：「{name}」（{} 處）…', 'Rename ‘{name}’ ({} places)…'],
  newName: ['“{name}”改成', '「{name}」改成', 'Instead of ‘{name}’'],
  done: ['改', '改', 'Change'],
  back: ['不改', '不改', 'Cancel'],
  moveUp: ['本节上移', '本節上移', 'Move section up'],
  moveDown: ['本节下移', '本節下移', 'Move section down'],
  promote: ['本节升一级', '本節升一級', 'Promote section'],
  demote: ['本节降一级', '本節降一級', 'Demote section'],
  cannot: ['这一节不能这样动', '這一節不能這樣動', 'This section cannot be moved so'],
  insert: ['写进稿子', '寫進稿子', 'Insert'],
  pace: ['每分钟念多少字', '每分鐘唸多少字', 'Characters spoken in a minute'],
  minutes: ['限定多少分钟', '限定多少分鐘', 'Minutes there are'],
  aloud: ['要念的稿子：也查长句、难念的数字', '要唸的稿子：也查長句、難唸的數字', 'To be read aloud: long sentences and digits are looked at, too'],
  rules: ['查什么', '查什麼', 'What is looked for'],
  usual: ['照常', '照常', 'As usual'],
  off: ['不查', '不查', 'Off'],
  asUsual: ['全部照常', '全部照常', 'All as usual'],
  keys: ['按键', '按鍵', 'Keys'],
  keysHow: [
    '| 按键 | 做什么 |\n|---|---|\n| Ctrl+. | 光标这里可做的：改正、填写、改名、移动一节 |\n| F8 | 下一个问题 |\n| Ctrl+空格 | 补全；自己出来的，按上下键选了，回车才写进去 |\n| Ctrl+F | 查找和替换 |\n| Ctrl+S | 存回原文件；没有的，存为文本 |\n| Ctrl+Z | 撤销 |\n| F6 | 在稿件和旁边的栏之间来回 |\n| Alt+1 到 Alt+6 | 换一栏；左右键也行 |\n| Tab | 走出稿件，到下一个按钮 |',
    '| 按鍵 | 做什麼 |\n|---|---|\n| Ctrl+. | 游標這裡可做的：改正、填寫、改名、移動一節 |\n| F8 | 下一個問題 |\n| Ctrl+空白鍵 | 補全；自己出來的，按上下鍵選了，Enter 才寫進去 |\n| Ctrl+F | 尋找和取代 |\n| Ctrl+S | 存回原檔案；沒有的，存為文字檔 |\n| Ctrl+Z | 復原 |\n| F6 | 在稿件和旁邊的欄之間來回 |\n| Alt+1 到 Alt+6 | 換一欄；左右鍵也行 |\n| Tab | 走出稿件，到下一個按鈕 |',
    '| Keys | What they do |\n|---|---|\n| Ctrl+. | What can be done here: correct, fill in, rename, move a section |\n| F8 | Next problem |\n| Ctrl+Space | Complete; of what comes by itself, Enter takes only what was chosen with the arrows |\n| Ctrl+F | Find and replace |\n| Ctrl+S | Save to the file, or as text where there is none |\n| Ctrl+Z | Undo |\n| F6 | To the pane beside the draft and back |\n| Alt+1 to Alt+6 | Another pane; the arrows, too |\n| Tab | Out of the draft, to the next button |',
  ],
  line: ['第 {} 行', '第 {} 行', 'line {}'],
  noProblems: ['没有问题', '沒有問題', 'No problems'],
  noBlanks: ['没有待填的', '沒有待填的', 'Nothing to fill in'],
  noOutline: ['还没有编号的部分', '還沒有編號的部分', 'No numbered sections yet'],
  fillIn: ['填入全文', '填入全文', 'Fill in'],
  fillWith: ['填什么', '填什麼', 'Fill with'],
  searchPhrases: ['按文字或拼音首字母查，如 四个意识、sgys', '按文字或拼音首字母查，如 四個意識、sgys', 'Characters or initials, e.g. sgys'],
  why: ['为什么', '為什麼', 'Why'],
  isSpeech: ['当作讲话稿查', '當作講話稿查', 'Check as a speech'],
  notSpeech: ['看起来不是讲话稿，只给提示', '看起來不是講話稿，只給提示', 'Does not look like a speech: hints only'],
  keep: ['在这个浏览器里留一份', '在這個瀏覽器裡留一份', 'Keep a copy in this browser'],
  clear: ['清除留下的', '清除留下的', 'Delete what is kept'],
  cleared: ['清除了，这个浏览器里没有留下什么', '清除了，這個瀏覽器裡沒有留下什麼', 'Deleted: nothing is kept in this browser'],
  shades: ['深浅', '深淺', 'Light or dark'],
  shade: ['深浅照系统', '深淺照系統', 'As the system'],
  shadelight: ['浅色', '淺色', 'Light'],
  shadedark: ['深色', '深色', 'Dark'],
  language: ['语言', '語言', 'Language'],
  privacy: ['写的东西不离开这个页面', '寫的東西不離開這個頁面', 'Nothing leaves this page'],
  privacyHow: [
    '这个页面没有向任何地方发送文字的办法：浏览器按页面的安全策略（Content-Security-Policy）拦住一切往外的连接。想自己看：按 F12 打开“网络”，写几个字，没有新的请求；断开网络，照样能用。只有打开“在这个浏览器里留一份”，稿子才会存下来，存在这台电脑的这个浏览器里；“设置”一栏里选的也只存在这里，里面没有稿子。',
    '這個頁面沒有向任何地方傳送文字的辦法：瀏覽器按頁面的安全性原則（Content-Security-Policy）攔住一切往外的連線。想自己看：按 F12 開啟「網路」，寫幾個字，沒有新的請求；斷開網路，照樣能用。只有開啟「在這個瀏覽器裡留一份」，稿子才會存下來，存在這台電腦的這個瀏覽器裡；「設定」一欄裡選的也只存在這裡，裡面沒有稿子。',
    'This page has no way to send text anywhere: its Content-Security-Policy makes the browser block every connection out of it. To see for yourself, press F12, open “Network” and write: there is no new request; cut the network, and it works all the same. Only if you switch on “Keep a copy in this browser” is the draft stored, in this browser on this computer. What you choose under “Settings” is stored there as well, and has nothing of the draft in it.',
  ],
  undecodable: ['认不出这个文件的编码，没有打开', '認不出這個檔案的編碼，沒有開啟', 'The encoding of this file is not known; it was not opened'],
  notText: ['这种文件不能直接打开，请先另存为 .docx 或 .txt', '這種檔案不能直接開啟，請先另存為 .docx 或 .txt', 'This kind of file cannot be opened; save it as .docx or .txt first'],
  tooLong: ['文件太大，没有打开', '檔案太大，沒有開啟', 'The file is too large; it was not opened'],
  edited: ['批注写在原来的 Word 里；这里的改动不在其中，用“带修订的 Word”', '註解寫在原來的 Word 裡；這裡的改動不在其中，用「帶修訂的 Word」', 'Comments are in the document as it was opened; for what was changed here take “Word with changes”'],
  leftOut: ['有 {} 处没有写进修订：新写的段、挪动的段', '有 {} 處沒有寫進修訂：新寫的段、挪動的段', '{} changes are not in it: new paragraphs, paragraphs that were moved'],
  laidOut: ['重新排版', '重新排版', 'laid out anew'],
  laidOutAnew: ['这是照文字重新排的，原来的表格、编号、批注不在其中；要留着，用“带修订的 Word”', '這是照文字重新排的，原來的表格、編號、註解不在其中；要留著，用「帶修訂的 Word」', 'Laid out anew from the text: tables, numbering and comments are not in it. To keep them, take “Word with changes”'],
  changed: ['改了 {} 处', '改了 {} 處', '{} changes made'],
  nothing: ['没有要改的', '沒有要改的', 'Nothing to change'],
  failed: ['这一步没有成：', '這一步沒有成：', 'This did not work: '],
  replace: ['现在的稿子还没有存，要换成打开的吗？', '現在的稿子還沒有存，要換成開啟的嗎？', 'Your text is not saved. Replace it?'],
  error: ['错误', '錯誤', 'Error'],
  warning: ['警告', '警告', 'Warning'],
  information: ['信息', '資訊', 'Information'],
  hint: ['提示', '提示', 'Hint'],
  closes: ['关闭', '關閉', 'Close'],
} as const

export type Text = keyof typeof texts

/** What the editor says by itself, in Simplified and Traditional. */
const spoken: Record<string, [string, string]> = {
  'Find': ['查找', '尋找'], 'Replace': ['换成', '換成'], 'next': ['下一个', '下一個'], 'previous': ['上一个', '上一個'], 'all': ['全选', '全選'],
  'match case': ['分大小写', '分大小寫'], 'regexp': ['正则式', '正規式'], 'by word': ['整词', '整詞'], 'replace': ['换', '換'],
  'replace all': ['全换', '全換'], 'close': ['关闭', '關閉'], 'current match': ['现在这一处', '現在這一處'], 'on line': ['在这一行', '在這一行'],
  'replaced $ matches': ['换了 $ 处', '換了 $ 處'], 'replaced match on line $': ['换了第 $ 行的一处', '換了第 $ 行的一處'],
  'Go to line': ['到第几行', '到第幾行'], 'go': ['去', '去'], 'Diagnostics': ['问题', '問題'], 'No diagnostics': ['没有问题', '沒有問題'],
  'Completions': ['补全', '補全'], 'Selection deleted': ['选中的删去了', '選取的刪去了'], 'Control character': ['控制字符', '控制字元'],
}

const languages: Language[] = ['zh-Hans', 'zh-Hant', 'en']
let chosen = 0

export function choose(language: string) {
  const known = languages.indexOf(language as Language)
  const guessed = /^zh.*(hant|tw|hk|mo)/i.test(language) ? 1 : /^zh/i.test(language) ? 0 : 2
  chosen = known >= 0 ? known : guessed
}

export const language = (): Language => languages[chosen]!

export const say = (text: Text, number?: number): string => texts[text][chosen]!.replace('{}', String(number ?? ''))

export const phrases = (): Record<string, string> =>
  chosen === 2 ? {} : Object.fromEntries(Object.entries(spoken).map(([key, texts]) => [key, texts[chosen]!]))
