import "./reader.js";
import "./drafts.js";
import "./photos.js";
import "./place.js";
