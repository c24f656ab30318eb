import { Select } from 'antd';
import { useState } from 'react';
import { Themed } from './theme.tsx';
import type { ChooseProps } from './choose.tsx';

/** The component library's select in the house's theme. A file of its own, so that a page shows before it has come. */
export default function ChooseBox({
  id,
  value,
  placeholder,
  label,
  options,
  clearable = false,
  first = false,
  loading = false,
  nothing,
  onType,
  onChoose,
}: ChooseProps) {
  // It came late: whoever types elsewhere by now is not torn away.
  const [mine] = useState(() => first && !isTyping());
  return (
    <Themed>
      <Select<string>
        id={id}
        style={{ width: '100%' }}
        showSearch={onType === undefined ? { optionFilterProp: 'label' } : { filterOption: false, onSearch: onType }}
        autoFocus={mine}
        allowClear={clearable}
        loading={loading}
        defaultActiveFirstOption
        value={value ?? null}
        placeholder={placeholder}
        {...(label === undefined ? {} : { 'aria-label': label })}
        notFoundContent={nothing}
        optionRender={({ label, data }) => (
          <>
            {label} <small>{data['detail'] as string | undefined}</small>
          </>
        )}
        options={options.map(({ value: option, name, detail }) => ({ value: option, label: name, detail }))}
        onChange={(next: string | undefined) => onChoose(next)}
      />
    </Themed>
  );
}

const isTyping = (): boolean => {
  const at = document.activeElement;
  return (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement) && at.value !== '';
};
