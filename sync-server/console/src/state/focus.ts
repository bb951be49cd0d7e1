// Where the keyboard is when a dialog comes and goes: in its first field, and afterwards where it was.

/** Words first; a field that opens a list or a calendar when it has the focus would cover the dialog. */
const WORDS = 'textarea:not([disabled])'
const FIELDS = 'input:not([type=hidden], [type=checkbox], [type=radio], [disabled], [readonly], .el-select *, .el-date-editor *)'
/** Things that are gone when what they did is done. */
const PASSING = '.el-dialog, .el-popper'

const inTheWay = () => [...document.querySelectorAll<HTMLElement>('.el-overlay')].some((one) => one.style.display !== 'none')

/** Called once. A dialog that opens has the focus itself; one that was opened from a menu has no place to give it back to. */
export function followFocus() {
  let last: HTMLElement | undefined
  // A dialog that goes is still there for the length of its transition.
  const giveBack = (tries = 20) => {
    if (document.activeElement !== document.body || !last?.isConnected) return
    if (!inTheWay()) last.focus()
    else if (tries > 0) setTimeout(giveBack, 50, tries - 1)
  }
  document.addEventListener('focusin', ({ target, relatedTarget }) => {
    // Who gives the focus to the page itself knew of no better place: Element Plus does when the menu has taken its item along.
    if (target === document.body) setTimeout(giveBack)
    if (!(target instanceof HTMLElement) || target === document.body) return
    if (!target.closest(PASSING)) {
      last = target
      return
    }
    const opens = target.matches('.el-dialog') && !(relatedTarget instanceof Node && target.contains(relatedTarget))
    if (opens) (target.querySelector<HTMLElement>(WORDS) ?? target.querySelector<HTMLElement>(FIELDS))?.focus()
  })
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    if (!relatedTarget && target instanceof HTMLElement && target.closest(PASSING)) setTimeout(giveBack)
  })
}
