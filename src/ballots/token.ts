import { RSABSSA } from '@cloudflare/blindrsa-ts';

/** What the server, the rater's phone and the desk do alike about a ballot: here once, and without anything of a server. */

/** RFC 9474, RSABSSA-SHA384-PSS-Randomized: the variant its section 5 recommends where a token is the message. */
export const suite = RSABSSA.SHA384.PSS.Randomized();

/** A code or a paper's number as typed or read from a slip. */
export const readCode = (typed: string): string => typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
