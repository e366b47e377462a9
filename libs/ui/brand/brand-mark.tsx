import { useState } from 'react';
import type { BrandLogo } from '#libs/contracts';
import { logoPlate } from './logo-plate.js';
import styles from './brand-mark.module.css';

interface Props {
  /** Height in pixels. */
  size: number;
  /** Null for the default mark. */
  logo: BrandLogo | null;
  /** Colour behind it. */
  ground: string;
  /** Of the default mark. */
  fill: string;
}

/** How much wider than high a logo may be shown. */
const widest = 5;

/** The logo, or the mark where there is none; decorative, the name beside it says it. */
export function BrandMark({ size, logo, ground, fill }: Props) {
  const [lostUrl, setLostUrl] = useState<string>();
  // A picture that the volume has lost: the mark is better than a torn one.
  if (logo === null || logo.url === lostUrl) return <DefaultMark size={size} fill={fill} />;
  const plate = logoPlate(logo.ink, ground);
  return (
    <img
      src={logo.url}
      alt=""
      width={Math.round(Math.min(logo.width / logo.height, widest) * size)}
      height={size}
      className={styles.logo}
      data-plate={plate !== undefined}
      style={{ background: plate }}
      onError={() => setLostUrl(logo.url)}
    />
  );
}

function DefaultMark({ size, fill }: { size: number; fill: string }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden className={styles.mark}>
      <rect width="32" height="32" rx="7" fill={fill} />
      <path
        d="M4 17h6l3-9 5 16 4-11 2 4h4"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
