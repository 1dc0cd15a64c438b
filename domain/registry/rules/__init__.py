"""The versions of the rules that the Foundation set as data, beside those that came with Jisr."""
