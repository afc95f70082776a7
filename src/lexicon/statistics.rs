//! How often characters stand side by side in official prose.
//!
//! Counts are numbers of documents, on a scale of fifteen; stretches of up to four characters that fewer than three to
//! five documents have are left out (`tools/fit/slips.py` makes the file and says from what). They are read where they lie
//! in the program. Stretches are known by a part of their hash: a few that no document has pass for rare ones.
//!
//! The file has the number of entries; a bitmap of the hashes of all pairs; where every 256th bucket begins; where
//! each begins behind that; and the entries, in each the next bits of the hash and the level.

static COUNTS: &[u8] = include_bytes!("statistics.bin");

/// What stands for a character in a stretch: ideographs for themselves, everything else for what it is.
pub type Unit = u16;

/// The end of a stretch of text: a mark, a blank, the end of the line.
pub const END: Unit = 1;
pub const FIGURES: Unit = 2;
pub const LATIN: Unit = 3;

/// Characters of the longest stretch that is counted.
pub const LONGEST: usize = 4;

pub const fn is_ideograph(unit: Unit) -> bool {
    unit >= 0x4E00
}

pub fn unit(c: char) -> Unit {
    match c {
        '\u{4E00}'..'\u{A000}' => c as u16,
        '0'..='9' | '０'..='９' => FIGURES,
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => LATIN,
        _ => END,
    }
}

const BUCKET_BITS: u32 = 18;
const MARK_BITS: u32 = 12;
/// The first entry is noted for every so many buckets.
const STEP: usize = 256;
const PAIR_BITS: u32 = 22;
const PAIRS: usize = 4;
const STARTS: usize = PAIRS + (1 << PAIR_BITS) / 8;
const RELATIVE: usize = STARTS + 4 * ((1 << BUCKET_BITS) / STEP);
const ENTRIES: usize = RELATIVE + 2 * (1 << BUCKET_BITS);
const _: () = assert!(ENTRIES + 2 * u32_at(0) as usize == COUNTS.len(), "the entries fill the file");

const fn u32_at(at: usize) -> u32 {
    u32::from_le_bytes([COUNTS[at], COUNTS[at + 1], COUNTS[at + 2], COUNTS[at + 3]])
}

fn bucket(n: usize) -> usize {
    if n == 1 << BUCKET_BITS {
        return u32_at(0) as usize;
    }
    let at = RELATIVE + 2 * n;
    u32_at(STARTS + 4 * (n / STEP)) as usize + usize::from(u16::from_le_bytes([COUNTS[at], COUNTS[at + 1]]))
}

#[inline]
const fn hash(key: u64) -> u64 {
    let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let hash = (hash ^ hash >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash ^ hash >> 32
}

/// False when fewer than three documents have these two side by side; may be true of others, too.
#[inline]
pub fn is_pair(first: Unit, second: Unit) -> bool {
    let place = (hash(u64::from(first) << 16 | u64::from(second)) >> (u64::BITS - PAIR_BITS)) as usize;
    COUNTS[PAIRS + place / 8] >> (place % 8) & 1 == 1
}

/// How many documents have this stretch, on a scale from 0 (too few to be counted) to 15.
pub fn level(stretch: &[Unit]) -> u8 {
    let hash = hash(stretch.iter().fold(0_u64, |key, unit| key << 16 | u64::from(*unit)));
    let n = (hash >> (u64::BITS - BUCKET_BITS)) as usize;
    let mark = (hash >> (u64::BITS - BUCKET_BITS - MARK_BITS)) as u16 & ((1 << MARK_BITS) - 1);
    let entries = &COUNTS[ENTRIES + 2 * bucket(n)..ENTRIES + 2 * bucket(n + 1)];
    let entry = entries.chunks_exact(2).map(|e| u16::from_le_bytes([e[0], e[1]])).find(|e| e >> 4 == mark);
    entry.map_or(0, |entry| (entry & 15) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level_of(text: &str) -> u8 {
        level(&text.chars().map(unit).collect::<Vec<_>>())
    }

    #[test]
    fn what_many_documents_have_stands_above_what_few_have() {
        assert!(level_of("的") > level_of("恪") && level_of("恪") > 0);
        assert!(level_of("人民政府") > 8);
        assert!(level_of("政府") > level_of("政底"));
        for none in ["民政底", "政底教", "亍龘彳"] {
            assert_eq!(level_of(none), 0, "{none}");
        }
    }

    #[test]
    fn a_pair_is_known_where_it_has_a_level() {
        for pair in ["政府", "部署", "，但", "第2"] {
            let units: Vec<_> = pair.chars().map(unit).collect();
            assert!(level(&units) > 0 && is_pair(units[0], units[1]), "{pair}");
        }
        assert!(!is_pair(unit('政'), unit('底')));
    }
}
