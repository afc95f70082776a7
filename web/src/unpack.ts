// What is loaded is packed by LZMA, which makes it smaller by a quarter than what a server would do, and needs no
// server that does so. The format is that of the LZMA SDK: a head of 13 bytes, then the range coder.

const LENGTHS = { short: 2, middle: 2 + 16 * 8, long: 2 + 2 * 16 * 8, size: 2 + 2 * 16 * 8 + 256 }
/** Where the numbers of each kind begin. */
const PLACES = (() => {
  let at = 0
  const take = (count: number) => (at += count) - count
  return {
    isMatch: take(12 << 4), isRep: take(12), isRepG0: take(12), isRepG1: take(12), isRepG2: take(12), isRep0Long: take(12 << 4),
    slots: take(4 * 64), near: take(128), align: take(16), match: take(LENGTHS.size), rep: take(LENGTHS.size), literals: at,
  }
})()

export function unpacked(packed: Uint8Array): Uint8Array<ArrayBuffer> {
  const properties = packed[0]!
  const lc = properties % 9
  const lp = ((properties / 9) | 0) % 5
  const pb = (properties / 45) | 0
  const size = new DataView(packed.buffer, packed.byteOffset).getUint32(5, true)
  const out = new Uint8Array(size)
  const odds = new Uint16Array(PLACES.literals + (0x300 << (lc + lp))).fill(1024)
  // The range, and where in it the code is.
  const coder = new Uint32Array([0xffffffff, 0])
  let read = 14
  for (let n = 0; n < 4; n += 1) coder[1] = (coder[1]! << 8) | packed[read++]!

  const bit = (at: number): number => {
    const odd = odds[at]!
    const bound = (coder[0]! >>> 11) * odd
    let found = 0
    if (coder[1]! < bound) {
      coder[0] = bound
      odds[at] = odd + ((2048 - odd) >> 5)
    } else {
      coder[0]! -= bound
      coder[1]! -= bound
      odds[at] = odd - (odd >> 5)
      found = 1
    }
    if (coder[0]! < 0x1000000) {
      coder[0]! <<= 8
      coder[1] = (coder[1]! << 8) | packed[read++]!
    }
    return found
  }
  const tree = (at: number, bits: number): number => {
    let node = 1
    for (let n = 0; n < bits; n += 1) node = (node << 1) | bit(at + node)
    return node - (1 << bits)
  }
  const reverse = (at: number, bits: number): number => {
    let [node, value] = [1, 0]
    for (let n = 0; n < bits; n += 1) {
      const found = bit(at + node)
      node = (node << 1) | found
      value |= found << n
    }
    return value
  }
  const direct = (bits: number): number => {
    let value = 0
    for (let n = 0; n < bits; n += 1) {
      coder[0]! >>>= 1
      const found = coder[1]! >= coder[0]! ? 1 : 0
      if (found) coder[1]! -= coder[0]!
      value = (value << 1) | found
      if (coder[0]! < 0x1000000) {
        coder[0]! <<= 8
        coder[1] = (coder[1]! << 8) | packed[read++]!
      }
    }
    return value
  }
  const length = (at: number, place: number): number => {
    if (bit(at) === 0) return tree(at + LENGTHS.short + (place << 3), 3)
    if (bit(at + 1) === 0) return 8 + tree(at + LENGTHS.middle + (place << 3), 3)
    return 16 + tree(at + LENGTHS.long, 8)
  }

  let [state, rep0, rep1, rep2, rep3, written] = [0, 0, 0, 0, 0, 0]
  while (written < size) {
    const place = written & ((1 << pb) - 1)
    if (bit(PLACES.isMatch + (state << 4) + place) === 0) {
      const before = written > 0 ? out[written - 1]! : 0
      const literals = PLACES.literals + 0x300 * (((written & ((1 << lp) - 1)) << lc) + (before >> (8 - lc)))
      let symbol = 1
      if (state >= 7) {
        let match = out[written - rep0 - 1]!
        while (symbol < 0x100) {
          const expected = (match >> 7) & 1
          match <<= 1
          const found = bit(literals + ((1 + expected) << 8) + symbol)
          symbol = (symbol << 1) | found
          if (found !== expected) break
        }
      }
      while (symbol < 0x100) symbol = (symbol << 1) | bit(literals + symbol)
      out[written++] = symbol
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6
      continue
    }
    let count: number
    if (bit(PLACES.isRep + state) === 0) {
      rep3 = rep2
      rep2 = rep1
      rep1 = rep0
      count = length(PLACES.match, place)
      state = state < 7 ? 7 : 10
      const slot = tree(PLACES.slots + (Math.min(count, 3) << 6), 6)
      rep0 = slot
      if (slot >= 4) {
        const bits = (slot >> 1) - 1
        rep0 = (2 | (slot & 1)) << bits
        rep0 += slot < 14 ? reverse(PLACES.near + rep0 - slot, bits) : (direct(bits - 4) << 4) + reverse(PLACES.align, 4)
      }
    } else {
      if (bit(PLACES.isRepG0 + state) === 0) {
        if (bit(PLACES.isRep0Long + (state << 4) + place) === 0) {
          state = state < 7 ? 9 : 11
          out[written] = out[written - rep0 - 1]!
          written += 1
          continue
        }
      } else {
        let chosen = rep1
        if (bit(PLACES.isRepG1 + state) !== 0) {
          chosen = rep2
          if (bit(PLACES.isRepG2 + state) !== 0) {
            chosen = rep3
            rep3 = rep2
          }
          rep2 = rep1
        }
        rep1 = rep0
        rep0 = chosen
      }
      count = length(PLACES.rep, place)
      state = state < 7 ? 8 : 11
    }
    for (let n = count + 2; n > 0 && written < size; n -= 1) {
      out[written] = out[written - rep0 - 1]!
      written += 1
    }
  }
  return out
}
