import { language, speak } from './say.ts';

/** The way to the other language, written in the language it leads to, for whoever cannot read this one. */
export const OtherLanguage = ({ className }: { className?: string }) => {
  const [other, tag, name] =
    language === 'en' ? (['zh', 'zh-CN', '中文'] as const) : (['en', 'en', 'English'] as const);
  return (
    <button type="button" className={className} lang={tag} onClick={() => speak(other)}>
      {name}
    </button>
  );
};
