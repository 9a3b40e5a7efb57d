import { ref } from 'vue'

const narrow = window.matchMedia('(max-width: 899px)')

/** The window is narrow: the panel is a sheet over the map, as in `layout.css`. */
export const isPhone = ref(narrow.matches)
narrow.addEventListener('change', () => (isPhone.value = narrow.matches))
