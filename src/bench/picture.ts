import sharp from 'sharp';

/** A picture as a phone's is once it was taken in: noise, so that it is not packed away to nothing. */
export const jpegOf = async (width: number, height: number): Promise<Uint8Array> =>
  new Uint8Array(
    await sharp({
      create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 30 } },
    })
      .jpeg({ quality: 80 })
      .toBuffer(),
  );
