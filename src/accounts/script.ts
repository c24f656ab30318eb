import { t } from './english.ts';

/**
 * The sign-in page's only script: shows the passkey button where the browser has passkeys, and uses it.
 * Written for browsers of some years ago, hence the conversions by hand.
 */
export const script = (): string => `(() => {
  const box = document.getElementById('passkey');
  if (!box || !window.PublicKeyCredential || !navigator.credentials) return;
  box.hidden = false;
  const button = box.querySelector('button');
  const fault = document.getElementById('passkey-fault');
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const text = (buffer) => buffer
    ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=+$/, '')
    : undefined;
  const post = async (address, body) => {
    const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const value = await answer.json();
    if (!answer.ok) throw new Error(value.message);
    return value;
  };
  button.addEventListener('click', async () => {
    fault.hidden = true;
    button.disabled = true;
    try {
      const options = await post('/api/session/passkey/options', {});
      let made;
      try {
        made = await navigator.credentials.get({ publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: [] } });
      } catch {
        throw new Error(${JSON.stringify(t('没有用上通行密钥。请再试一次，或者用密码登录。'))});
      }
      const { response } = made;
      const { room } = await post('/api/session/passkey', {
        response: {
          id: made.id,
          rawId: text(made.rawId),
          type: made.type,
          clientExtensionResults: {},
          response: {
            clientDataJSON: text(response.clientDataJSON),
            authenticatorData: text(response.authenticatorData),
            signature: text(response.signature),
            userHandle: text(response.userHandle),
          },
        },
      });
      location.assign(box.dataset.to || '/' + room);
    } catch (error) {
      fault.textContent = error instanceof TypeError ? ${JSON.stringify(t('没有连上服务器，请检查网络后再试。'))} : error.message;
      fault.hidden = false;
      button.disabled = false;
    }
  });
})();
`;
