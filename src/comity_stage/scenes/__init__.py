"""The steps of the story, one file each; ``story`` puts them in order."""
