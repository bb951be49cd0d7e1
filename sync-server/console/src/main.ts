import { createApp } from 'vue'
import 'leaflet/dist/leaflet.css'
import './element.css'
import './theme.css'
import './dark.css'
import App from './App.vue'
import { followFocus } from './state/focus'
import { guard } from './state/guard'
import { router } from './router'

guard(router)
followFocus()
createApp(App).use(router).mount('#app')
