"""The peers' side of a node: the port that answers them and the courier that calls them."""
