import { sayingBy } from '../../app/ui/say.ts';

const t = sayingBy({
  '第 {n} 张照片，点开看大图；谁看过会记下来': 'Photo {n}, opens at full size; who looks is recorded',
});

/** What came along with the words, small; each opens whole beside this page. */
export const Photos = ({ matter, photos }: { matter: string; photos: readonly string[] }) =>
  photos.length === 0 ? null : (
    <p className="pictures">
      {photos.map((id, i) => {
        const address = `/api/matters/${matter}/photos/${id}`;
        const words = t('第 {n} 张照片，点开看大图；谁看过会记下来', { n: i + 1 });
        return (
          <a key={id} href={address} target="_blank" rel="noreferrer" title={words}>
            <img src={`${address}?size=small`} width={112} height={112} loading="lazy" alt={words} />
          </a>
        );
      })}
    </p>
  );
