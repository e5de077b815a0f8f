import type { checksums as english } from '../en/checksums.ts';

export const checksums: typeof english = {
  sum8: '8 位累加和',
  xor8: '异或（XOR）',
  'crc16-modbus': 'CRC-16/MODBUS',
  'crc16-ccitt-false': 'CRC-16/CCITT-FALSE',
  crc32: 'CRC-32',
};
