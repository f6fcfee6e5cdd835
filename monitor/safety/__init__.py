"""The edge of the process: text on its way out, files that people name, what only its owner may see."""
