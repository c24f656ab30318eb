import type { InEnglish } from '../contract/refusals.ts';
import type { accountRefusals } from './model.ts';

export const accountRefusalsInEnglish: InEnglish<typeof accountRefusals> = {
  'account.no-official': 'This official was not found or has left. Register them under Organisation first.',
  'account.exists': 'This official has an account. Reset the password if it is forgotten.',
  'account.login-taken': 'This login name is taken. Please choose another.',
  'account.not-open': 'This account is not open or was suspended. Open it first.',
  'account.own': 'You cannot suspend your own account; another administrator has to.',
  'account.wrong-old': 'The present password is wrong. Please enter it again.',
  'account.must-change': 'This is a one-time password. Enter it once more, and set a new one that only you know.',
  'account.same-password': 'The new password is the one-time one; please choose another.',
  'password.short':
    'Too short: use at least 10 characters. A few unrelated words together are long and easy to remember.',
  'password.login': 'The password must differ from the login name; please choose another.',
  'password.obvious': 'This password is common and easily guessed. A few unrelated words together are good.',
  'session.wrong': 'Login name or password is wrong. If you forgot it, ask your unit’s administrator to reset it.',
  'session.no-post': 'You hold no post at present and cannot come in yet. Please ask your unit’s administrator.',
  'passkey.unavailable': 'Passkeys need HTTPS and a domain name; this address has not. Please use the password.',
  'passkey.failed': 'That did not work. Try again, or use the password.',
  'passkey.known': 'This passkey was added before.',
  'passkey.unknown': 'This passkey was not found; it may have been removed. Reload and see.',
  'passkey.too-many': 'There can be 10 passkeys. Remove one you do not use first.',
  'setup.link': 'The set-up link is wrong, used or too old. Restart the system and use the one it prints.',
  'setup.done': 'The system is set up. Please sign in.',
  'limit.sign-in': 'Too many wrong passwords. Please try again in a few minutes.',
};
