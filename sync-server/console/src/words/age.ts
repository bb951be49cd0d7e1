/** How long something waits, in words: `21 小时`, and `<1 分钟` rather than none. */
import { age } from '../format/time'
import { t } from './index'

export function ageWords(at: string): string {
  const a = age(at)
  return a.unit === 'minute' && a.n === 0 ? t('age.moment') : t(`age.${a.unit}`, { n: a.n })
}
