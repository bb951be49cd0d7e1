/** A column of a ZTable. `width` in pixels; without one the column takes what is left. */
export interface Column {
  key: string; label: string; width?: number; right?: boolean
  /** Set on the column by which the server ordered the rows. */
  sorted?: 'ascending' | 'descending'
}
