import { ref } from 'vue'

/** The question that was sent with Enter and is not answered yet; one that is still being typed is only looked up. */
export const sent = ref<string | null>(null)
