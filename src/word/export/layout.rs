//! Sizes, fonts and margins: GB/T 9704-2012, and large print for reading aloud.

use super::Role;

/// Fonts, by what they are for.
#[derive(Clone, Copy)]
pub(super) struct Fonts {
    title: &'static str,
    body: &'static str,
    headings: [&'static str; 2],
    page: &'static str,
    language: &'static str,
}

impl Fonts {
    pub const SIMPLIFIED: Self = Self {
        title: "方正小标宋简体",
        body: "仿宋_GB2312",
        headings: ["黑体", "楷体_GB2312"],
        page: "宋体",
        language: "zh-CN",
    };
    pub const TRADITIONAL: Self =
        Self {
            title: "標楷體", body: "標楷體", headings: ["微軟正黑體", "標楷體"], page: "標楷體", language: "zh-TW"
        };
}

pub(super) struct Layout {
    pub fonts: Fonts,
    pub is_large: bool,
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The style of a paragraph.
pub(super) fn style(role: Role) -> &'static str {
    match role {
        Role::Title => "Title",
        Role::Subtitle => "Subtitle",
        Role::Salutation => "Salutation",
        Role::Heading(1) => "Heading1",
        Role::Heading(2) => "Heading2",
        Role::Heading(3) => "Heading3",
        Role::Heading(_) => "Heading4",
        Role::Body => "BodyText",
        Role::Signature => "Signature",
        Role::Date => "Date",
        Role::Annex => "Annex",
    }
}

/// The style of a heading that its paragraph goes on behind.
pub(super) fn run_style(level: u8) -> &'static str {
    ["Heading1Char", "Heading2Char", "Heading3Char", "Heading4Char"][usize::from(level.clamp(1, 4)) - 1]
}

/// What the style of a paragraph is called in templates, best first, in small letters.
pub(super) fn names(role: Role) -> &'static [&'static str] {
    match role {
        Role::Title => &["公文标题", "公文標題", "title", "标题"],
        Role::Subtitle => &["公文副标题", "公文副標題", "subtitle", "副标题"],
        Role::Salutation => &["称谓", "主送机关", "salutation", "称呼"],
        Role::Heading(1) => &["一级标题", "heading 1", "标题 1"],
        Role::Heading(2) => &["二级标题", "heading 2", "标题 2"],
        Role::Heading(3) => &["三级标题", "heading 3", "标题 3"],
        Role::Heading(_) => &["四级标题", "heading 4", "标题 4"],
        Role::Body => &["公文正文", "正文文本", "body text", "正文首行缩进", "body text first indent"],
        Role::Signature => &["署名", "落款", "signature", "签名"],
        Role::Date => &["成文日期", "date", "日期"],
        Role::Annex => &["附件"],
    }
}

/// How far from the right the lines end of who signs and of the date, in hundredths of a character: the date four
/// characters, the signature with its middle over that of the date, neither nearer than two.
pub(super) fn ends(signature: &str, date: &str) -> (i32, i32) {
    // Word puts a quarter of a character between a letter or digit and a Chinese character.
    let width = |text: &str| {
        let chars: Vec<bool> = text.chars().map(|c| c.is_ascii()).collect();
        let gaps = chars.windows(2).filter(|pair| pair[0] != pair[1]).count() as i32;
        chars.iter().map(|is_narrow| if *is_narrow { 50 } else { 100 }).sum::<i32>() + gaps * 25
    };
    let signed = 400 + (width(date) - width(signature)) / 2;
    let nearer = (200 - signed).max(0);
    (signed + nearer, 400 + nearer)
}

/// Half points.
struct Sizes {
    title: u32,
    body: u32,
    /// Twentieths of a point from line to line.
    leading: u32,
    title_leading: u32,
}

impl Layout {
    fn sizes(&self) -> Sizes {
        match self.is_large {
            false => Sizes { title: 44, body: 32, leading: 560, title_leading: 700 },
            true => Sizes { title: 52, body: 44, leading: 900, title_leading: 1000 },
        }
    }

    /// The indentation of a line that ends so many hundredths of a character from the right.
    pub fn right(&self, hundredths: i32) -> String {
        let twips = hundredths * self.sizes().body as i32 / 10;
        format!("<w:ind w:rightChars=\"{hundredths}\" w:right=\"{twips}\"/>")
    }

    /// The parts of a document with this body.
    pub fn parts(&self, body: &str) -> Vec<(&'static str, String)> {
        let kinds = [
            ("document", "document.main"),
            ("styles", "styles"),
            ("settings", "settings"),
            ("fontTable", "fontTable"),
            ("footer1", "footer"),
            ("footer2", "footer"),
        ];
        let main = "application/vnd.openxmlformats-officedocument.wordprocessingml";
        let overrides: String = kinds
            .iter()
            .map(|(part, kind)| format!("<Override PartName=\"/word/{part}.xml\" ContentType=\"{main}.{kind}+xml\"/>"))
            .collect();
        let types = format!(
            "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>{overrides}</Types>"
        );
        let relationship = |id: &str, kind: &str, target: &str| {
            format!(
                "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
            )
        };
        let relationships =
            |list: &str| format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{list}</Relationships>");
        let of_main = [
            relationship("rId1", "styles", "styles.xml"),
            relationship("rId2", "settings", "settings.xml"),
            relationship("rId3", "footer", "footer1.xml"),
            relationship("rId4", "footer", "footer2.xml"),
            relationship("rId5", "fontTable", "fontTable.xml"),
        ];
        vec![
            ("[Content_Types].xml", types),
            ("_rels/.rels", relationships(&relationship("rId1", "officeDocument", "word/document.xml"))),
            ("word/document.xml", self.document(body)),
            ("word/_rels/document.xml.rels", relationships(&of_main.concat())),
            ("word/styles.xml", self.styles()),
            ("word/settings.xml", self.settings()),
            ("word/fontTable.xml", self.font_table()),
            ("word/footer1.xml", self.footer("right")),
            ("word/footer2.xml", self.footer("left")),
        ]
    }

    fn document(&self, body: &str) -> String {
        let twips = |millimetres: u32| millimetres * 14_400 / 254;
        let [top, right, bottom, left] = [37, 26, 35, 28].map(twips);
        let Sizes { leading, .. } = self.sizes();
        let pitch = if self.is_large { leading } else { 579 };
        let grid = format!("<w:docGrid w:type=\"lines\" w:linePitch=\"{pitch}\"/>");
        format!(
            "{HEAD}<w:document {SPACES}><w:body>{body}<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:footerReference w:type=\"even\" r:id=\"rId4\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"851\" w:footer=\"1400\" w:gutter=\"0\"/>{grid}</w:sectPr></w:body></w:document>"
        )
    }

    fn form(&self, font: &str, size: u32, is_bold: bool) -> String {
        let bold = if is_bold { "<w:b/><w:bCs/>" } else { "" };
        format!(
            "<w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:eastAsia=\"{font}\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>{bold}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>"
        )
    }

    fn styles(&self) -> String {
        let Sizes { title, body, leading, title_leading } = self.sizes();
        let Fonts { title: title_font, body: font, headings: [first, second], language, .. } = self.fonts;
        let indent = format!("<w:ind w:firstLineChars=\"200\" w:firstLine=\"{}\"/>", body * 20);
        let wide = format!("<w:spacing w:line=\"{title_leading}\" w:lineRule=\"exact\"/>");
        let paragraph = |id: &str, name: &str, properties: &str, form: &str| {
            let next = if id == "BodyText" { "" } else { "<w:next w:val=\"BodyText\"/>" };
            format!(
                "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>{next}<w:qFormat/><w:pPr>{properties}</w:pPr>{form}</w:style>"
            )
        };
        let heading = |level: u32, form: &str| {
            let properties = format!("<w:keepNext/>{indent}<w:outlineLvl w:val=\"{}\"/>", level - 1);
            let id = format!("Heading{level}");
            paragraph(&id, &format!("heading {level}"), &properties, form)
                + &format!(
                    "<w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"{id}Char\"><w:name w:val=\"heading {level} Char\"/>{form}</w:style>"
                )
        };
        let right = |characters: i32| self.right(characters * 100) + "<w:jc w:val=\"right\"/>";
        let plain = self.form(font, body, false);
        let annex = "<w:pageBreakBefore/><w:outlineLvl w:val=\"0\"/>";
        let all = [
            paragraph(
                "Title",
                "Title",
                &format!("{wide}<w:jc w:val=\"center\"/>"),
                &self.form(title_font, title, false),
            ),
            paragraph("Subtitle", "Subtitle", "<w:jc w:val=\"center\"/>", &self.form(second, body, false)),
            paragraph("Salutation", "Salutation", "", &plain),
            paragraph("BodyText", "Body Text", &indent, &plain),
            heading(1, &self.form(first, body, false)),
            heading(2, &self.form(second, body, false)),
            heading(3, &self.form(font, body, true)),
            heading(4, &plain),
            paragraph("Signature", "Signature", &right(2), &plain),
            paragraph("Date", "Date", &right(4), &plain),
            paragraph("Annex", "附件", annex, &self.form(first, body, false)),
        ];
        // 28 characters on 156 mm are a little closer than 16 points.
        let closer = if self.is_large { "" } else { "<w:spacing w:val=\"-5\"/>" };
        format!(
            "{HEAD}<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:eastAsia=\"{font}\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>{closer}<w:kern w:val=\"2\"/><w:sz w:val=\"{body}\"/><w:szCs w:val=\"{body}\"/><w:lang w:val=\"en-US\" w:eastAsia=\"{language}\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/><w:pPr><w:widowControl w:val=\"0\"/><w:spacing w:line=\"{leading}\" w:lineRule=\"exact\"/><w:jc w:val=\"both\"/></w:pPr></w:style>{}</w:styles>",
            all.concat()
        )
    }

    fn settings(&self) -> String {
        format!(
            "{HEAD}<w:settings {SPACES}><w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
        )
    }

    /// What stands in for a font that is not there.
    fn font_table(&self) -> String {
        let font = |name: &str, other: &str| {
            format!("<w:font w:name=\"{name}\"><w:altName w:val=\"{other}\"/><w:charset w:val=\"86\"/></w:font>")
        };
        let fonts = match self.fonts.language {
            "zh-CN" => {
                [font("方正小标宋简体", "华文中宋"), font("仿宋_GB2312", "仿宋"), font("楷体_GB2312", "楷体")].concat()
            }
            _ => String::new(),
        };
        format!("{HEAD}<w:fonts {SPACES}>{fonts}</w:fonts>")
    }

    /// The number of the page: on the outer side, between two dashes.
    fn footer(&self, side: &str) -> String {
        let form = self.form(self.fonts.page, 28, false);
        let dash = |text: &str| format!("<w:r>{form}<w:t xml:space=\"preserve\">{text}</w:t></w:r>");
        format!(
            "{HEAD}<w:ftr {SPACES}><w:p><w:pPr><w:spacing w:line=\"240\" w:lineRule=\"auto\"/><w:ind w:leftChars=\"100\" w:left=\"320\" w:rightChars=\"100\" w:right=\"320\"/><w:jc w:val=\"{side}\"/></w:pPr>{}<w:fldSimple w:instr=\" PAGE \"><w:r>{form}<w:t>1</w:t></w:r></w:fldSimple>{}</w:p></w:ftr>",
            dash("— "),
            dash(" —")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::ends;

    #[test]
    fn the_date_and_who_signs_stand_one_over_the_other() {
        assert_eq!(ends("东湖县人民政府", "2026年3月12日"), (437, 400));
        assert_eq!(ends("王某", "2026年3月12日"), (687, 400));
        assert_eq!(ends("中国共产党东湖县委员会组织部", "2026年3月12日"), (200, 512));
    }
}
