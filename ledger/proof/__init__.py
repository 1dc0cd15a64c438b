"""Proves that nothing was altered: not by who records, nor by who operates, nor by who owns the disk.

Every stored event is a leaf of a hash tree (RFC 6962), whose root is signed as it grows. Whoever
holds an earlier checkpoint can show that what stands now begins with what stood then; nobody can
rewrite what came before, remade hashes and all, without contradicting it. To be read in this
order: `tree` and `streams` (what is proved, as functions), `entry` (what of an event counts),
`notes` and `checkpoint` (what is signed), `tiles`, `signing` and `log` (what is kept), `sealing`
(who keeps it), `differences` (where a log is another), `proofs` (what is shown).
"""
