import { useEffect, useRef } from 'react';
import { t } from './english.ts';

const keys: readonly (readonly [string, string])[] = [
  ['/', t('搜索诉求、居民、干部、地方和单位')],
  ['f', t('到本页的筛选框')],
  ['j  k', t('下一件，上一件')],
  ['Enter', t('打开这一件')],
  ['Y', t('做第一个动作')],
  ['2 … 9', t('做第二到第九个动作')],
  ['Ctrl + Enter', t('发出正在填的表')],
  ['Esc', t('关掉正在填的表，离开输入框')],
  ['n', t('登记一件新的诉求')],
  ['?', t('看这张表')],
];

export function Help({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help" onClose={onClose}>
      <h2 id="help">{t('键盘操作')}</h2>
      <dl>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="plain" onClick={onClose}>
        {t('知道了')}
      </button>
    </dialog>
  );
}
