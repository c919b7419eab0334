// The portal's script: htmx and a few small behaviours. Every page works without it, only less well.
import "./page-refresh.js";
import "./chart-loader.js";
import "./dialogs.js";
import "./drafts.js";
import "./files.js";
import "./filters.js";
import "./find.js";
import "./menus.js";
import "./messages.js";
import "./once.js";
import "./report-form.js";
import "./selection.js";
import "./sign.js";
import "./tables.js";
import "./tabs.js";
