// Sets the colour scheme before the first paint, so that a dark page never flashes white. A file of its own, because
// the content security policy allows no inline script. Reads what Mantine's localStorageColorSchemeManager writes.
{
  let chosen = null;
  try {
    chosen = localStorage.getItem('mantine-color-scheme-value');
  } catch {
    // Storage is blocked: the system's scheme it is.
  }
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.dataset.mantineColorScheme =
    chosen === 'light' || chosen === 'dark' ? chosen : system;
}
