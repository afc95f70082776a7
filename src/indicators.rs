//! The figures of the house: indicators by name and period, out of a table that the settings name.

mod reading;

use crate::lexicon::FACTOR;
use crate::text::fold::fold;
use crate::text::tables;

/// A table of indicators.
pub struct Indicators {
    /// The file, as it is shown.
    pub name: String,
    /// The same from the root on.
    pub path: String,
    /// Its lines are those of a text, which an editor can open.
    pub is_text: bool,
    rows: Vec<Row>,
}

/// What the house says of one indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// In Simplified characters.
    pub name: String,
    /// As the table has it, and as it is compared.
    pub period: String,
    key: String,
    /// As the table has it, and in the unit by itself: 1.2 万元 are 12000.
    pub written: String,
    pub value: f64,
    /// As the table has it, and behind its factor: 元 of 亿元.
    pub unit: String,
    pub bare_unit: String,
    /// In the table, from 1.
    pub line: u32,
    /// Nobody knows what the number means.
    is_vague: bool,
}

/// Why a table is not read, in Chinese and in English.
pub type Fault = [String; 2];

impl Indicators {
    /// Reads the cells of a worksheet, each row with its number.
    pub fn sheet(name: &str, rows: &[(u32, Vec<String>)]) -> Result<Self, Fault> {
        let mut rows = reading::rows(rows)?;
        // 6.9% may be held as 0.069 there, where nothing tells that the cell shows a percentage.
        rows.iter_mut().for_each(|row| row.is_vague &= row.bare_unit == "%" && row.value.abs() < 1.0);
        Ok(Self { name: name.to_owned(), path: String::new(), is_text: false, rows })
    }

    /// The table in a text whose cells are parted by commas, semicolons or tabs.
    pub fn csv(name: &str, text: &str) -> Result<Self, Fault> {
        let mut rows = reading::rows(&reading::cells(text.trim_start_matches('\u{feff}')))?;
        rows.iter_mut().for_each(|row| row.is_vague = false);
        Ok(Self { name: name.to_owned(), path: String::new(), is_text: true, rows })
    }

    pub fn row(&self, n: usize) -> Option<&Row> {
        self.rows.get(n)
    }

    pub fn rows(&self) -> impl Iterator<Item = (usize, &Row)> + Clone {
        self.rows.iter().enumerate()
    }

    /// Whether it is told of the country, the province: not of the house.
    pub fn is_elsewhere(place: &str) -> bool {
        words("elsewhere").any(|(word, _)| word == place)
    }

    /// The longest name of an indicator at byte `at` of a line.
    pub fn name_at(&self, line: &str, at: usize) -> Option<&str> {
        let rest = line.get(at..)?;
        let found = self.rows.iter().map(|row| row.name.as_str()).filter(|name| rest.starts_with(name));
        found.max_by_key(|name| name.len())
    }
}

impl Row {
    pub fn is_of(&self, period: &str) -> bool {
        !self.is_vague && !self.key.is_empty() && self.key == period
    }

    /// Where the unit ends that `text` begins with, if it is that of the row.
    pub fn unit_ends(&self, text: &str) -> Option<usize> {
        let rest = text.strip_prefix(self.bare_unit.as_str())?;
        let goes_on = words("beyond").any(|(word, _)| rest.starts_with(word));
        (!goes_on && !self.bare_unit.is_empty()).then_some(self.bare_unit.len())
    }

    /// The value with its unit, as it stands in drafts.
    pub fn amount(&self) -> String {
        format!("{}{}", self.written, self.unit)
    }
}

/// Two tables are the same when their rows are.
impl std::fmt::Debug for Indicators {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Indicators").field(&self.path).field(&self.rows).finish()
    }
}

/// The words of one kind, each with what it stands for.
fn words(kind: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = tables::rows(include_str!("indicators.tsv")).filter(move |cells| cells.clone().next() == Some(kind));
    rows.filter_map(|mut cells| Some((cells.nth(1)?, cells.next()?)))
}

/// What a unit multiplies by, and the unit behind that: 亿元 is 元, a hundred million times.
fn factor(unit: &str) -> (f64, &str) {
    match FACTOR.at(unit, 0) {
        Some((range, row)) => (row.value.parse().unwrap_or(1.0), &unit[range.end as usize..]),
        None => (1.0, unit),
    }
}

/// A period as it is compared: 2025年度, 2025 and 2025年全年 are one. Empty where it is none.
pub fn key(period: &str) -> String {
    let text: String = fold(period).chars().filter(|c| !c.is_whitespace()).collect();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 4 {
        return String::new();
    }
    let (year, rest) = text.split_at(digits);
    let rest = rest.trim_start_matches(['年', '.', '-', '/']);
    let part: String =
        rest.chars().map(|c| if matches!(c, '—' | '–' | '－' | '~' | '～' | '至') { '-' } else { c }).collect();
    let part = part.as_str();
    match words("part").find(|(word, _)| *word == part) {
        Some((_, months)) => format!("{year} {months}"),
        None if part.is_empty() => format!("{year} 1-12"),
        None => match months(part) {
            Some((from, to)) => format!("{year} {from}-{to}"),
            None => String::new(),
        },
    }
}

/// 1-9月, 3月
fn months(part: &str) -> Option<(u32, u32)> {
    let part = part.strip_suffix('月')?;
    let (from, to) = part.split_once('-').unwrap_or((part, part));
    let [from, to] = [from, to].map(|month| month.trim_end_matches('月').parse::<u32>().ok());
    Some((from?, to?)).filter(|(from, to)| (1..=12).contains(from) && from <= to && *to <= 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "\u{feff}指标,时期,数值,单位\n地区生产总值,2025年,\"1,286.4\",亿元\n\n粮食产量,2025年上半年,6.24,万吨\n";

    #[test]
    fn tables_of_indicators() {
        let table = Indicators::csv("指标.csv", TABLE).unwrap();
        let rows: Vec<&Row> = table.rows().map(|(_, row)| row).collect();
        assert_eq!((rows[0].line, rows[0].value.round(), rows[0].bare_unit.as_str()), (2, 1286.4e8, "元"));
        assert_eq!((rows[1].line, rows[1].amount().as_str()), (4, "6.24万吨"));
        let fault = |text: &str| Indicators::csv("指标.csv", text).unwrap_err()[0].clone();
        assert_eq!(fault("指标,时期,单位\n甲,2025,元\n"), "缺“数值”这一列");
        assert_eq!(fault("指标,时期,数值,单位\n甲,2025,很多,元\n"), "第 2 行的数值“很多”不是数");
        assert_eq!(fault("指标,时期,数值,单位\n"), "没有一行数据");
        assert!(fault("甲,乙\n").starts_with("没有列名"));
    }

    #[test]
    fn tables_as_offices_make_them() {
        let row = |text: &str| {
            let table = Indicators::csv("指标.csv", text).map_err(|fault| fault[0].clone());
            table.map(|table| {
                table.rows().map(|(_, row)| format!("{} {} {}", row.name, row.period, row.amount())).collect()
            })
        };
        let one: Result<Vec<String>, String> = Ok(vec!["地区生产总值 2025年 128.6亿元".to_owned()]);
        for text in [
            "指标;时期;数值;单位\n地区生产总值;2025年;128.6;亿元\n",
            "sep=;\n指标;时期;数值;单位\n地区生产总值;2025年;128.6;亿元\n",
            "指标\t时期\t数值\t单位\n地区 生产总值\t2025年\t128.6\t亿元\n",
            "指标,时期,数值（亿元）\n地区生产总值,2025年,128.6\n",
            "指标（单位：亿元）,时期,数值\n地区生产总值,2025年,128.6\n",
            "主要指标表,,\n,,单位：亿元\n指标,时期,数值\n地区生产总值,2025年,128.6\n",
            "指标,时期,数值\n地区生产总值（亿元）,2025年,128.6\n",
            "指标,时期,数值\n地区生产总值,2025年,１２８．６亿元\n",
            "指标,时期,数值,单位\n地区生产总值,2025年,128.6,亿元\n粮食产量,2025年,—,万吨\n",
            "指标,2025年\n地区生产总值（亿元）,128.6\n",
        ] {
            assert_eq!(row(text), one, "{text}");
        }
        assert_eq!(
            row("指标,单位,2024年,2025年\n地区生产总值,亿元,120.3,128.6\n增速,%,-,6.9%\n"),
            Ok(["地区生产总值 2024年 120.3亿元", "地区生产总值 2025年 128.6亿元", "增速 2025年 6.9%"]
                .map(str::to_owned)
                .into())
        );
        for (text, fault) in [
            ("指标;时期;数值;单位\n甲;2025年;128,6;亿元\n", "第 2 行的数值“128,6”不是数"),
            ("指标,时期,数值\n甲,2025年,128.6\n", "缺“单位”这一列"),
            (
                "指标,时期,数值,单位\n甲,2025-12-31,6,元\n",
                "第 2 行的时期“2025-12-31”是日期，要写成“2025年”“2025年上半年”这样",
            ),
        ] {
            assert_eq!(row(text), Err(fault.to_owned()), "{text}");
        }
    }

    #[test]
    fn periods_are_compared() {
        for (one, other) in [
            ("2025年", "2025"),
            ("2025年度", "2025年全年"),
            ("2025年前三季度", "2025年1—9月"),
            ("2025年上半年", "2025年1-6月"),
            ("2025年3月", "2025.3月"),
        ] {
            assert_eq!(key(one), key(other));
            assert!(!key(one).is_empty(), "{one}");
        }
        assert_ne!(key("2025年一季度"), key("2025年二季度"));
        assert_eq!(key("去年"), "");
    }
}
