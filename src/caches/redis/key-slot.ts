const SLOTS = 16_384;
/** x¹⁶ + x¹² + x⁵ + 1. */
const POLYNOMIAL = 0x1021;

/**
 * The slot of a key in a cluster, from 0: CRC-16/XMODEM of its bytes, or of those between the first braces where anything stands
 * there (https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/).
 */
export function slotOf(key: string): number {
  const [, tag] = /^[^{]*\{([^}]+)\}/.exec(key) ?? [];
  return crc16(Buffer.from(tag ?? key)) % SLOTS;
}

function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
  }
  return crc & 0xffff;
}
