import { Text } from '@mantine/core';
import type { CSSProperties } from 'react';
import type { Branding } from '#libs/contracts';
import { BrandMark, contrastChecks, previewColors, useWords, type ContrastCheck } from '#libs/ui';
import { brandingWords } from './words.js';
import styles from './sign-in-preview.module.css';

interface Props {
  brand: Branding;
  scheme: 'light' | 'dark';
}

const measured = {
  text: 'measuredText',
  button: 'measuredButton',
  bar: 'measuredBar',
  mark: 'measuredMark',
} as const satisfies Record<ContrastCheck['what'], string>;

/** A drawing of the sign-in page. The page itself has one scheme only, so this brings its own colours. */
export function SignInPreview({ brand, scheme }: Props) {
  const t = useWords(brandingWords);
  const checks = contrastChecks(brand).filter((check) => check.scheme === scheme);
  return (
    <figure className={styles.figure}>
      <div className={styles.page} style={cssVariables(brand, scheme)} aria-hidden>
        <Drawing brand={brand} scheme={scheme} />
      </div>
      <Text component="figcaption" size="xs" c="dimmed" mt={4}>
        {t(scheme)}
        {checks.map(({ what, ratio }) => (
          <span key={what}> · {t(measured[what], { ratio })}</span>
        ))}
      </Text>
    </figure>
  );
}

function Drawing({ brand, scheme }: Props) {
  const t = useWords(brandingWords);
  const colors = previewColors(brand, scheme);
  return (
    <div className={styles.inside}>
      {colors.bar !== undefined && <div className={styles.bar} />}
      <div className={styles.head}>
        <BrandMark size={36} logo={brand.logo} ground={colors.page} fill={colors.button} />
        <div className={styles.name}>{brand.applicationName}</div>
      </div>
      <div className={styles.card}>
        <div className={styles.label}>{t('email')}</div>
        <div className={styles.input} />
        <div className={styles.label}>{t('password')}</div>
        <div className={styles.input} />
        <div className={styles.button}>{t('signIn')}</div>
      </div>
      <div className={styles.footer}>{brand.footerText}</div>
    </div>
  );
}

function cssVariables(brand: Branding, scheme: Props['scheme']): CSSProperties {
  const entries = Object.entries(previewColors(brand, scheme)).map(([name, color]) => [`--p-${name}`, color]);
  return Object.fromEntries(entries) as CSSProperties;
}
