/** sendOnModEnter lets Ctrl+Enter in a text area send its form, where Enter alone makes a new line. */
export function sendOnModEnter(e: KeyboardEvent & { currentTarget: HTMLTextAreaElement }): void {
  if (e.key !== 'Enter' || !(e.ctrlKey || e.metaKey) || e.isComposing) return;
  e.preventDefault();
  e.currentTarget.form?.requestSubmit();
}
