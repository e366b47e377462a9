/** Gives the focus to the page itself, where what had it is gone: the next Tab goes on from there and not from the top. */
export function focusMain(): void {
  document.querySelector('main')?.focus({ preventScroll: true });
}
