import { ShortForm } from '../../app/ui/form.tsx';
import { date, line, paragraph } from '../../app/ui/inputs.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { usePublish } from './queries.ts';
import { t } from './english.ts';

/** Publishing says from when, on what ground, and why now. */
export function PublishForm({
  name,
  title,
  document,
  source = '',
  onDone,
  onClose,
}: {
  name: string;
  title: string;
  /** What to publish, given the ground that was written. */
  document: (source: string) => unknown;
  source?: string;
  onDone: () => void;
  onClose: () => void;
}) {
  const publish = usePublish(name);
  return (
    <ShortForm
      fields={[
        date({ name: 'validFrom', label: t('从哪天起') }),
        line({ name: 'source', label: t('依据'), hint: t('文件名称和文号') }),
        paragraph({ name: 'reason', label: t('为什么现在改') }),
      ]}
      initial={{ validFrom: dayAt(Date.now()), source }}
      consequence={({ validFrom }) =>
        t('发布新版{title}，{what}起用', { title, what: typeof validFrom === 'string' ? sayDate(validFrom) : '……' })
      }
      send={(said) => publish(document(String(said['source'] ?? '')), said)}
      onDone={() => {
        tell(t('新版{title}已发布，旧版还在，可以查。', { title }));
        onDone();
      }}
      onClose={onClose}
    />
  );
}
