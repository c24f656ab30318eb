/** As people read it: QH 2611 0482 3. Apart from how numbers are made, which a phone has no part in. */
export const sayNumber = (number: string): string => number.replace(/^([A-Z]+)(\d{4})(\d+)(\d)$/, '$1 $2 $3 $4');
