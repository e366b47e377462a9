import { useApplication } from '../application.js';
import styles from './brand-footer.module.css';

/** The brand's text below every page; nothing where there is none. */
export function BrandFooter() {
  const text = useApplication()?.branding?.footerText ?? '';
  return text === '' ? null : <footer className={styles.footer}>{text}</footer>;
}
