/** A receipt as a person reads and compares it: by fours. */
export const byFours = (receipt: string): string => receipt.replaceAll(/(.{4})(?=.)/g, '$1 ');
