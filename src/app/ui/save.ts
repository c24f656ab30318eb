/** How long the browser may take to begin writing the file. */
const BEGUN_MS = 60_000;

/** Hands a file that is in memory to the person, under a name. */
export function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), BEGUN_MS);
}
