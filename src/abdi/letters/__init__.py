"""Official letters: drafted from any record, numbered, signed, and proved unaltered."""
