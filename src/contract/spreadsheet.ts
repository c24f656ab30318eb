/** How a spreadsheet lies on paper, said once for every .xlsx the house gives. */

/** Height of one line of 10 point text, in points. */
const LINE = 13.5;

/** How many digits wide a text is: a Chinese character takes two. */
const wide = (text: string): number => [...text].reduce((sum, sign) => sum + (sign > '\u2e7f' ? 2 : 1), 0);

/**
 * How high a row must be for its wrapped texts to be seen whole, in points. Excel works it out itself when it opens a file,
 * LibreOffice takes what the file says.
 * @param texts of the row's cells, each with the width of its column in digits
 */
export const rowHeight = (texts: readonly (readonly [text: string, width: number])[]): number =>
  LINE *
  Math.max(
    1,
    ...texts.map(([text, width]) =>
      text.split('\n').reduce((lines, part) => lines + Math.max(1, Math.ceil(wide(part) / (width - 1))), 0),
    ),
  );

/**
 * A sheet as it is printed: all columns on one page of A4, as many pages down as needed, narrow margins. Heights below the
 * head are what they are until somebody writes more.
 * @param top rows that keep the height they were given
 */
export const printed = (xml: string, top: number): string =>
  xml
    .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
    .replace('<pageSetup ', '<pageSetup fitToWidth="1" fitToHeight="0" ')
    .replace(/<pageMargins left="[^"]*" right="[^"]*"/, '<pageMargins left="0.4" right="0.4"')
    .replaceAll(/(<row r="(\d+)" ht="[\d.]+") customHeight="1"/g, (all, row: string, n: string) =>
      Number(n) > top ? row : all,
    );
