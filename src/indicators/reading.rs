//! Out of the cells of a table the rows of it: as offices make them, with a title above, units in brackets, a column for
//! each year.

use super::{Fault, Row, factor, key, words};
use crate::text::fold::fold;

/// Rows in which the names of the columns are looked for.
const HEADS: usize = 10;
/// The columns.
const COLUMNS: [&str; 4] = ["name", "period", "value", "unit"];
const NAME: usize = 0;
const PERIOD: usize = 1;
const VALUE: usize = 2;
const UNIT: usize = 3;
/// More rows are no table of indicators.
const MOST: usize = 20_000;

/// What stands in which column.
struct Head {
    /// By [`COLUMNS`].
    columns: [Option<usize>; 4],
    /// The columns that are of one period each.
    periods: Vec<(usize, String)>,
    /// The unit that the name of each column gives in brackets.
    units: Vec<Option<String>>,
}

/// The rows of a table, each of its cells with the number of its line.
pub(super) fn rows(table: &[(u32, Vec<String>)]) -> Result<Vec<Row>, Fault> {
    let Some((at, head)) = head(table) else {
        return reason(
            "没有列名：要有“指标、时期、数值、单位”四列",
            "the columns name, period, value and unit are needed",
        );
    };
    let Head { columns, periods, units } = &head;
    let needed = if head.is_wide() { NAME..NAME + 1 } else { NAME..VALUE + 1 };
    let missing = |n: usize| {
        let column = COLUMNS[n];
        let named = words("column").find(|(_, value)| *value == column).map_or(column, |(word, _)| word);
        reason(format!("缺“{named}”这一列"), format!("there is no column ‘{column}’"))
    };
    if let Some(n) = needed.clone().find(|n| columns[*n].is_none()) {
        return missing(n);
    }
    let of_table = table[..at].iter().flat_map(|(_, cells)| cells).find_map(|cell| unit_named(cell));
    let mut all = Vec::new();
    for (line, cells) in table.iter().skip(at + 1).take(MOST) {
        let cell = |n: Option<usize>| n.and_then(|n| cells.get(n)).map_or("", |cell| cell.trim());
        let (name, unit) = (tight(cell(columns[NAME])), cell(columns[UNIT]));
        let figures: Vec<(usize, &str)> = match head.is_wide() {
            true => periods.iter().map(|(n, period)| (*n, period.as_str())).collect(),
            false => columns[VALUE].map(|n| (n, cell(columns[PERIOD]))).into_iter().collect(),
        };
        for (n, period) in figures {
            let value = cell(Some(n));
            if name.is_empty() || is_nothing(value) {
                continue;
            }
            let Some(Value { written, value, unit: own }) = number(value) else {
                let hans = format!("第 {line} 行的数值“{value}”不是数");
                return reason(hans, format!("‘{value}’ in line {line} is no number"));
            };
            if is_date(period) {
                return reason(
                    format!("第 {line} 行的时期“{period}”是日期，要写成“2025年”“2025年上半年”这样"),
                    format!("the period ‘{period}’ in line {line} is a date"),
                );
            }
            let (bare, in_name) = bracketed(&name);
            let given = [unit, &own].into_iter().find(|unit| !unit.is_empty()).map(str::to_owned);
            // A remark in the name is no unit where one is given.
            let (name, unit) = match (given, in_name) {
                (Some(unit), _) => (name.as_str(), Some(unit)),
                (None, Some(unit)) => (bare, Some(unit.to_owned())),
                (None, None) => (name.as_str(), units[n].clone().or_else(|| units_of_name(&head)).or(of_table.clone())),
            };
            if unit.is_none() && columns[UNIT].is_none() {
                return missing(UNIT);
            }
            let unit = fold(&unit.unwrap_or_default()).replace('％', "%");
            let (factor, bare_unit) = factor(&unit);
            all.push(Row {
                name: name.to_owned(),
                period: period.to_owned(),
                key: key(period),
                written,
                value: value * factor,
                bare_unit: bare_unit.to_owned(),
                unit: unit.clone(),
                line: *line,
                is_vague: own.is_empty(),
            });
        }
    }
    if all.is_empty() { reason("没有一行数据", "there is no row in it") } else { Ok(all) }
}

impl Head {
    /// A column for each period, and none for the figure of any.
    fn is_wide(&self) -> bool {
        !self.periods.is_empty() && (self.columns[PERIOD].is_none() || self.columns[VALUE].is_none())
    }
}

fn units_of_name(head: &Head) -> Option<String> {
    head.columns[NAME].and_then(|n| head.units[n].clone())
}

/// Where the names of the columns stand.
fn head(table: &[(u32, Vec<String>)]) -> Option<(usize, Head)> {
    table.iter().take(HEADS).enumerate().find_map(|(at, (_, cells))| {
        let names: Vec<String> = cells.iter().map(|cell| tight(cell).to_lowercase()).collect();
        let labels: Vec<(&str, Option<&str>)> = names.iter().map(|name| bracketed(name)).collect();
        let columns = COLUMNS.map(|wanted| {
            let is_named =
                |(label, _): &(&str, _)| words("column").any(|(word, value)| word == *label && value == wanted);
            labels.iter().position(is_named)
        });
        let is_period =
            |(n, (label, _)): (usize, &(&str, _))| (!key(label).is_empty()).then(|| (n, (*label).to_owned()));
        let periods: Vec<(usize, String)> = labels.iter().enumerate().filter_map(is_period).collect();
        let units = labels.iter().map(|(_, unit)| unit.map(str::to_owned)).collect();
        let is_head = columns.iter().flatten().count() >= 2 || columns[NAME].is_some() && !periods.is_empty();
        is_head.then_some((at, Head { columns, periods, units }))
    })
}

/// A cell without blanks, in Simplified characters.
fn tight(cell: &str) -> String {
    fold(cell).chars().filter(|c| !c.is_whitespace()).collect()
}

/// What stands before brackets, and the unit in them: 数值（亿元）, 指标（单位：亿元）.
fn bracketed(text: &str) -> (&str, Option<&str>) {
    const LONGEST: usize = 8;
    let parts = text.strip_suffix(['）', ')']).and_then(|text| text.split_once(['（', '(']));
    let Some((bare, inner)) = parts else { return (text, None) };
    let unit = behind_label(inner).unwrap_or(inner);
    let is_unit = (1..=LONGEST).contains(&unit.chars().count()) && !unit.contains(|c: char| c.is_ascii_digit());
    if is_unit { (bare, Some(unit)) } else { (text, None) }
}

/// The unit of 单位：亿元.
fn unit_named(cell: &str) -> Option<String> {
    behind_label(&tight(cell)).map(str::to_owned)
}

fn behind_label(text: &str) -> Option<&str> {
    let labels = words("column").filter(|(_, value)| *value == COLUMNS[UNIT]);
    labels.filter_map(|(word, _)| text.strip_prefix(word)?.strip_prefix(['：', ':'])).find(|unit| !unit.is_empty())
}

/// A figure in a cell.
struct Value {
    written: String,
    value: f64,
    /// What stands behind it.
    unit: String,
}

/// 1,286.4, 128.6亿元, 6.9%
fn number(cell: &str) -> Option<Value> {
    let text: String = cell.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let sign = usize::from(text.starts_with(['-', '+']));
    let end = sign + text[sign..].find(|c| !is_digit(c)).unwrap_or(text.len() - sign);
    let (written, unit) = text.split_at(end);
    let whole = written[sign..].split('.').next().unwrap_or_default();
    // 128,6 is 128.6 elsewhere.
    let mut groups = whole.split(',').skip(1);
    let is_grouped = groups.all(|group| group.len() == 3) && !written[sign + whole.len()..].contains(',');
    let value: f64 = written.replace(',', "").parse().ok().filter(|value: &f64| value.is_finite() && is_grouped)?;
    Some(Value { written: written.to_owned(), value, unit: unit.to_owned() }).filter(|value| is_unit(&value.unit))
}

/// Nothing that goes on with the number.
fn is_unit(text: &str) -> bool {
    text.chars().all(|c| !c.is_ascii_alphanumeric() && c != '-' || c.is_ascii_alphabetic())
}

/// Characters of full width as they are typed otherwise.
fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - '！' as u32 + u32::from(b'!')).unwrap_or(c),
        '−' | '–' => '-',
        c => c,
    }
}

/// Empty, or a dash that stands for nothing.
fn is_nothing(cell: &str) -> bool {
    cell.chars().all(|c| !c.is_alphanumeric() && !matches!(c, '#' | '?'))
}

/// 2025-12-31, as a cell with a date in it is read.
fn is_date(period: &str) -> bool {
    let parts: Vec<&str> = period.split('-').collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

fn reason<T>(hans: impl Into<String>, english: impl Into<String>) -> Result<T, Fault> {
    Err([hans.into(), english.into()])
}

/// The cells of each row that has some, with its line.
pub(super) fn cells(text: &str) -> Vec<(u32, Vec<String>)> {
    // What spreadsheets write and read above a table says it.
    let said = text.lines().next().and_then(|line| line.trim().strip_prefix("sep="));
    let first = || [',', ';', '\t'].map(|mark| parted(text, mark));
    match said.and_then(|said| said.chars().next()) {
        Some(mark) => parted(text, mark).split_off(1),
        None => first().into_iter().max_by_key(|rows| usize::from(head(rows).is_some())).unwrap_or_default(),
    }
}

fn parted(text: &str, mark: char) -> Vec<(u32, Vec<String>)> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut first, mut is_quoted) = (1, 1, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        line += u32::from(c == '\n');
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' if is_quoted || cell.is_empty() => is_quoted = !is_quoted,
            c if c == mark && !is_quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push((first, std::mem::take(&mut row)));
                first = line;
            }
            c => cell.push(c),
        }
    }
    row.push(cell);
    rows.push((first, row));
    rows.retain(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()));
    rows
}
