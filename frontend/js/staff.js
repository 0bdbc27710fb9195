import "./reader.js";
import "./drafts.js";
import "./photos.js";
import "./place.js";
import "./shortcuts.js";
import "./autosave.js";
import "./requests.js";
import "./console.js";
