/** By the names that devices' manuals and the catalogue of parametrised CRC algorithms have. */
export const checksums = {
  sum8: 'Sum 8',
  xor8: 'XOR',
  'crc16-modbus': 'CRC-16/MODBUS',
  'crc16-ccitt-false': 'CRC-16/CCITT-FALSE',
  crc32: 'CRC-32',
};
