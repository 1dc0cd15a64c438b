"""Who stands in for an absent caseworker or coordinator, from a day to a day.

A delegate has the absent's cases in their own list beside theirs, gets what falls due in them, and
mends what the absent entered as these could themselves. Who stands in for a coordinator acts as one,
in their own name, with what a coordinator of that centre may and no more: they are no second person,
and name no delegate in turn. The directory says so wherever it says who somebody is, at the door and
under the lock, so it ends on its day, at once, or when either of the two leaves. History tells for whom.
"""
