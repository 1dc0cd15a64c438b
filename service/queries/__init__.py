"""Everything that can be asked, for the API and the console alike.

Each function takes a `Reading` and the actor, cuts to the actor's scope, and answers a model
whose fields carry their class; `service.access.masking.masked` blanks what the role may not see.
What must be true this instant comes from the ledger, lists and sums come from the views.
All of them wait for a database: call them in a thread (`Application.ask`).
"""
