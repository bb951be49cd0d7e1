// Where the keyboard is when a dialog comes and goes: in its first field, and afterwards where it was.

/** Words first; a field that opens a list or a calendar when it has the focus would cover the dialog. */
const WORDS = 'textarea:not([disabled])'
const FIELDS = 'input:not([type=hidden], [type=checkbox], [type=radio], [disabled], [readonly], .el-select *, .el-date-editor *)'
/** Things that are gone when what they did is done. */
const PASSING = '.el-dialog, .el-popper'

/** Called once. A dialog that opens has the focus itself; one that was opened from a menu has no place to give it back to. */
export function followFocus() {
  let last: HTMLElement | undefined
  document.addEventListener('focusin', ({ target, relatedTarget }) => {
    if (!(target instanceof HTMLElement)) return
    if (!target.closest(PASSING)) {
      last = target
      return
    }
    const opens = target.matches('.el-dialog') && !(relatedTarget instanceof Node && target.contains(relatedTarget))
    if (opens) (target.querySelector<HTMLElement>(WORDS) ?? target.querySelector<HTMLElement>(FIELDS))?.focus()
  })
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    if (relatedTarget || !(target instanceof HTMLElement) || !target.closest(PASSING)) return
    setTimeout(() => {
      if (document.activeElement === document.body && last?.isConnected) last.focus()
    })
  })
}
