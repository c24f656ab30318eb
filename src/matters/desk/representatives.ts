/** 陈大娘 19000000011: one representative a line, the telephone where it is known. */
export const representativesOf = (typed: unknown): { name: string; phone?: string }[] =>
  (typeof typed === 'string' ? typed : '')
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const phone = /[0-9][0-9+\- ]{4,19}$/.exec(one)?.[0].trim();
      const name = phone === undefined ? one : one.slice(0, -phone.length).trim();
      return { name, ...(phone === undefined ? {} : { phone }) };
    });

/** The same lines as somebody would have typed them, for a form that opens on what is known. */
export const linesOf = (representatives: readonly { readonly name: string; readonly phone: string | null }[]): string =>
  representatives.map(({ name, phone }) => (phone === null ? name : `${name} ${phone}`)).join('\n');
