import { ConfigProvider, type ThemeConfig } from 'antd';
// The package describes this file as CommonJS to TypeScript, while the bundler takes its ES form.
import enGB from 'antd/es/locale/en_GB.js';
import zhCN from 'antd/es/locale/zh_CN.js';
import { type ReactNode, useMemo } from 'react';
import { useAppearance } from './appearance.ts';
import { language } from './say.ts';

type Locale = NonNullable<React.ComponentProps<typeof ConfigProvider>['locale']>;
const localeOf = (file: object): Locale => ((file as { default?: unknown }).default ?? file) as Locale;
const locale = localeOf(language === 'en' ? enGB : zhCN);

/** The component library in the house's paper and ink: every value is read from tokens.css. */
function themeFromTokens(): ThemeConfig {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const size = (name: string): number => Number.parseFloat(token(name));
  const medium = size('type-s') + 1;
  return {
    token: {
      colorPrimary: token('act'),
      colorLink: token('act'),
      colorInfo: token('act'),
      colorSuccess: token('yes'),
      colorWarning: token('soon'),
      colorError: token('seal'),
      colorText: token('ink'),
      colorTextSecondary: token('ink-2'),
      colorTextTertiary: token('ink-2'),
      colorTextQuaternary: token('ink-2'),
      colorTextPlaceholder: token('ink-2'),
      colorTextLightSolid: token('on-act'),
      colorBgBase: token('paper'),
      colorBgContainer: token('sheet'),
      colorBgElevated: token('sheet'),
      colorBgLayout: token('paper'),
      colorFillTertiary: token('wash'),
      colorFillSecondary: token('wash'),
      colorBorder: token('line-strong'),
      colorBorderSecondary: token('line'),
      controlItemBgActive: token('act-wash'),
      controlItemBgHover: token('wash'),
      controlItemBgActiveHover: token('act-wash'),
      fontFamily: token('font'),
      fontSize: medium,
      controlHeight: medium * 2 + 6,
      borderRadius: size('radius'),
      boxShadow: `0 2px 10px color-mix(in srgb, ${token('ink')} 16%, transparent)`,
      boxShadowSecondary: `0 2px 10px color-mix(in srgb, ${token('ink')} 16%, transparent)`,
      motion: false,
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Input: { activeShadow: 'none' },
      Select: { optionSelectedFontWeight: 500, optionSelectedBg: token('act-wash'), optionActiveBg: token('wash') },
    },
  };
}

export function Themed({ children }: { children: ReactNode }) {
  const { dark, large } = useAppearance();
  // The tokens change with the switches, so the theme is read again when one is turned.
  const theme = useMemo(themeFromTokens, [dark, large]);
  return (
    <ConfigProvider locale={locale} theme={theme} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
      {children}
    </ConfigProvider>
  );
}
