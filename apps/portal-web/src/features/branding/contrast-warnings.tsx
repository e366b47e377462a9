import { Alert, Button, ColorSwatch, Text } from '@mantine/core';
import { IconContrast } from '@tabler/icons-react';
import { contrastChecks, fixedContrast, useWords, type BrandColors, type ContrastCheck } from '#libs/ui';
import type { ColorName } from './brand-draft.js';
import { brandingWords } from './words.js';
import styles from './branding-page.module.css';

const warnings = {
  text: { light: 'warnText', dark: 'warnTextDark' },
  button: { light: 'warnButton', dark: 'warnButtonDark' },
  bar: { light: 'warnBar', dark: 'warnBar' },
  mark: { light: 'warnMark', dark: 'warnMarkDark' },
} as const satisfies Record<ContrastCheck['what'], Record<ContrastCheck['scheme'], string>>;

interface Props {
  colors: BrandColors;
  onFix: (name: ColorName, color: string) => void;
  disabled: boolean;
}

/** What is hard to read in these colours, and the nearest colour that is not. */
export function ContrastWarnings({ colors, onFix, disabled }: Props) {
  const t = useWords(brandingWords);
  const failing = contrastChecks(colors).filter(({ passes }) => !passes);
  const fixed = fixedContrast(colors);
  const names = [...new Set(failing.map(({ color }) => color))];
  // There before it says anything, so that a screen reader hears what comes into it.
  return (
    <div aria-live="polite">
      {names.map((name) => (
        <Alert
          key={name}
          color="yellow.9"
          variant="outline"
          mb="xs"
          icon={<IconContrast aria-hidden />}
          title={<span className={styles.title}>{t('hardToRead', { color: t(name) })}</span>}
        >
          {failing
            .filter(({ color }) => color === name)
            .map(({ what, scheme, ratio, needed }) => (
              <Text size="sm" key={what + scheme}>
                {t(warnings[what][scheme], { ratio })} {t('asksFor', { needed })}
              </Text>
            ))}
          <Button
            variant="default"
            size="xs"
            mt="xs"
            disabled={disabled}
            leftSection={<ColorSwatch size={14} color={fixed[name] ?? ''} aria-hidden />}
            onClick={() => onFix(name, fixed[name] ?? '')}
          >
            {t('useInstead', { color: fixed[name] ?? '' })}
          </Button>
        </Alert>
      ))}
    </div>
  );
}
