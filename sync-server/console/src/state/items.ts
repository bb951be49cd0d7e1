/** The list of items: pages by keyset like every list, and what stands beside the rows. */
import { reactive, type Ref } from 'vue'
import type { ItemList, ItemRow, LampColour } from '../api/types'
import { useList, type Filters } from './list'

export function useItemList(filters: Ref<Filters>, text: Ref<string>) {
  const more = reactive<{ lamps: Record<LampColour, number> | undefined; supervisors: string[]; today: string }>({ lamps: undefined, supervisors: [], today: '' })
  const take = (answer: unknown) => {
    const { lamps, supervisors, today } = answer as ItemList
    Object.assign(more, { lamps, supervisors, today })
  }
  return { more, ...useList<ItemRow>({ path: 'items', kinds: ['item'], filters, text, take }) }
}
