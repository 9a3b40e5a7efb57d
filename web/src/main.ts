import '@fontsource-variable/vazirmatn'
import './styles/tokens.css'
import './styles/base.css'
import './styles/map.css'
import './styles/layout.css'
import './styles/print.css'
import { createApp } from 'vue'
import App from './App.vue'
import { fetchPages, router } from './router'
import { bindPlace } from './state/place'

const app = createApp(App)
app.use(router)
void router.isReady().then(() => {
  bindPlace(router)
  app.mount('#app')
  fetchPages()
})
